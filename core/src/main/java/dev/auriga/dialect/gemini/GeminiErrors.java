// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.dialect.FailureWords;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Classifies Google's errors (`google.rpc.Status`), from the canonical code before the HTTP one.
///
/// Where the code does not tell enough, the typed details do; a message is looked at only where
/// Google puts the difference nowhere else. Sources: Google API design guide, Errors
/// (`google.rpc.Code`, error details); Gemini API documentation, Troubleshooting.
final class GeminiErrors {
  private static final int LONGEST_DETAIL = 300;
  private static final Pattern TOO_LONG =
      Pattern.compile(
          "token count.{0,40}exceeds|exceeds the maximum number of tokens|payload size exceeds",
          Pattern.CASE_INSENSITIVE);
  /// "Corrupted thought signature.", "Thought signature is not valid", "… is missing a thought_signature".
  private static final Pattern STATE =
      Pattern.compile("thought[ _]?signature", Pattern.CASE_INSENSITIVE);
  private static final Pattern BAD_KEY =
      Pattern.compile("^api[ _]key (?:not valid|not found|expired|invalid)", Pattern.CASE_INSENSITIVE);
  /// No waiting helps: the free tier has none of this model, or the money is spent.
  private static final Pattern SPENT =
      Pattern.compile(
          "limit: 0(?![.\\d])|spending cap|credits are depleted|billing account", Pattern.CASE_INSENSITIVE);

  private GeminiErrors() {}

  static Failure read(int status, Headers headers, byte[] body) {
    JsonNode envelope = envelope(body);
    JsonNode error = envelope.path("error");
    int code = status >= 400 ? status : error.path("code").asInt(status);
    String message = error.path("message").asString("");
    FailureKind judged = error.isObject() ? kind(error, code, FailureWords.unquoted(message).strip()) : byStatus(code);
    FailureKind kind = FailureWords.outrank(judged, message);
    return new Failure(
        kind,
        status,
        message.isBlank()
            ? "Gemini answered %d without an error of its own".formatted(status)
            : shortened(message),
        GeminiRetryDelay.read(headers, error, message),
        error.isObject() ? new Failure.Original(Gemini.NAME, Json.raw(envelope)) : null);
  }

  /// The object with `error` in it; streamed requests may get it as the only element of an array.
  private static JsonNode envelope(byte[] body) {
    try {
      JsonNode tree = Json.read(body);
      return tree.isArray() ? tree.path(0) : tree;
    } catch (JacksonException notJson) {
      return Json.object().missingNode();
    }
  }

  private static FailureKind kind(JsonNode error, int code, String message) {
    return switch (error.path("status").asString("")) {
      case "INVALID_ARGUMENT", "OUT_OF_RANGE" -> invalid(error, message);
      // The project may not use the API from where it is, or not without billing.
      case "FAILED_PRECONDITION", "UNAUTHENTICATED", "PERMISSION_DENIED" -> FailureKind.UNAUTHORISED;
      case "NOT_FOUND" -> FailureKind.NOT_FOUND;
      case "RESOURCE_EXHAUSTED" -> exhausted(error, message);
      case "UNAVAILABLE" -> FailureKind.OVERLOADED;
      case "DEADLINE_EXCEEDED" -> FailureKind.TIMED_OUT;
      case "CANCELLED", "UNKNOWN", "ABORTED", "INTERNAL", "DATA_LOSS" -> FailureKind.UNKNOWN;
      default ->
          code == 400 ? invalid(error, message)
              : code == 429 ? exhausted(error, message)
              : byStatus(code);
    };
  }

  private static FailureKind invalid(JsonNode error, String message) {
    for (JsonNode detail : error.path("details")) {
      if (detail.path("reason").asString("").startsWith("API_KEY_")) {
        return FailureKind.UNAUTHORISED;
      }
    }
    if (BAD_KEY.matcher(message).find()) {
      return FailureKind.UNAUTHORISED;
    }
    if (STATE.matcher(message).find()) {
      return FailureKind.STATE_REFUSED;
    }
    return TOO_LONG.matcher(message).find() ? FailureKind.TOO_LONG : FailureKind.INVALID;
  }

  /// A quota of a day is used up for long, one of a minute is not.
  private static FailureKind exhausted(JsonNode error, String message) {
    for (JsonNode detail : error.path("details")) {
      for (JsonNode violation : detail.path("violations")) {
        if (violation.path("quotaId").asString("").contains("PerDay")) {
          return FailureKind.QUOTA_EXHAUSTED;
        }
      }
    }
    return SPENT.matcher(message).find() ? FailureKind.QUOTA_EXHAUSTED : FailureKind.RATE_LIMITED;
  }

  private static FailureKind byStatus(int status) {
    return switch (status) {
      case 401, 403 -> FailureKind.UNAUTHORISED;
      case 404 -> FailureKind.NOT_FOUND;
      case 408, 504 -> FailureKind.TIMED_OUT;
      case 413 -> FailureKind.TOO_LONG;
      case 429 -> FailureKind.RATE_LIMITED;
      case 503, 529 -> FailureKind.OVERLOADED;
      case 499 -> FailureKind.UNKNOWN;
      default -> status >= 400 && status < 500 ? FailureKind.INVALID : FailureKind.UNKNOWN;
    };
  }

  private static String shortened(String message) {
    String line = message.strip();
    return line.codePointCount(0, line.length()) <= LONGEST_DETAIL
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_DETAIL - 1)) + "…";
  }
}
