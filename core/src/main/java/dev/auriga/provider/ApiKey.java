// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.completion.Secret;
import dev.auriga.dialect.Headers;

/// A key sent as it is in a header of its own: `x-api-key`, `api-key`, `x-goog-api-key`.
public record ApiKey(String headerName, Secret key) implements Credential.Key {
  /// Anthropic API reference, Authentication; the same for Claude in Foundry.
  public static ApiKey anthropic(Secret key) {
    return new ApiKey("x-api-key", key);
  }

  /// Azure OpenAI REST reference, Authentication.
  public static ApiKey azure(Secret key) {
    return new ApiKey("api-key", key);
  }

  /// Gemini API reference, Authentication; a header, so that no URL carries the key.
  public static ApiKey gemini(Secret key) {
    return new ApiKey("x-goog-api-key", key);
  }

  @Override
  public Headers.Field header() {
    return new Headers.Field(headerName, key.reveal());
  }
}
