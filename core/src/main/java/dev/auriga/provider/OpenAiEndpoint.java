// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Headers;
import java.net.URI;

/// Chat Completions where the model stands in the body: OpenAI itself, Azure's `/openai/v1` path and
/// every server that speaks the dialect.
///
/// Source: OpenAI API reference, Chat Completions; Microsoft documentation, Azure OpenAI v1 API.
public record OpenAiEndpoint(Dialect dialect, URI completions, Headers headers) implements Endpoint {

  /// `base` is what comes before `/chat/completions`; a base without a path gets `/v1`.
  public static OpenAiEndpoint at(URI base, Dialect dialect, Headers headers) {
    String root = Addresses.without(base, "/", "/chat/completions", "/");
    String path = URI.create(root).getPath();
    String versioned = path.isEmpty() ? root + "/v1" : root;
    return new OpenAiEndpoint(
        dialect,
        URI.create(versioned + "/chat/completions"),
        headers.with("content-type", "application/json"));
  }

  @Override
  public URI uri(String model, boolean streamed) {
    return completions;
  }
}
