// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import dev.auriga.completion.Refusal;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.ClientRequest.Framing;
import dev.auriga.gateway.transport.Exchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Reads what Gemini's paths say about a request: the model, whether the answer streams, and how a
/// stream is framed. In the other dialects the body says it all.
///
/// Source: Gemini API reference, `models.generateContent` and `models.streamGenerateContent`.
final class RequestPath {
  /// Google's clients call any of the versions, some of them `v1` where a base address is set.
  private static final List<String> GEMINI =
      List.of("/v1beta/models/", "/v1/models/", "/v1alpha/models/");

  private static final List<String> METHODS =
      List.of(":generateContent", ":streamGenerateContent", ":countTokens");

  private RequestPath() {}

  /// Whether `exchange` asks for a completion the way Gemini's clients do: a model, a colon, a method.
  /// What is not posted must name a method there is, for a model's own name may have a colon.
  static boolean isGemini(Exchange exchange) {
    String path = exchange.path();
    return path.indexOf(':') > 0
        && GEMINI.stream().anyMatch(path::startsWith)
        && (exchange.method().equals("POST") || METHODS.stream().anyMatch(path::endsWith));
  }

  /// Whether a path of Gemini's asks for the tokens of a prompt.
  static boolean counts(String path) {
    return path.endsWith(":countTokens");
  }

  static ClientRequest read(Exchange exchange) {
    String path = exchange.path();
    if (!isGemini(exchange)) {
      return ClientRequest.of(exchange.body());
    }
    int colon = path.lastIndexOf(':');
    String model = decoded(path.substring(path.indexOf("/models/") + "/models/".length(), colon));
    return new ClientRequest(
        exchange.body(), model, framing(path.substring(colon + 1), exchange.query()));
  }

  private static Framing framing(String method, String query) {
    return switch (method) {
      case "generateContent", "countTokens" -> Framing.WHOLE;
      case "streamGenerateContent" ->
          Arrays.asList(query.split("&")).contains("alt=sse") ? Framing.SSE : Framing.JSON_ARRAY;
      default ->
          throw new Refusal(
              Refusal.Kind.NOT_FOUND,
              "there is no method \"%s\"; there are generateContent, streamGenerateContent and countTokens"
                  .formatted(method));
    };
  }

  /// A segment of a path without its percent-encoding; throws a [Refusal] where it is none.
  static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      throw new Refusal(Refusal.Kind.INVALID, "the path is not properly percent-encoded");
    }
  }
}
