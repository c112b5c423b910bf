// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.RawJson;
import dev.auriga.dialect.BadReply;
import dev.auriga.dialect.FailureWords;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Error replies, read and written.
///
/// The provider's envelope is `{"type":"error","error":{"type","message","details"},"request_id"}`.
/// In front of Claude in Microsoft Foundry stands Azure's gateway, whose own errors are
/// `{"error":{"code","message"}}` or `{"statusCode","message"}`.
/// Source: Anthropic API reference, Errors and Rate limits; Azure API Management documentation,
/// rate-limit and quota policies.
final class AnthropicErrors {
  private static final int LONGEST_DETAIL = 300;
  /// "messages.1.content.0: Invalid `signature` in `thinking` block", the same of the `data` of a
  /// `redacted_thinking` block, "… blocks in the latest assistant message cannot be modified", and
  /// "Expected `thinking` or `redacted_thinking`, but found `tool_use`" of a tool loop without thought.
  private static final Pattern STATE =
      Pattern.compile(
          "invalid `(signature|data)` in `(redacted_)?thinking` block|thinking` blocks .{0,60}cannot be modified"
              + "|expected `thinking` or `redacted_thinking`,? but found");
  private static final Pattern SPENT =
      Pattern.compile(
          "^(?:(?:you|your \\w+|this \\w+|the \\w+) ha(?:ve|s) reached \\w+(?: \\w+){0,2} api usage limits"
              + "|your credit balance is too low)");
  private static final String SPEND_LIMIT = "enforced_spend_limit_reached";

  private final InstantSource clock;

  private AnthropicErrors(InstantSource clock) {
    this.clock = clock;
  }

  static AnthropicErrors at(InstantSource clock) {
    return new AnthropicErrors(clock);
  }

  /// What an error body says, whichever of its shapes it has; empty strings where it does not.
  private record Said(String type, String message, String errorCode, boolean isOwnEnvelope) {}

  Failure read(int status, Headers headers, byte[] body) {
    JsonNode tree = parsed(body);
    Said said = said(tree);
    FailureKind kind = FailureWords.outrank(kindOf(status, said), said.message);
    Duration retryAfter =
        kind == FailureKind.QUOTA_EXHAUSTED
            ? null
            : new AnthropicRetryAfter(headers, clock.instant()).read(status, said.message);
    Failure.Original original =
        said.isOwnEnvelope
            ? new Failure.Original(
                AnthropicMessages.NAME, new RawJson(new String(body, StandardCharsets.UTF_8)))
            : null;
    return new Failure(kind, status, detail(status, said), retryAfter, original);
  }

  private static JsonNode parsed(byte[] body) {
    try {
      return Json.read(body);
    } catch (JacksonException notJson) {
      return Json.object();
    }
  }

  private static Said said(JsonNode tree) {
    JsonNode error = tree.path("error");
    if (error.isObject()) {
      String type = error.path("type").stringValue("");
      return new Said(
          type.isEmpty() ? error.path("code").stringValue("") : type,
          error.path("message").stringValue(""),
          error.path("details").path("error_code").stringValue(""),
          !type.isEmpty() && tree.path("type").stringValue("").equals("error"));
    }
    return new Said("", tree.path("message").stringValue(error.stringValue("")), "", false);
  }

  private static String detail(int status, Said said) {
    String text = said.message.isBlank() ? said.type : said.message.strip();
    if (text.isBlank()) {
      return "the provider answered with status %d and no explanation".formatted(status);
    }
    return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL - 1) + "…";
  }

  private static FailureKind kindOf(int status, Said said) {
    FailureKind told = byMessage(status, said);
    if (told != null) {
      return told;
    }
    // The type is the more exact of the two, but for those that say no more than whose fault it is.
    FailureKind typed = byType(said.type);
    boolean vague =
        typed == FailureKind.UNKNOWN
            || (typed == FailureKind.INVALID && status != 400 && status != 200);
    return typed == null || vague ? byStatus(status) : typed;
  }

  /// What only the text or a detail tells; the strings are the provider's own.
  private static @Nullable FailureKind byMessage(int status, Said said) {
    if (said.errorCode.equals(SPEND_LIMIT)) {
      return FailureKind.QUOTA_EXHAUSTED;
    }
    String whole = said.message.strip().toLowerCase(Locale.ROOT);
    if (SPENT.matcher(whole).find() || FailureWords.tellCallVolume(status, whole)) {
      return FailureKind.QUOTA_EXHAUSTED;
    }
    String message = FailureWords.unquoted(whole);
    boolean aboutRequest = said.type.isEmpty() || said.type.equals("invalid_request_error");
    if (aboutRequest
        && (message.contains("prompt is too long") || message.contains("exceed context limit"))) {
      return FailureKind.TOO_LONG;
    }
    if (aboutRequest && STATE.matcher(whole).find()) {
      return FailureKind.STATE_REFUSED;
    }
    return aboutRequest && message.contains("blocked by content filtering")
        ? FailureKind.CONTENT_FILTERED
        : null;
  }

  private static @Nullable FailureKind byType(String type) {
    return switch (type) {
      case "invalid_request_error" -> FailureKind.INVALID;
      case "authentication_error", "permission_error" -> FailureKind.UNAUTHORISED;
      case "not_found_error", "DeploymentNotFound" -> FailureKind.NOT_FOUND;
      case "request_too_large" -> FailureKind.TOO_LONG;
      case "rate_limit_error", "RateLimitReached", "TooManyRequests" -> FailureKind.RATE_LIMITED;
      case "billing_error" -> FailureKind.QUOTA_EXHAUSTED;
      case "overloaded_error" -> FailureKind.OVERLOADED;
      case "timeout_error" -> FailureKind.TIMED_OUT;
      case "api_error", "conflict_error" -> FailureKind.UNKNOWN;
      case "content_filter", "ResponsibleAIPolicyViolation" -> FailureKind.CONTENT_FILTERED;
      default -> null;
    };
  }

  private static FailureKind byStatus(int status) {
    return switch (status) {
      case 400, 405, 415, 422 -> FailureKind.INVALID;
      case 401, 403 -> FailureKind.UNAUTHORISED;
      case 402 -> FailureKind.QUOTA_EXHAUSTED;
      case 404 -> FailureKind.NOT_FOUND;
      case 408, 504 -> FailureKind.TIMED_OUT;
      case 413 -> FailureKind.TOO_LONG;
      case 429 -> FailureKind.RATE_LIMITED;
      case 503, 529 -> FailureKind.OVERLOADED;
      default -> FailureKind.UNKNOWN;
    };
  }

  /// A reply with a status of success that is no message: an error object, nothing, or something
  /// else.
  BadReply notAMessage(byte[] body) {
    if (body.length == 0) {
      return broken(0);
    }
    JsonNode tree = parsed(body);
    if (tree.hasNonNull("error")) {
      return new BadReply(read(200, Headers.NONE, body));
    }
    return new BadReply(
        Failure.of(FailureKind.UNKNOWN, 200, "the provider's reply is not a message"));
  }

  static BadReply cutShort(JacksonException notJson) {
    return broken(notJson.getLocation() == null ? 0 : notJson.getLocation().getByteOffset());
  }

  private static BadReply broken(long offset) {
    return new BadReply(
        Failure.of(
            FailureKind.BROKEN_STREAM,
            200,
            "the provider's reply is not whole JSON: it breaks at byte %d".formatted(offset)));
  }

  static int statusOf(Problem.Kind kind) {
    return switch (kind) {
      case INVALID, TOO_LONG, CONTENT_FILTERED -> 400;
      case UNAUTHENTICATED -> 401;
      case FORBIDDEN -> 403;
      case NOT_FOUND -> 404;
      case METHOD_NOT_ALLOWED -> 405;
      case TOO_LARGE -> 413;
      case UNSUPPORTED_MEDIA -> 415;
      case RATE_LIMITED, QUOTA_EXHAUSTED -> 429;
      case OVERLOADED -> 529;
      case TIMED_OUT -> 504;
      case UPSTREAM -> 502;
      case INTERNAL -> 500;
    };
  }

  static byte[] write(Problem problem) {
    Failure.Original original = problem.original();
    // The official SDKs tell errors apart by their type; one without it is retold.
    if (original != null
        && original.dialect().equals(AnthropicMessages.NAME)
        && Json.read(original.body()).at("/error/type").isString()) {
      return original.body().text().getBytes(StandardCharsets.UTF_8);
    }
    ObjectNode body = Json.object().put("type", "error");
    ObjectNode error =
        body.putObject("error").put("type", typeOf(problem.kind())).put("message", message(problem));
    if (problem.kind() == Problem.Kind.QUOTA_EXHAUSTED) {
      error.putObject("details").put("error_code", SPEND_LIMIT);
    }
    return Json.write(body.put("request_id", problem.requestId()));
  }

  /// The error body without line ends, which an event's data cannot hold.
  static byte[] oneLine(Problem problem) {
    return Json.write(Json.read(write(problem)));
  }

  /// Agents look for "prompt is too long" to know that they must shorten the conversation.
  private static String message(Problem problem) {
    boolean tellsTooLong = problem.message().toLowerCase(Locale.ROOT).contains("prompt is too long");
    return problem.kind() == Problem.Kind.TOO_LONG && !tellsTooLong
        ? "prompt is too long: " + problem.message()
        : problem.message();
  }

  private static String typeOf(Problem.Kind kind) {
    return switch (kind) {
      case INVALID, METHOD_NOT_ALLOWED, UNSUPPORTED_MEDIA, TOO_LONG, CONTENT_FILTERED -> "invalid_request_error";
      case UNAUTHENTICATED -> "authentication_error";
      case FORBIDDEN -> "permission_error";
      case NOT_FOUND -> "not_found_error";
      case TOO_LARGE -> "request_too_large";
      case RATE_LIMITED, QUOTA_EXHAUSTED -> "rate_limit_error";
      case OVERLOADED -> "overloaded_error";
      case TIMED_OUT -> "timeout_error";
      case UPSTREAM, INTERNAL -> "api_error";
    };
  }
}
