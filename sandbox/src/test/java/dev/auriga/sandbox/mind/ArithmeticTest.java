// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.mind;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ArithmeticTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "What is 17 * 23? | 391",
        "Compute (4 + 5) / 3. | 3",
        "2 + 3 * 4 | 14",
        "(2 + 3) * 4 | 20",
        "What is the sum of 4, 5 and 6? | 15",
        "the product of 3 and 7 please | 21",
        "difference between 10 and 4 | 6",
        "What is 15% of 200? | 30",
        "12 percent of 50 | 6",
        "7 times 8 | 56",
        "9 plus 10 minus 4 | 15",
        "100 divided by 8 | 12.5",
        "1,200 + 300 | 1500",
        "2^10 | 1024",
        "6 x 7 | 42",
        "6×7 | 42",
        "-3 + 5 | 2",
        "10 / 4 (rounded or not) | 2.5",
        "First 1 + 1, then 2 + 2 | 4",
      })
  void solvesSumsInAText(String text, String result) {
    assertThat(Arithmetic.solve(text).map(Arithmetic::written)).contains(result);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "No numbers here",
        "Route 66",
        "on 2024-10-21 it rained",
        "1 / 0",
        "call 911",
        "9 ^ 999"
      })
  void findsNoneWhereThereIsNone(String text) {
    assertThat(Arithmetic.solve(text)).isEmpty();
  }

  @Test
  void multipleChoice_isRightAboutSums() {
    MultipleChoice choice =
        MultipleChoice.read("What is 6 * 7?\nA) 41\nB) 42\nC) 43\nD) 44").orElseThrow();
    assertThat(choice.options().get(choice.right()).text()).isEqualTo("42");
    assertThat(choice.options()).hasSize(4);
    assertThat(MultipleChoice.read("Only one: A) this")).isEmpty();
  }
}
