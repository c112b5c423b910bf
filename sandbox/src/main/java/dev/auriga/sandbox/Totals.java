// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox;

import dev.auriga.sandbox.protocol.Usage;
import java.util.Map;
import java.util.TreeMap;

/// What all calls so far came to, by the model that answered. Counts every call, also those the
/// bounded log has dropped.
public record Totals(Map<String, Model> models, long calls) {

  /// Calls and tokens of one model.
  public record Model(long calls, Usage usage) {}

  public Totals {
    models = java.util.Collections.unmodifiableMap(new TreeMap<>(models));
  }

  /// The totals of the model that answers by this dated name; nothing when it never answered.
  public Model of(String modelAnswered) {
    return models.getOrDefault(modelAnswered, new Model(0, Usage.NONE));
  }
}
