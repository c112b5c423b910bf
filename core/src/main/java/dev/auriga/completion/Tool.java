// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import org.jspecify.annotations.Nullable;

/// Something a model may ask to have called.
public sealed interface Tool {

  /// A function of the client's; `parameters` is a JSON Schema of an object. `strict` is absent
  /// when the client did not say.
  record Function(
      String name,
      @Nullable String description,
      RawJson parameters,
      @Nullable Boolean strict,
      @Nullable CacheMark cache)
      implements Tool {}

  /// A tool only its own dialect knows (a provider's hosted search, for example), as raw JSON.
  record Hosted(String dialect, String name, RawJson raw) implements Tool {}
}
