// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance.sdk;

import java.net.URI;

/// Which SDKs there are.
public enum SdkClient {
  OPENAI,
  /// OpenAI's over Responses.
  RESPONSES,
  ANTHROPIC,
  GOOGLE;

  /// The SDK as a client of the gateway at `address`, with that key.
  public Sdk at(URI address, String key) {
    return switch (this) {
      case OPENAI -> new OpenAiSdk(address, key);
      case RESPONSES -> new ResponsesSdk(address, key);
      case ANTHROPIC -> new AnthropicSdk(address, key);
      case GOOGLE -> new GoogleSdk(address, key);
    };
  }
}
