// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.completion.Failure;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Problem;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Tells problems as `google.rpc.Status`, with the field at fault and the wait as typed details.
///
/// Source: Google API design guide, Errors (HTTP mapping of `google.rpc.Code`, error details).
final class GeminiProblems {
  private GeminiProblems() {}

  static int status(Problem problem) {
    return switch (problem.kind()) {
      case INVALID, TOO_LONG, CONTENT_FILTERED -> 400;
      case UNAUTHENTICATED -> 401;
      case FORBIDDEN -> 403;
      case NOT_FOUND -> 404;
      case METHOD_NOT_ALLOWED -> 405;
      case TOO_LARGE -> 413;
      case UNSUPPORTED_MEDIA -> 415;
      case RATE_LIMITED, QUOTA_EXHAUSTED -> 429;
      case OVERLOADED -> 503;
      case TIMED_OUT -> 504;
      case UPSTREAM -> 502;
      case INTERNAL -> 500;
    };
  }

  private static String code(Problem.Kind kind) {
    return switch (kind) {
      case INVALID, METHOD_NOT_ALLOWED, TOO_LONG, CONTENT_FILTERED, TOO_LARGE, UNSUPPORTED_MEDIA -> "INVALID_ARGUMENT";
      case UNAUTHENTICATED -> "UNAUTHENTICATED";
      case FORBIDDEN -> "PERMISSION_DENIED";
      case NOT_FOUND -> "NOT_FOUND";
      case RATE_LIMITED, QUOTA_EXHAUSTED -> "RESOURCE_EXHAUSTED";
      case OVERLOADED -> "UNAVAILABLE";
      case TIMED_OUT -> "DEADLINE_EXCEEDED";
      case UPSTREAM, INTERNAL -> "INTERNAL";
    };
  }

  static byte[] write(Problem problem) {
    Failure.Original original = problem.original();
    if (original != null && original.dialect().equals(Gemini.NAME)) {
      return original.body().text().getBytes(StandardCharsets.UTF_8);
    }
    ObjectNode body = Json.object();
    ObjectNode error = body.putObject("error");
    error.put("code", status(problem)).put("message", problem.message()).put("status", code(problem.kind()));
    ArrayNode details = error.arrayNode();
    if (problem.field() != null) {
      details.addObject()
          .put("@type", "type.googleapis.com/google.rpc.BadRequest")
          .putArray("fieldViolations").addObject()
          .put("field", problem.field())
          .put("description", problem.message());
    }
    if (problem.retryAfter() != null) {
      BigDecimal seconds = BigDecimal.valueOf(problem.retryAfter().toMillis(), 3).stripTrailingZeros();
      details.addObject()
          .put("@type", "type.googleapis.com/google.rpc.RetryInfo")
          .put("retryDelay", seconds.toPlainString() + "s");
    }
    if (!details.isEmpty()) {
      error.set("details", details);
    }
    return Json.write(body);
  }
}
