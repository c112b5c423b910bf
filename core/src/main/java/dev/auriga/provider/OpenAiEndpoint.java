// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.openai.OpenAiEmbeddings;
import dev.auriga.dialect.responses.OpenAiResponses;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Chat Completions or Responses where the model stands in the body: OpenAI itself, Azure's
/// `/openai/v1` path and every server that speaks the dialect.
///
/// Source: OpenAI API reference, Chat Completions and Responses; Microsoft documentation, Azure OpenAI v1 API.
public record OpenAiEndpoint(
    Dialect dialect, String base, URI address, Headers headers, PassedHeaders passes)
    implements Endpoint {

  /// Chat Completions at OpenAI; `base` is what comes before `/chat/completions`, and a base without
  /// a path gets `/v1`.
  public static OpenAiEndpoint at(URI base, Dialect dialect, Headers headers) {
    return at(base, "/chat/completions", dialect, headers, PassedHeaders.OPENAI);
  }

  /// As [#at]; what follows the base is `/responses`.
  public static OpenAiEndpoint responsesAt(URI base, Headers headers) {
    return at(base, "/responses", new OpenAiResponses(), headers, PassedHeaders.OPENAI);
  }

  /// The same at somebody else's server.
  public OpenAiEndpoint compatible() {
    return new OpenAiEndpoint(dialect, base, address, headers, PassedHeaders.COMPATIBLE);
  }

  private static OpenAiEndpoint at(
      URI base, String operation, Dialect dialect, Headers headers, PassedHeaders passes) {
    String root = Addresses.without(base, "/", "/chat/completions", "/responses", "/embeddings", "/");
    String path = URI.create(root).getPath();
    String versioned = path.isEmpty() ? root + "/v1" : root;
    return new OpenAiEndpoint(
        dialect,
        versioned,
        URI.create(versioned + operation),
        headers.with("content-type", "application/json"),
        passes);
  }

  @Override
  public URI uri(String model, boolean streamed) {
    return address;
  }

  /// Responses alone has a question for it. Source: OpenAI API reference, Get input token counts.
  @Override
  public @Nullable URI countUri(String model) {
    return dialect.counting() == null ? null : URI.create(address + "/input_tokens");
  }

  @Override
  public Embedding embedding(String model) {
    return new Embedding(new OpenAiEmbeddings(), URI.create(base + "/embeddings"));
  }
}
