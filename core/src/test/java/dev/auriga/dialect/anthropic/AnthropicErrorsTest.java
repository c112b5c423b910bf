// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.RawJson;
import dev.auriga.dialect.BadReply;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicErrorsTest {
  private final AnthropicMessages dialect =
      new AnthropicMessages(InstantSource.fixed(Instant.parse("2026-11-01T12:00:00Z")));

  private Failure read(int status, String body, String... headers) {
    return dialect.readFailure(status, Headers.of(headers), body.getBytes(UTF_8));
  }

  private static String envelope(String type, String message) {
    return "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s\"},\"request_id\":\"req_1\"}"
        .formatted(type, message);
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "400, invalid_request_error, messages: field required, INVALID",
    "400, invalid_request_error, messages.1.content.0: Invalid `signature` in `thinking` block, STATE_REFUSED",
    "400, invalid_request_error, messages.1.content.2: Invalid `data` in `redacted_thinking` block, STATE_REFUSED",
    "400, invalid_request_error, messages.3.content.8: `thinking` or `redacted_thinking` blocks in the latest "
        + "assistant message cannot be modified. These blocks must remain as they were., STATE_REFUSED",
    "400, invalid_request_error, 'messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but "
        + "found `tool_use`', STATE_REFUSED",
    "400, invalid_request_error, messages.0.role: out of call volume quota, INVALID",
    "400, invalid_request_error, messages.0.role: credit balance is too low, INVALID",
    "400, invalid_request_error, tools.0: `prompt is too long` is no name, INVALID",
    "400, invalid_request_error, 'prompt is too long: 210000 tokens > 200000 maximum', TOO_LONG",
    "400, invalid_request_error, 'input length and `max_tokens` exceed context limit: 1 + 2 > 3', TOO_LONG",
    "400, invalid_request_error, You have reached your specified API usage limits., QUOTA_EXHAUSTED",
    "400, invalid_request_error, Your credit balance is too low to access the Anthropic API., "
        + "QUOTA_EXHAUSTED",
    "400, invalid_request_error, Output blocked by content filtering policy, CONTENT_FILTERED",
    "401, authentication_error, invalid x-api-key, UNAUTHORISED",
    "402, billing_error, Check your payment, QUOTA_EXHAUSTED",
    "403, permission_error, Not allowed, UNAUTHORISED",
    "404, not_found_error, model: claude-x, NOT_FOUND",
    "409, conflict_error, Conflict, UNKNOWN",
    "413, request_too_large, Request exceeds the maximum size, TOO_LONG",
    "413, invalid_request_error, Too large, TOO_LONG",
    "429, rate_limit_error, This request would exceed your rate limit, RATE_LIMITED",
    "500, api_error, Internal server error, UNKNOWN",
    "503, api_error, Unavailable, OVERLOADED",
    "504, timeout_error, Timed out, TIMED_OUT",
    "529, overloaded_error, Overloaded, OVERLOADED",
    "200, overloaded_error, Overloaded, OVERLOADED",
    "200, invalid_request_error, Wrong, INVALID",
    "200, api_error, Internal server error, UNKNOWN",
    "418, some_new_error, Tea, UNKNOWN"
  })
  void ownEnvelope_isClassified(int status, String type, String message, FailureKind kind) {
    String body = envelope(type, message);
    Failure failure = read(status, body);

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).isEqualTo(status);
    assertThat(failure.detail()).isEqualTo(message);
    assertThat(failure.original())
        .isEqualTo(new Failure.Original("anthropic-messages", new RawJson(body)));
  }

  @Test
  void enforcedSpendLimit_isQuota_andNotWorthWaiting() {
    Failure failure =
        read(
            429,
            """
            {"type":"error","error":{"type":"rate_limit_error","message":"Spend limit reached",
             "details":{"error_code":"enforced_spend_limit_reached"}}}
            """,
            "anthropic-ratelimit-requests-reset", "2026-11-01T12:01:00Z");
    assertThat(failure.kind()).isEqualTo(FailureKind.QUOTA_EXHAUSTED);
    assertThat(failure.retryAfter()).isNull();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | {\"statusCode\":401,\"message\":\"Access denied due to invalid subscription key\"} | "
            + "UNAUTHORISED",
        "404 | {\"error\":{\"code\":\"DeploymentNotFound\",\"message\":\"no such deployment\"}} | NOT_FOUND",
        "404 | {\"statusCode\":404,\"message\":\"Resource not found\"} | NOT_FOUND",
        "429 | {\"error\":{\"code\":\"429\",\"message\":\"Rate limit is exceeded.\"}} | RATE_LIMITED",
        "403 | {\"statusCode\":403,\"message\":\"Out of call volume quota. Replenished in 01:00:00.\"} |"
            + " QUOTA_EXHAUSTED",
        "400 | {\"error\":{\"code\":\"content_filter\",\"message\":\"filtered\"}} | CONTENT_FILTERED",
        "408 | {\"statusCode\":408,\"message\":\"timeout\"} | TIMED_OUT",
        "503 | {\"statusCode\":503,\"message\":\"down\"} | OVERLOADED",
        "500 | {\"statusCode\":500,\"message\":\"Internal server error\"} | UNKNOWN",
        "502 | <html>Bad gateway</html> | UNKNOWN",
        "529 | '' | OVERLOADED",
        "400 | [] | INVALID"
      })
  void azuresShapesAndNonsense_areClassified_withoutAnOriginal(
      int status, String body, FailureKind kind) {
    Failure failure = read(status, body);
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.original()).isNull();
    assertThat(failure.detail()).isNotBlank();
  }

  @Test
  void longMessages_areShortened() {
    assertThat(read(400, envelope("invalid_request_error", "x".repeat(1000))).detail())
        .hasSize(300)
        .endsWith("…");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "retry-after-ms, 1500, 1500",
    "retry-after, 30, 30000",
    "Retry-After, 0.5, 500",
    "retry-after, 'Sun, 01 Nov 2026 12:00:20 GMT', 20000",
    "retry-after, 'Sun, 01 Nov 2026 11:00:00 GMT', 0",
    "anthropic-ratelimit-tokens-reset, 2026-11-01T12:00:07Z, 7000",
    "anthropic-ratelimit-tokens-reset, 2026-11-01T13:00:07+01:00, 7000"
  })
  void retryAfter_inAllItsForms(String header, String value, long millis) {
    assertThat(read(429, envelope("rate_limit_error", "x"), header, value).retryAfter())
        .isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void retryAfter_isWhenTheEmptyBucketsAreFilled() {
    Failure failure =
        read(
            429,
            envelope("rate_limit_error", "x"),
            "anthropic-ratelimit-requests-remaining", "3",
            "anthropic-ratelimit-requests-reset", "2026-11-01T12:00:01Z",
            "anthropic-ratelimit-input-tokens-remaining", "0",
            "anthropic-ratelimit-input-tokens-reset", "2026-11-01T12:00:40Z",
            "anthropic-ratelimit-output-tokens-remaining", "0",
            "anthropic-ratelimit-output-tokens-reset", "2026-11-01T12:00:09Z");
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void retryAfter_headerOutranksBuckets_andRubbishIsNone() {
    assertThat(
            read(
                    429,
                    envelope("rate_limit_error", "x"),
                    "retry-after", "5",
                    "anthropic-ratelimit-requests-reset", "2026-11-01T12:01:00Z")
                .retryAfter())
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(
            read(429, "{}", "retry-after", "soon", "anthropic-ratelimit-requests-reset", "then")
                .retryAfter())
        .isNull();
    assertThat(read(500, "{}", "anthropic-ratelimit-requests-reset", "2026-11-01T12:01:00Z").retryAfter())
        .isNull();
  }

  @Test
  void retryAfter_inAzuresText() {
    assertThat(
            read(429, "{\"statusCode\":429,\"message\":\"Rate limit is exceeded. Try again in 12 seconds.\"}")
                .retryAfter())
        .isEqualTo(Duration.ofSeconds(12));
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID, 400, invalid_request_error",
    "UNAUTHENTICATED, 401, authentication_error",
    "FORBIDDEN, 403, permission_error",
    "NOT_FOUND, 404, not_found_error",
    "TOO_LARGE, 413, request_too_large",
    "UNSUPPORTED_MEDIA, 415, invalid_request_error",
    "RATE_LIMITED, 429, rate_limit_error",
    "QUOTA_EXHAUSTED, 429, rate_limit_error",
    "TOO_LONG, 400, invalid_request_error",
    "CONTENT_FILTERED, 400, invalid_request_error",
    "OVERLOADED, 529, overloaded_error",
    "TIMED_OUT, 504, timeout_error",
    "UPSTREAM, 502, api_error",
    "INTERNAL, 500, api_error"
  })
  void problems_haveTheirStatusAndType(Problem.Kind kind, int status, String type) {
    Problem problem = new Problem(kind, "What is wrong", null, null, null);
    var body = Json.read(dialect.writeProblem(problem));

    assertThat(dialect.statusOf(problem)).isEqualTo(status);
    assertThat(body.path("type").stringValue()).isEqualTo("error");
    assertThat(body.at("/error/type").stringValue()).isEqualTo(type);
    assertThat(body.at("/error/message").stringValue()).endsWith("What is wrong");
  }

  @ParameterizedTest
  @EnumSource(
      value = Problem.Kind.class,
      names = {"RATE_LIMITED", "QUOTA_EXHAUSTED", "TOO_LONG", "OVERLOADED", "TIMED_OUT", "NOT_FOUND"})
  void problems_areReadAsWhatTheyAre(Problem.Kind kind) {
    Problem problem = new Problem(kind, "What is wrong", null, null, null);
    assertThat(
            dialect
                .readFailure(dialect.statusOf(problem), Headers.NONE, dialect.writeProblem(problem))
                .kind()
                .name())
        .isEqualTo(kind.name());
  }

  @Test
  void ownOriginal_goesThroughUnchanged_foreignDoesNot() {
    String own = "{ \"type\":\"error\", \"error\":{\"type\":\"x\",\"message\":\"y\"} }";
    assertThat(dialect.writeProblem(problem("anthropic-messages", own))).isEqualTo(own.getBytes(UTF_8));
    assertThat(new String(dialect.writeProblem(problem("gemini", own)), UTF_8)).contains("told");
  }

  private static Problem problem(String dialect, String body) {
    return new Problem(
        Problem.Kind.INVALID, "told", null, null, new Failure.Original(dialect, new RawJson(body)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"id\":\"x\"", "<html>", ""})
  void replyThatIsNotJson_isABrokenOne(String body) {
    for (Runnable reading : readings(body)) {
      assertThat(failureOf(reading).kind()).isEqualTo(FailureKind.BROKEN_STREAM);
    }
  }

  @Test
  void errorWithStatus200_isAFailedReply() {
    for (Runnable reading : readings(envelope("overloaded_error", "Overloaded"))) {
      assertThat(failureOf(reading).kind()).isEqualTo(FailureKind.OVERLOADED);
    }
    for (Runnable reading : readings("{\"hello\":1}")) {
      assertThat(failureOf(reading).kind()).isEqualTo(FailureKind.UNKNOWN);
    }
  }

  private Runnable[] readings(String body) {
    return new Runnable[] {
      () -> dialect.glance(body.getBytes(UTF_8)), () -> dialect.readReply(body.getBytes(UTF_8))
    };
  }

  private static Failure failureOf(Runnable reading) {
    try {
      reading.run();
    } catch (BadReply bad) {
      return bad.failure();
    }
    throw new AssertionError("was taken for a reply");
  }
}
