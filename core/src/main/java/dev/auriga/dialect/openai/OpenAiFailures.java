// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.RawJson;
import dev.auriga.dialect.FailureWords;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Reads error replies of OpenAI, Azure OpenAI and compatible servers.
///
/// The typed fields of the body decide first, then the status, because servers hide a full context
/// in a 400, a used-up quota in a 429 and an error object in a 200. Serves Chat Completions and
/// Responses alike. Sources: OpenAI documentation, Error codes; Azure OpenAI documentation, Content
/// filtering and Quota; OpenRouter documentation, Errors; OpenAI OpenAPI document,
/// `ResponseErrorCode`.
public final class OpenAiFailures {
  private static final int LONGEST_DETAIL = 300;
  /// OpenAI quotes a refused key in its message, masked in the middle.
  private static final Pattern KEY = Pattern.compile("\\b(?:sk|sess|rk)-[\\w*.-]+");

  private static final Set<String> RATE_LIMITS =
      Set.of("rate_limit_exceeded", "rate_limit_error", "ratelimitreached");

  private final String dialect;
  private final OpenAiRetryAfter retryAfter;

  /// `dialect` is the one whose clients may see the provider's error as it is.
  public OpenAiFailures(String dialect, InstantSource clock) {
    this.dialect = dialect;
    this.retryAfter = new OpenAiRetryAfter(clock);
  }

  public static Failure notJson() {
    return Failure.of(FailureKind.BROKEN_STREAM, 200, "the reply is not JSON or is cut short");
  }

  public static Failure noChoice() {
    return Failure.of(FailureKind.UNKNOWN, 200, "the reply has no choices");
  }

  /// Whether `reply` is an error object, in OpenAI's form or in vLLM's older one.
  public static boolean isError(JsonNode reply) {
    JsonNode error = reply.path("error");
    return (!error.isMissingNode() && !error.isNull())
        || reply.path("object").asString("").equals("error");
  }

  public Failure read(int status, Headers headers, byte[] body) {
    JsonNode tree;
    try {
      tree = Json.read(body);
    } catch (JacksonException _) {
      return read(status, headers, null, null);
    }
    String raw = new String(body, StandardCharsets.UTF_8);
    return read(status, headers, tree, new RawJson(raw));
  }

  /// The failure an error event of a stream tells.
  public Failure readEvent(JsonNode event, String raw) {
    return read(200, Headers.NONE, event, new RawJson(raw));
  }

  private Failure read(
      int status, Headers headers, @Nullable JsonNode tree, @Nullable RawJson raw) {
    JsonNode body = tree == null ? Json.object() : tree;
    OpenAiError error = OpenAiError.in(body);
    int effective = status >= 400 ? status : error.status();
    FailureKind kind = FailureWords.outrank(kind(effective, error), error.message());
    Duration wait = retryAfter.read(kind, headers, error.message());
    return new Failure(
        kind,
        status,
        detail(effective, error.message()),
        wait,
        raw == null || !body.isObject() ? null : new Failure.Original(dialect, raw));
  }

  private static FailureKind kind(int status, OpenAiError error) {
    for (String token : error.tokens()) {
      FailureKind kind = byToken(token);
      if (kind != null) {
        return kind;
      }
    }
    FailureKind told = byMessage(status, FailureWords.unquoted(error.message().toLowerCase(Locale.ROOT)));
    if (told != null) {
      return told;
    }
    // Some servers tell a rate limit with a 400.
    boolean limited = error.tokens().stream().anyMatch(RATE_LIMITS::contains);
    if (limited) {
      return FailureKind.RATE_LIMITED;
    }
    return status >= 400 ? byStatus(status) : byType(error.type());
  }

  /// The codes that say more than their status.
  private static @Nullable FailureKind byToken(String token) {
    return switch (token) {
      case "insufficient_quota", "billing_hard_limit_reached", "billing_not_active",
          "access_terminated", "insufficient_credits" -> FailureKind.QUOTA_EXHAUSTED;
      case "context_length_exceeded", "exceed_context_size_error", "string_above_max_length" ->
          FailureKind.TOO_LONG;
      case "content_filter", "content_policy_violation", "responsibleaipolicyviolation",
          "moderation_blocked", "invalid_prompt", "bio_policy", "cyber_policy",
          "image_content_policy_violation" -> FailureKind.CONTENT_FILTERED;
      case "model_not_found", "deploymentnotfound", "modelnotfound", "operationnotsupported" ->
          FailureKind.NOT_FOUND;
      case "engine_overloaded", "overloaded_error", "service_unavailable", "serviceunavailable",
          "service_unavailable_error", "server_is_overloaded", "slow_down" -> FailureKind.OVERLOADED;
      case "timeout", "request_timeout", "requesttimeout", "vector_store_timeout" ->
          FailureKind.TIMED_OUT;
      case "invalid_encrypted_content" -> FailureKind.STATE_REFUSED;
      case "invalid_image", "invalid_image_format", "invalid_base64_image", "invalid_image_url",
          "image_too_large", "image_too_small", "image_parse_error", "invalid_image_mode",
          "image_file_too_large", "unsupported_image_media_type", "empty_image_file",
          "failed_to_download_image", "image_file_not_found" -> FailureKind.INVALID;
      default -> null;
    };
  }

  /// Where only the words tell: the last resort, lower case and without what is quoted.
  private static @Nullable FailureKind byMessage(int status, String message) {
    if (message.startsWith("request too large for")) {
      return FailureKind.TOO_LONG;
    }
    if (message.contains("maximum context length") || message.contains("context window")) {
      return FailureKind.TOO_LONG;
    }
    if (message.contains("items are not persisted when")) {
      return FailureKind.STATE_REFUSED;
    }
    if (FailureWords.tellCallVolume(status, message)) {
      return FailureKind.QUOTA_EXHAUSTED;
    }
    return null;
  }

  private static FailureKind byStatus(int status) {
    return switch (status) {
      case 401, 403 -> FailureKind.UNAUTHORISED;
      case 402 -> FailureKind.QUOTA_EXHAUSTED;
      case 404 -> FailureKind.NOT_FOUND;
      case 408, 504, 522, 524 -> FailureKind.TIMED_OUT;
      case 409, 424 -> FailureKind.UNKNOWN;
      case 413 -> FailureKind.TOO_LONG;
      case 429 -> FailureKind.RATE_LIMITED;
      case 502, 503, 529 -> FailureKind.OVERLOADED;
      default -> status < 500 ? FailureKind.INVALID : FailureKind.UNKNOWN;
    };
  }

  /// For an error that came without a status of its own.
  private static FailureKind byType(String type) {
    return switch (type) {
      case "authentication_error", "permission_error", "invalid_api_key" ->
          FailureKind.UNAUTHORISED;
      case "not_found_error", "notfounderror" -> FailureKind.NOT_FOUND;
      case "invalid_request_error", "badrequesterror" -> FailureKind.INVALID;
      default -> FailureKind.UNKNOWN;
    };
  }

  private static String detail(int status, String message) {
    if (message.isBlank()) {
      return status >= 400 ? "upstream answered " + status : "upstream told an error without a message";
    }
    String clean = KEY.matcher(message.strip()).replaceAll("[key]");
    return clean.length() <= LONGEST_DETAIL ? clean : clean.substring(0, LONGEST_DETAIL - 1) + "…";
  }
}
