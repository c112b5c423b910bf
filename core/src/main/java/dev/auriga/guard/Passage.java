// SPDX-License-Identifier: Apache-2.0
package dev.auriga.guard;

import java.util.Locale;

/// A text that passes.
public record Passage(Direction direction, String text) {

  /// Which way it goes.
  public enum Direction {
    /// From a client to a model.
    REQUEST,
    /// From a model to a client.
    ANSWER;

    public String token() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
