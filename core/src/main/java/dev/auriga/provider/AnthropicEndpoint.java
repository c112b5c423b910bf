// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.anthropic.AnthropicMessages;
import java.net.URI;

/// The Messages API, at Anthropic or in Microsoft Foundry: both take `POST {base}/v1/messages` with
/// `anthropic-version`, the model in the body, and no other query or header.
///
/// Source: Anthropic API reference, Messages and Versions; Anthropic documentation, Claude in
/// Microsoft Foundry (base `https://{resource}.services.ai.azure.com/anthropic`).
public record AnthropicEndpoint(Dialect dialect, URI messages, PassedHeaders passes)
    implements Endpoint {
  private static final Headers HEADERS =
      Headers.of("content-type", "application/json", "anthropic-version", "2023-06-01");

  /// `base` is what comes before `/v1/messages`; a base that already ends in `/v1` is understood.
  public static AnthropicEndpoint at(URI base) {
    return at(base, PassedHeaders.ANTHROPIC);
  }

  /// Claude in Microsoft Foundry.
  public static AnthropicEndpoint foundry(FoundryAddress address) {
    return at(address.base(), PassedHeaders.FOUNDRY);
  }

  private static AnthropicEndpoint at(URI base, PassedHeaders passes) {
    String root = Addresses.without(base, "/", "/v1", "/");
    return new AnthropicEndpoint(new AnthropicMessages(), URI.create(root + "/v1/messages"), passes);
  }

  @Override
  public URI uri(String model, boolean streamed) {
    return messages;
  }

  /// Source: Anthropic API reference, Count tokens in a Message.
  @Override
  public URI countUri(String model) {
    return URI.create(messages + "/count_tokens");
  }

  @Override
  public Headers headers() {
    return HEADERS;
  }
}
