// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.FidelityRule;
import dev.auriga.completion.Usage;
import dev.auriga.ledger.PriceBook;
import dev.auriga.ledger.Rates;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TariffTest {
  private static final String FEE = PriceBook.AZURE_ROUTER_FEE;
  private static final PriceBook PRICES =
      PriceBook.of("test", List.of())
          .with("cheap", rates(1, 2))
          .with("dear", rates(10, 20))
          .with("odd", rates(2, 50))
          .with(FEE, rates(3, 0));

  /// In dollars for a million tokens, which are millionths of a dollar for one.
  private static Rates rates(long input, long output) {
    return new Rates(input * 1_000_000, input * 1_000_000, null, null, output * 1_000_000);
  }

  private static Tariff tariff(List<String> names, List<String> models, @Nullable String fee) {
    Profile.Choice choice = new Profile.Choice(models, fee);
    Policy policy =
        new Policy(
            Map.of(), Map.of("r", new Profile(names, "m", null, null, choice)), new Keywords(), PRICES,
            FidelityRule.USUAL, Learning.USUAL);
    return new Tariff(policy, Instant.EPOCH);
  }

  @Test
  void aRouter_costsAsTheDearestItMayChoose_andItsFee() {
    Tariff tariff = tariff(List.of("unknown"), List.of("cheap", "dear", "odd"), FEE);
    assertThat(tariff.most("r", 100, 1, "")).as("much in: dear").hasValue(100 * 10 + 20 + 100 * 3);
    assertThat(tariff.most("r", 1, 100, "")).as("much out: odd").hasValue(2 + 100 * 50 + 3);
    assertThat(tariff.cost("r", new Usage(60, 40, 0, 0, 1, 0))).hasValue(100 * 10 + 20 + 100 * 3);
  }

  @Test
  void whereOneOfThemHasNoPrice_noneHas() {
    Tariff tariff = tariff(List.of("cheap"), List.of("cheap", "unknown"), FEE);
    assertThat(tariff.most("r", 1, 1, "")).isEmpty();
    assertThat(tariff.cost("r", new Usage(1, 0, 0, 0, 1, 0))).isEmpty();
  }

  @Test
  void whereItMayChooseAny_itsOwnPriceCounts_andItsFee() {
    assertThat(tariff(List.of("unknown", "cheap"), List.of(), FEE).most("r", 10, 10, "")).hasValue(10 + 20 + 30);
    assertThat(tariff(List.of("unknown"), List.of(), FEE).most("r", 10, 10, "")).isEmpty();
    assertThat(tariff(List.of("cheap"), List.of(), "no such fee").most("r", 10, 10, "")).isEmpty();
    assertThat(tariff(List.of("cheap"), List.of(), null).most("r", 10, 10, "")).hasValue(30);
  }

  @Test
  void aSumThatOverflows_isTheMostThereIs() {
    Tariff tariff = tariff(List.of(), List.of("dear"), FEE);
    assertThat(tariff.most("r", Long.MAX_VALUE / 2, 1, "")).hasValue(Long.MAX_VALUE);
  }
}
