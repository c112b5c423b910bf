// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.protocol;

import org.jspecify.annotations.Nullable;

/// A simulated service: it answers requests in its own wire format and knows the errors it gives.
public interface Provider {
  /// The reply to a request, strict as the real service. With `filtered`, a content filter stops
  /// the answer half way.
  Reply answer(Ask ask, boolean filtered);

  /// The error replies and events the provider gives when something is wrong with it.
  Errors errors();

  /// Which model, deployment included, a request names, as far as it can be read; else null.
  @Nullable String modelAsked(Ask ask);

  /// Whether the request asks for a stream, as far as that can be read.
  boolean asksForStream(Ask ask);

  /// The names clients may put in `model`.
  java.util.List<String> models();
}
