// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableEstimatorTest {
  private final TableEstimator estimator = new TableEstimator();

  @ParameterizedTest
  @CsvSource({"'', 0", "hello world, 2", "tiktoken is great!, 6", "<|endoftext|>, 7"})
  void countsByO200k(String text, long tokens) {
    assertThat(estimator.count(text)).isEqualTo(tokens);
  }

  @Test
  void aLongRunWithoutSpaces_isCutAndStillCountedAbout() {
    String run = "abcdefgh".repeat(5_000);
    long whole = estimator.count("abcdefgh".repeat(400));
    assertThat((double) estimator.count(run)).isBetween(whole * 12.0, whole * 13.0);
  }

  /// Random letters are the worst case; without the cut this takes minutes.
  @Test
  void halfAMegabyteWithoutASpace_endsSoon() {
    Random random = new Random(7);
    StringBuilder run = new StringBuilder();
    for (int i = 0; i < 500_000; i++) {
      run.append((char) ('a' + random.nextInt(26)));
    }
    assertThat(estimator.count(run.toString())).isBetween(100_000L, 500_000L);
  }

  @Test
  void aCut_neverDividesACharacter() {
    // Each is two chars; cuts fall after 3,999 of them, in the middle of one.
    String run = "x" + "😀".repeat(4_000);
    assertThat(estimator.count(run)).isEqualTo(estimator.count("x" + "😀".repeat(1_999)) + estimator.count("😀".repeat(2_001)));
  }
}
