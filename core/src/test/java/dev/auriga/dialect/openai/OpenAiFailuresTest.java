// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Refusal;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OpenAiFailuresTest {
  private final OpenAiChat dialect =
      OpenAiChat.strict(InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z")));

  private Failure failure(int status, Headers headers, String body) {
    return dialect.readFailure(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvFileSource(
      resources = "openai-failures.csv",
      delimiter = '|',
      quoteCharacter = '\0',
      maxCharsPerColumn = 1000)
  void kindIsReadFromStatusAndTypedBody(int status, String body, FailureKind kind) {
    Failure failure = failure(status, Headers.NONE, body == null ? "" : body);

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).isEqualTo(status);
    assertThat(failure.detail()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry-after-ms=1500;retry-after=9 | | PT1.5S",
        "retry-after=2 | | PT2S",
        "retry-after=0.25 | | PT0.25S",
        "retry-after=Sun, 01 Mar 2026 12:00:30 GMT | | PT30S",
        "retry-after=Sun, 01 Mar 2026 11:00:00 GMT | | PT0S",
        "retry-after=soon;x-ratelimit-reset-requests=6m0s | | PT6M",
        "x-ratelimit-reset-requests=2ms;x-ratelimit-reset-tokens=1m12.5s | | PT1M12.5S",
        "x-ratelimit-reset-requests=2ms;x-ratelimit-remaining-requests=0;x-ratelimit-reset-tokens="
            + "6m0s | | PT0.002S",
        "x-ratelimit-reset-tokens=1h2m3s | | PT1H2M3S",
        "x-ratelimit-reset-tokens=45 | | PT45S",
        "x-none=1 | Please try again in 1.2s. Visit the page | PT1.2S",
        "x-none=1 | Please try again in 6m0s. | PT6M",
        "x-none=1 | Please try again in 86ms. | PT0.086S",
        "x-none=1 | Please retry after 26 seconds. | PT26S",
        "x-none=1 | no word of it | ",
      })
  void waitIsReadInAllItsForms(String headers, String message, Duration expected) {
    Headers read = Headers.NONE;
    for (String header : headers.split(";")) {
      String[] field = header.split("=", 2);
      read = read.with(field[0], field[1]);
    }
    String body = "{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"" + message + "\"}}";

    assertThat(failure(429, read, body).retryAfter()).isEqualTo(expected);
  }

  @Test
  void resetOfALimitIsNoWait_whenTheFailureIsAnother() {
    Headers headers = Headers.of("x-ratelimit-reset-tokens", "6m0s");

    assertThat(failure(500, headers, "{}").retryAfter()).isNull();
    assertThat(failure(503, Headers.of("Retry-After", "3"), "{}").retryAfter())
        .isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void detailIsShortAndWithoutKeys() {
    String message = "Incorrect API key provided: sk-proj-ab**********cd. " + "x".repeat(500);
    Failure failure = failure(401, Headers.NONE, "{\"error\":{\"message\":\"" + message + "\"}}");

    assertThat(failure.detail()).hasSize(300).contains("[key]").doesNotContain("sk-proj");
  }

  @Test
  void originalIsKeptWhenItIsJson() {
    String body = "{ \"error\": {\"message\":\"m\"} }\n";

    assertThat(failure(400, Headers.NONE, body).original())
        .isEqualTo(new Failure.Original("openai-chat", new RawJson(body)));
    assertThat(failure(502, Headers.NONE, "<html>").original()).isNull();
  }

  @Test
  void problemOfTheSameDialectGoesThroughUnchanged() {
    String body = "{ \"error\": {\"message\":\"m\", \"code\":\"context_length_exceeded\"} }\n";
    Problem problem = Problem.of(failure(400, Headers.NONE, body), "told otherwise");

    assertThat(new String(dialect.writeProblem(problem), StandardCharsets.UTF_8)).isEqualTo(body);
    assertThat(dialect.statusOf(problem)).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID,400", "UNAUTHENTICATED,401", "FORBIDDEN,403", "NOT_FOUND,404", "TOO_LARGE,413",
    "UNSUPPORTED_MEDIA,415", "RATE_LIMITED,429", "QUOTA_EXHAUSTED,429", "TOO_LONG,400",
    "CONTENT_FILTERED,400", "OVERLOADED,503", "TIMED_OUT,504", "UPSTREAM,502", "INTERNAL,500",
  })
  void everyKindHasItsStatus(Problem.Kind kind, int status) {
    assertThat(dialect.statusOf(new Problem(kind, "m", null, null, null))).isEqualTo(status);
  }

  @ParameterizedTest
  @EnumSource(Problem.Kind.class)
  void everyKindIsToldInTheEnvelope(Problem.Kind kind) {
    byte[] body = dialect.writeProblem(new Problem(kind, "what happened", "messages[0]", null, null));

    var error = Json.read(body).path("error");
    assertThat(error.path("message").stringValue()).isEqualTo("what happened");
    assertThat(error.path("param").stringValue()).isEqualTo("messages[0]");
    assertThat(error.path("type").stringValue()).isNotBlank();
    assertThat(error.has("code")).isTrue();
  }

  /// What Auriga tells a client must read as the same thing in an Auriga in front of it.
  @ParameterizedTest
  @CsvSource({
    "INVALID,INVALID", "UNAUTHENTICATED,UNAUTHORISED", "FORBIDDEN,UNAUTHORISED", "NOT_FOUND,NOT_FOUND",
    "RATE_LIMITED,RATE_LIMITED", "QUOTA_EXHAUSTED,QUOTA_EXHAUSTED", "TOO_LONG,TOO_LONG",
    "CONTENT_FILTERED,CONTENT_FILTERED", "OVERLOADED,OVERLOADED", "TIMED_OUT,TIMED_OUT",
    "UPSTREAM,OVERLOADED", "INTERNAL,UNKNOWN",
  })
  void problemIsReadBackAsItsFailure(Problem.Kind kind, FailureKind expected) {
    Problem problem = new Problem(kind, "m", null, null, null);

    assertThat(
            dialect.readFailure(
                    dialect.statusOf(problem), Headers.NONE, dialect.writeProblem(problem))
                .kind())
        .isEqualTo(expected);
  }

  @Test
  void unknownModelIsToldByItsCode() {
    Problem problem =
        Problem.of(new Refusal(Refusal.Kind.NOT_FOUND, "no route 'x'", "model"));

    assertThat(Json.read(dialect.writeProblem(problem)).path("error").path("code").stringValue())
        .isEqualTo("model_not_found");
  }
}
