// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.RawJson;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsesErrorsTest {
  private final OpenAiResponses dialect = new OpenAiResponses();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | '{\"error\":{\"message\":\"m\",\"type\":\"invalid_request_error\",\"param\":\"input\",\"code\":null}}' | INVALID",
        "400 | '{\"error\":{\"message\":\"m\",\"code\":\"context_length_exceeded\"}}' | TOO_LONG",
        "400 | '{\"error\":{\"message\":\"The encrypted content gAAA could not be verified.\",\"code\":\"invalid_encrypted_content\"}}' | STATE_REFUSED",
        "404 | '{\"error\":{\"message\":\"Item with id ''rs_1'' not found. Items are not persisted when `store` is"
            + " set to false.\",\"param\":\"input\",\"code\":null}}' | STATE_REFUSED",
        "401 | '{\"error\":{\"message\":\"m\",\"code\":\"invalid_api_key\"}}' | UNAUTHORISED",
        "404 | '{\"error\":{\"message\":\"m\",\"code\":\"DeploymentNotFound\"}}' | NOT_FOUND",
        "429 | '{\"error\":{\"message\":\"m\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}' | RATE_LIMITED",
        "429 | '{\"error\":{\"message\":\"m\",\"code\":\"insufficient_quota\"}}' | QUOTA_EXHAUSTED",
        "500 | '{\"error\":{\"message\":\"m\",\"type\":\"server_error\"}}' | UNKNOWN",
        "503 | 'busy' | OVERLOADED",
        "200 | '{\"type\":\"error\",\"code\":\"server_is_overloaded\",\"message\":\"m\"}' | OVERLOADED",
      })
  void errorsAreClassified(int status, String body, FailureKind kind) {
    Failure failure =
        dialect.readFailure(status, Headers.NONE, body.getBytes(StandardCharsets.UTF_8));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.original() == null ? "" : failure.original().dialect())
        .isEqualTo(body.startsWith("{") ? "openai-responses" : "");
  }

  @Test
  void waitIsReadFromTheHeaders() {
    Failure failure =
        dialect.readFailure(
            429,
            Headers.of("retry-after-ms", "1500"),
            "{\"error\":{\"code\":\"rate_limit_exceeded\"}}".getBytes(StandardCharsets.UTF_8));

    assertThat(failure.retryAfter()).isEqualTo(Duration.ofMillis(1500));
  }

  /// Both of OpenAI's APIs tell errors in one form, so either's client gets the other's unchanged.
  @ParameterizedTest
  @CsvSource({"openai-responses, true", "openai-chat, true", "anthropic-messages, false"})
  void providersOwnErrorGoesThroughWhereItHasOurForm(String origin, boolean unchanged) {
    RawJson raw = new RawJson("{ \"error\":{\"message\":\"theirs\",\"extra\":1}}");
    Problem problem =
        new Problem(Problem.Kind.INVALID, "ours", "input", null, new Failure.Original(origin, raw));

    String written = new String(dialect.writeProblem(problem), StandardCharsets.UTF_8);

    assertThat(written.equals(raw.text())).isEqualTo(unchanged);
    assertThat(Json.read(written).at("/error/message").stringValue()).isEqualTo(unchanged ? "theirs" : "ours");
    assertThat(dialect.statusOf(problem)).isEqualTo(400);
  }
}
