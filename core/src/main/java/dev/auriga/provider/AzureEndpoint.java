// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.dialect.openai.OpenAiEmbeddings;
import dev.auriga.dialect.responses.OpenAiResponses;
import java.net.URI;

/// Chat Completions or Responses at Azure OpenAI, on either of its paths: the v1 API with the deployment in the
/// body, or the older one with the deployment in the address and a dated `api-version`.
///
/// Tokens are not counted there: `responses/input_tokens` is an unknown address (Microsoft Q&A
/// 5889782, May 2026).
///
/// Source: Microsoft documentation, Azure OpenAI v1 API and Azure OpenAI data plane reference.
public record AzureEndpoint(Dialect dialect, AzureAddress address, String operation)
    implements Endpoint {
  private static final Headers HEADERS = Headers.of("content-type", "application/json");

  public static AzureEndpoint at(AzureAddress address) {
    return new AzureEndpoint(OpenAiChat.strict(), address, "chat/completions");
  }

  public static AzureEndpoint responsesAt(AzureAddress address) {
    return new AzureEndpoint(new OpenAiResponses(), address, "responses");
  }

  @Override
  public URI uri(String model, boolean streamed) {
    return address.uri(operation, model);
  }

  @Override
  public Embedding embedding(String model) {
    return new Embedding(new OpenAiEmbeddings(), address.uri("embeddings", model));
  }

  @Override
  public Headers headers() {
    return HEADERS;
  }

  @Override
  public PassedHeaders passes() {
    return PassedHeaders.AZURE;
  }
}
