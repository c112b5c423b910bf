// SPDX-License-Identifier: Apache-2.0
package dev.auriga.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainEstimatorTest {
  @ParameterizedTest
  @CsvSource({"'', 0", "a, 1", "the quick brown fox, 5", "日本語, 3", "😀, 1", "привет, 3", "'{\"a\":1}', 3"})
  void countsAboutWhatATokenizerWould(String text, long tokens) {
    assertThat(new PlainEstimator().count(text)).isEqualTo(tokens);
  }
}
