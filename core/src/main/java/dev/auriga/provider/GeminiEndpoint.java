// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.gemini.Gemini;
import dev.auriga.dialect.gemini.GeminiEmbeddings;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// The Gemini API: the model and the manner of answering stand in the path, and a stream is asked
/// for as server-sent events (`alt=sse`; without it the answer is one JSON array).
///
/// Source: Google AI for Developers, Gemini API reference, `models.generateContent`.
public record GeminiEndpoint(Dialect dialect, String models) implements Endpoint {
  private static final Headers HEADERS = Headers.of("content-type", "application/json");

  /// `base` is what comes before `/models`; a base without a path gets `/v1beta`.
  public static GeminiEndpoint at(URI base) {
    String root = Addresses.without(base, "/", "/models", "/");
    String path = URI.create(root).getPath();
    return new GeminiEndpoint(new Gemini(), (path.isEmpty() ? root + "/v1beta" : root) + "/models/");
  }

  @Override
  public URI uri(String model, boolean streamed) {
    return method(model, streamed ? "streamGenerateContent?alt=sse" : "generateContent");
  }

  /// Source: Gemini API reference, `models.countTokens`.
  @Override
  public URI countUri(String model) {
    return method(model, "countTokens");
  }

  /// Source: Gemini API reference, `models.batchEmbedContents`.
  @Override
  public Embedding embedding(String model) {
    return new Embedding(new GeminiEmbeddings(), method(model, "batchEmbedContents"));
  }

  private URI method(String model, String method) {
    return URI.create(models + URLEncoder.encode(model, StandardCharsets.UTF_8) + ":" + method);
  }

  @Override
  public Headers headers() {
    return HEADERS;
  }

  @Override
  public PassedHeaders passes() {
    return PassedHeaders.GEMINI;
  }
}
