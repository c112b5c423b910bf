// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.RawJson;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class GeminiErrorsTest {
  private final Dialect gemini = new Gemini();

  private Failure read(int status, String body) {
    return gemini.readFailure(status, Headers.NONE, body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "400 | INVALID_ARGUMENT   | Invalid value at 'contents'                             | INVALID",
        "400 | INVALID_ARGUMENT   | Corrupted thought signature.                            | STATE_REFUSED",
        "400 | INVALID_ARGUMENT   | Unable to submit request because Thought signature is not valid.. | STATE_REFUSED",
        "400 | INVALID_ARGUMENT   | Function call is missing a thought_signature in functionCall parts. | STATE_REFUSED",
        "400 | INVALID_ARGUMENT   | The input token count (1200293) exceeds the maximum number of"
            + " tokens allowed (1048576). | TOO_LONG",
        "400 | INVALID_ARGUMENT   | Request payload size exceeds the limit: 20971520 bytes. | TOO_LONG",
        "400 | INVALID_ARGUMENT   | API key not valid. Please pass a valid API key.         | UNAUTHORISED",
        "400 | INVALID_ARGUMENT   | API key expired. Please renew the API key.              | UNAUTHORISED",
        "400 | FAILED_PRECONDITION | User location is not supported for the API use.        | UNAUTHORISED",
        "400 | OUT_OF_RANGE       | out                                                     | INVALID",
        "401 | UNAUTHENTICATED    | Request had invalid authentication credentials.         | UNAUTHORISED",
        "403 | PERMISSION_DENIED  | Generative Language API has not been used in project    | UNAUTHORISED",
        "404 | NOT_FOUND          | models/gemini-9 is not found for API version v1beta     | NOT_FOUND",
        "429 | RESOURCE_EXHAUSTED | Resource has been exhausted (e.g. check quota).         | RATE_LIMITED",
        "429 | RESOURCE_EXHAUSTED | Quota exceeded for metric: requests, limit: 0, model: x |"
            + " QUOTA_EXHAUSTED",
        "429 | RESOURCE_EXHAUSTED | Quota exceeded for metric: requests, limit: 0.5         | RATE_LIMITED",
        "429 | RESOURCE_EXHAUSTED | Your project has exceeded its monthly spending cap.     |"
            + " QUOTA_EXHAUSTED",
        "499 | CANCELLED          | The operation was cancelled.                            | UNKNOWN",
        "500 | INTERNAL           | An internal error has occurred.                         | UNKNOWN",
        "503 | UNAVAILABLE        | The model is overloaded. Please try again later.        | OVERLOADED",
        "504 | DEADLINE_EXCEEDED  | Deadline expired before operation could complete.       | TIMED_OUT",
        "429 | -                  | slow down                                               | RATE_LIMITED",
        "400 | NEW_CODE           | API key not valid.                                      | UNAUTHORISED",
        "418 | NEW_CODE           | teapot                                                  | INVALID",
      })
  void eachError_hasItsKind(int status, String code, String message, FailureKind kind) {
    JsonNode body =
        Json.object()
            .set("error", Json.object().put("code", status).put("message", message).put("status", code));

    Failure failure = read(status, body.toString());

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).isEqualTo(status);
    assertThat(failure.detail()).isEqualTo(message);
    assertThat(Json.read(Objects.requireNonNull(failure.original()).body())).isEqualTo(body);
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID", "401, UNAUTHORISED", "403, UNAUTHORISED", "404, NOT_FOUND", "408, TIMED_OUT",
    "413, TOO_LONG", "422, INVALID", "429, RATE_LIMITED", "499, UNKNOWN", "500, UNKNOWN", "502, UNKNOWN",
    "503, OVERLOADED", "504, TIMED_OUT", "529, OVERLOADED", "302, UNKNOWN",
  })
  void withoutABody_theStatusDecides(int status, FailureKind kind) {
    for (String body : new String[] {"", "<html>Bad Gateway</html>", "[]", "\"x\"", "{\"error\":\"text\"}"}) {
      Failure failure = read(status, body);
      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure.original()).isNull();
      assertThat(failure.detail()).contains(String.valueOf(status));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GenerateRequestsPerMinutePerProjectPerModel-FreeTier, RATE_LIMITED",
    "GenerateRequestsPerDayPerProjectPerModel-FreeTier, QUOTA_EXHAUSTED",
    "GenerateContentInputTokensPerModelPerMinute-FreeTier, RATE_LIMITED",
  })
  void theQuotasName_tellsAMinuteFromADay(String quota, FailureKind kind) {
    assertThat(
            read(
                    429,
                    "[{\"error\":{\"code\":429,\"message\":\"m\",\"status\":\"RESOURCE_EXHAUSTED\""
                        + ",\"details\":[{\"@type\":"
                        + "\"type.googleapis.com/google.rpc.QuotaFailure\",\"violations\":["
                        + "{\"quotaId\":\"" + quota + "\"}]}]}}]")
                .kind())
        .isEqualTo(kind);
  }

  @Test
  void anInvalidKey_isKnownByItsTypedReason() {
    assertThat(
            read(
                    400,
                    "{\"error\":{\"code\":400,\"message\":\"Ungültig\",\"status\":\"INVALID_ARGUMENT\""
                        + ",\"details\":[{\"@type\":"
                        + "\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"API_KEY_INVALID\"}]}}")
                .kind())
        .isEqualTo(FailureKind.UNAUTHORISED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "34s   | -    | -                                   | 34000",
        "34.4s | 9    | -                                   | 34400",
        "0.5s  | -    | -                                   | 500",
        "-     | 9    | -                                   | 9000",
        "-     | Sun, 22 Nov 2026 12:00:30 GMT | -          | 30000",
        "-     | Sun, 22 Nov 2026 11:00:30 GMT | -          | -",
        "-     | soon | -                                   | -",
        "-     | -    | Please retry in 20.04466179s.       | 20044",
        "-     | -    | nothing                             | -",
        "x     | -    | -                                   | -",
      })
  void theWait_isReadInAllItsForms(String retryInfo, String header, String message, Long millis) {
    String body =
        """
        {"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "%s",
          "details": [{"retryDelay": %s}]}}
        """
            .formatted(message, retryInfo == null ? "null" : '"' + retryInfo + '"');
    Headers headers = Headers.of("Date", "Sun, 22 Nov 2026 12:00:00 GMT");

    Duration wait =
        gemini.readFailure(
                429,
                header == null ? headers : headers.with("Retry-After", header),
                body.getBytes(StandardCharsets.UTF_8))
            .retryAfter();

    assertThat(wait == null ? null : Long.valueOf(wait.toMillis())).isEqualTo(millis);
  }

  @Test
  void theRecordedQuotaError_isRateLimited_withItsWait() {
    Failure failure = gemini.readFailure(
        429, Headers.NONE, GeminiRecordings.bytes("google-429-retry-info.json"));

    assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofMillis(34_400));
  }

  @Test
  void aLongMessage_isShortened_withoutCuttingACharacter() {
    String message = "🐈".repeat(400);

    String detail = read(400, "{\"error\":{\"code\":400,\"message\":\"%s\"}}".formatted(message)).detail();

    assertThat(detail.codePointCount(0, detail.length())).isEqualTo(300);
    assertThat(detail).endsWith("🐈…");
  }

  @ParameterizedTest
  @EnumSource(Problem.Kind.class)
  void eachProblem_isToldAsAGoogleError(Problem.Kind kind) {
    Problem problem = new Problem(kind, "what, where", "contents[0]", Duration.ofMillis(1500), null);

    JsonNode error = Json.read(gemini.writeProblem(problem)).path("error");

    assertThat(error.path("code").intValue()).isEqualTo(gemini.statusOf(problem)).isBetween(400, 599);
    assertThat(error.path("message").stringValue()).isEqualTo("what, where");
    assertThat(error.path("status").stringValue()).matches("[A-Z_]+");
    assertThat(error.at("/details/0/fieldViolations/0/field").stringValue()).isEqualTo("contents[0]");
    assertThat(error.at("/details/1/retryDelay").stringValue()).isEqualTo("1.5s");
  }

  @Test
  void googlesOwnError_goesThroughUnchanged_andAnothersDoesNot() {
    RawJson raw = new RawJson("{ \"error\": {\"code\": 400, \"x\": 1.0} }");
    Problem own = new Problem(Problem.Kind.INVALID, "m", null, null, new Failure.Original("gemini", raw));
    Problem foreign = new Problem(
        Problem.Kind.INVALID, "m", null, null, new Failure.Original("openai-chat", raw));

    assertThat(new String(gemini.writeProblem(own), StandardCharsets.UTF_8)).isEqualTo(raw.text());
    assertThat(Json.read(gemini.writeProblem(foreign)).at("/error/status").stringValue())
        .isEqualTo("INVALID_ARGUMENT");
  }
}
