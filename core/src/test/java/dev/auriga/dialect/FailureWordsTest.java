// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.FailureKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureWordsTest {
  @ParameterizedTest
  @CsvSource({
    "INVALID, Rate limit reached for gpt-4o, RATE_LIMITED",
    "INVALID, rate_limit_exceeded, RATE_LIMITED",
    "INVALID, Too Many Requests, RATE_LIMITED",
    "INVALID, Error 429: this request would exceed your rate limit, RATE_LIMITED",
    "INVALID, Requests have exceeded call rate limit, RATE_LIMITED",
    "INVALID, Invalid schema for function 'get_rate_limits', INVALID",
    "INVALID, tools.0.get_rate_limits: field required, INVALID",
    "INVALID, \"rate limit\" is not a role, INVALID",
    "INVALID, `too many requests`: unknown role, INVALID",
    "UNAUTHORISED, Key 'the model is not supported' is none, UNAUTHORISED",
    "UNAUTHORISED, model 'x' is not supported here, NOT_FOUND",
    "INVALID, temperature is too high, INVALID",
    "UNAUTHORISED, model claude-x is not supported in this format, NOT_FOUND",
    "UNAUTHORISED, this key is not supported, UNAUTHORISED",
    "UNAUTHORISED, too many requests, UNAUTHORISED",
    "OVERLOADED, rate limit, OVERLOADED",
    "TOO_LONG, the model is not supported, TOO_LONG"
  })
  void words_outrankOnlyTheVerdictsThatMislead(FailureKind judged, String message, FailureKind kind) {
    assertThat(FailureWords.outrank(judged, message)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "403, Out of call volume quota. Replenished soon., true",
    "429, Out of call volume quota, true",
    "400, Out of call volume quota, false",
    "403, role 'out of call volume quota' is unknown, false"
  })
  void quotaOfCalls_isToldWithItsStatus_andInOwnWords(int status, String message, boolean told) {
    assertThat(FailureWords.tellCallVolume(status, message)).isEqualTo(told);
  }
}
