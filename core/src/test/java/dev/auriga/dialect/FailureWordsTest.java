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
}
