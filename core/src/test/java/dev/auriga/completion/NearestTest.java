// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  @ParameterizedTest
  @CsvSource({"endpont, endpoint, 1", "abc, acb, 1", "abc, ABC, 0", "'', abc, 3", "kitten, sitting, 3"})
  void distance_countsEdits(String from, String to, int expected) {
    assertThat(Nearest.distance(from, to)).isEqualTo(expected);
    assertThat(Nearest.distance(to, from)).isEqualTo(expected);
  }

  @Test
  void namesNearOnes_nearestFirst_orWhatIsKnown() {
    List<String> known = List.of("claude-sonnet-4-5", "claude-haiku-4-5", "gpt-4o", "gpt-4o-mini");
    assertThat(Nearest.to("gpt4o", known)).first().isEqualTo("gpt-4o");
    assertThat(Nearest.to("sonnet", known)).containsExactly("claude-sonnet-4-5");
    assertThat(Nearest.to("claude-sonet", known)).first().isEqualTo("claude-sonnet-4-5");
    assertThat(Nearest.advice("zzz", known)).startsWith("known: ");
    assertThat(Nearest.advice("zzz", List.of())).isNull();
  }
}
