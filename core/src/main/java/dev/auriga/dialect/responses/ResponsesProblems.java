// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.Failure;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Tells problems inside a response, as its `error`: a code and a message.
///
/// The codes are those of the OpenAI OpenAPI document (`ResponseErrorCode`), and two that OpenAI's
/// own command line client acts on: `context_length_exceeded` and `insufficient_quota`.
final class ResponsesProblems {
  private ResponsesProblems() {}

  static ObjectNode error(Problem problem) {
    JsonNode told = told(problem.original());
    String code = told.path("code").asString(codeOf(problem.kind()));
    String message = told.path("message").asString(problem.message());
    return Json.object().put("code", code).put("message", message);
  }

  /// The provider's own error, where it is one of OpenAI's form.
  private static JsonNode told(Failure.@Nullable Original original) {
    return original != null && original.dialect().startsWith("openai-")
        ? Json.read(original.body()).path("error")
        : Json.object();
  }

  private static String codeOf(Problem.Kind kind) {
    return switch (kind) {
      case RATE_LIMITED -> "rate_limit_exceeded";
      case QUOTA_EXHAUSTED -> "insufficient_quota";
      case TOO_LONG -> "context_length_exceeded";
      case CONTENT_FILTERED, INVALID, METHOD_NOT_ALLOWED, TOO_LARGE, UNSUPPORTED_MEDIA ->
          "invalid_prompt";
      case UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, OVERLOADED, TIMED_OUT, UPSTREAM, INTERNAL ->
          "server_error";
    };
  }
}
