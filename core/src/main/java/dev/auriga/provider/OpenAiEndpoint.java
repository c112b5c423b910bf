// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.responses.OpenAiResponses;
import java.net.URI;

/// Chat Completions or Responses where the model stands in the body: OpenAI itself, Azure's
/// `/openai/v1` path and every server that speaks the dialect.
///
/// Source: OpenAI API reference, Chat Completions and Responses; Microsoft documentation, Azure OpenAI v1 API.
public record OpenAiEndpoint(Dialect dialect, URI address, Headers headers) implements Endpoint {

  /// `base` is what comes before `/chat/completions`; a base without a path gets `/v1`.
  public static OpenAiEndpoint at(URI base, Dialect dialect, Headers headers) {
    return at(base, "/chat/completions", dialect, headers);
  }

  /// As [#at]; what follows the base is `/responses`.
  public static OpenAiEndpoint responsesAt(URI base, Headers headers) {
    return at(base, "/responses", new OpenAiResponses(), headers);
  }

  private static OpenAiEndpoint at(URI base, String operation, Dialect dialect, Headers headers) {
    String root = Addresses.without(base, "/", "/chat/completions", "/responses", "/");
    String path = URI.create(root).getPath();
    String versioned = path.isEmpty() ? root + "/v1" : root;
    return new OpenAiEndpoint(
        dialect,
        URI.create(versioned + operation),
        headers.with("content-type", "application/json"));
  }

  @Override
  public URI uri(String model, boolean streamed) {
    return address;
  }
}
