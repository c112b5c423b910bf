// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.StopReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiStopsTest {
  @ParameterizedTest
  @CsvSource({
    "STOP, TOOL_CALLS", ", TOOL_CALLS", "MALFORMED_FUNCTION_CALL, TOOL_CALLS",
    "MAX_TOKENS, MAX_TOKENS", "SAFETY, FILTERED", "RECITATION, FILTERED"
  })
  void calls_decideOnlyWhereNothingCutTheAnswer(String reason, StopReason.Known stop) {
    assertThat(GeminiStops.reason(reason, true)).isEqualTo(stop);
  }
}
