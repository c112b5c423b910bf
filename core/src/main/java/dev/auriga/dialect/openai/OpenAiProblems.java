// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.dialect.Json;
import dev.auriga.dialect.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Tells problems as OpenAI tells errors: `{"error": {message, type, param, code}}`.
///
/// Chat Completions and Responses share the form, so an error of one goes through to clients of the
/// other unchanged. Source: OpenAI OpenAPI document, `ErrorResponse`; OpenAI documentation, Error
/// codes.
public final class OpenAiProblems {
  private static final Set<String> DIALECTS = Set.of("openai-chat", "openai-responses");

  private OpenAiProblems() {}

  /// What a kind is called on the wire.
  private record Word(int status, String type, @Nullable String code) {}

  private static Word wordFor(Problem.Kind kind) {
    String invalid = "invalid_request_error";
    return switch (kind) {
      case INVALID -> new Word(400, invalid, null);
      case UNAUTHENTICATED -> new Word(401, invalid, "invalid_api_key");
      case FORBIDDEN -> new Word(403, invalid, "insufficient_permissions");
      case NOT_FOUND -> new Word(404, invalid, "not_found");
      case METHOD_NOT_ALLOWED -> new Word(405, invalid, "method_not_supported");
      case TOO_LARGE -> new Word(413, invalid, "request_too_large");
      case UNSUPPORTED_MEDIA -> new Word(415, invalid, "unsupported_media_type");
      case RATE_LIMITED -> new Word(429, "requests", "rate_limit_exceeded");
      case QUOTA_EXHAUSTED -> new Word(429, "insufficient_quota", "insufficient_quota");
      case TOO_LONG -> new Word(400, invalid, "context_length_exceeded");
      case CONTENT_FILTERED -> new Word(400, invalid, "content_filter");
      case OVERLOADED -> new Word(503, "server_error", "service_unavailable");
      case TIMED_OUT -> new Word(504, "server_error", "timeout");
      case UPSTREAM -> new Word(502, "server_error", "upstream_error");
      case INTERNAL -> new Word(500, "server_error", "internal_error");
    };
  }

  public static int statusOf(Problem.Kind kind) {
    return wordFor(kind).status();
  }

  public static byte[] write(Problem problem) {
    if (problem.original() != null && DIALECTS.contains(problem.original().dialect())) {
      return problem.original().body().text().getBytes(StandardCharsets.UTF_8);
    }
    return retell(problem);
  }

  /// The problem in Auriga's words, without the provider's.
  public static byte[] retell(Problem problem) {
    Word word = wordFor(problem.kind());
    boolean unknownModel =
        problem.kind() == Problem.Kind.NOT_FOUND && "model".equals(problem.field());
    ObjectNode body = Json.object();
    body.putObject("error")
        .put("message", problem.message())
        .put("type", word.type())
        .put("param", problem.field())
        .put("code", unknownModel ? "model_not_found" : word.code());
    return Json.write(body);
  }
}
