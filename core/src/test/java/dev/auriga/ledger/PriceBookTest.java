// SPDX-License-Identifier: Apache-2.0
package dev.auriga.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.auriga.completion.Usage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceBookTest {
  private static final PriceBook BOOK = PriceBook.shipped();
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  /// Worked out by hand from the published prices; the last column is in US dollars.
  @ParameterizedTest
  @CsvSource({
    // model, fresh, cache read, write 5m, write 1h, output, reasoning, dollars
    "gpt-4o, 1000000, 0, 0, 0, 1000000, 0, 12.50",
    "gpt-4o, 1000, 0, 0, 0, 500, 0, 0.0075",
    "gpt-4o, 600, 400, 0, 0, 100, 0, 0.003",
    "gpt-4o-mini, 1000, 1000, 0, 0, 1000, 0, 0.000825",
    "claude-sonnet-4-5, 1000, 10000, 2000, 500, 300, 200, 0.024000",
    "claude-haiku-4-5, 100, 0, 0, 0, 100, 0, 0.0006",
    "claude-opus-4-5, 10, 20, 30, 40, 50, 0, 0.0018975",
    "gemini-2.5-pro, 200000, 0, 0, 0, 1000, 0, 0.26",
    "gemini-2.5-pro, 200001, 0, 0, 0, 1000, 0, 0.5150025",
    "gemini-2.5-pro, 100001, 100000, 0, 0, 1000, 1000, 0.3050025",
    "gpt-5.4, 272000, 0, 0, 0, 1000, 0, 0.695",
    "gpt-5.4, 272001, 0, 0, 0, 1000, 0, 1.382505",
    "claude-haiku-5-5, 100000, 0, 0, 0, 1000, 0, 0.0105",
    "claude-haiku-5-5, 100001, 0, 0, 0, 1000, 0, 0.0525005",
    "gpt-5-nano, 1, 0, 0, 0, 0, 0, 0.00000005",
    "gpt-5-nano, 10, 0, 0, 0, 0, 0, 0.0000005",
    "gpt-4o, 0, 0, 0, 0, 0, 0, 0"
  })
  void cost_isExactToTheMicroDollar(
      String model, long fresh, long read, long write5m, long write1h, long output, long reasoning,
      BigDecimal dollars) {
    Usage usage = new Usage(fresh, read, write5m, write1h, output, reasoning);
    long expected = dollars.movePointRight(6).setScale(0, java.math.RoundingMode.HALF_UP).longValueExact();
    assertThat(micros(BOOK.cost(model, usage, NOW))).isEqualTo(expected);
  }

  @Test
  void configuredPrice_isThatOfTheUsualTierAlone() {
    PriceBook book = BOOK.with("gpt-5", new Rates(1_000_000L, null, null, null, 2_000_000L));
    Usage usage = new Usage(10, 0, 0, 0, 5, 0);

    assertThat(book.cost("gpt-5", usage, NOW)).isInstanceOf(Cost.Priced.class);
    assertThat(book.cost("gpt-5", usage.on("flex"), NOW)).isEqualTo(new Cost.Unpriced("gpt-5"));
  }

  @Test
  void sumOfTwoTiers_isOnNeither() {
    Usage flex = new Usage(1, 0, 0, 0, 1, 0).on("flex");
    assertThat(flex.plus(flex).tier()).isEqualTo("flex");
    assertThat(flex.plus(flex.on("")).tier()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-4o-2024-08-06, gpt-4o",
    "gpt-4o-mini-2024-07-18, gpt-4o-mini",
    "gpt-5-nano-2025-08-07, gpt-5-nano",
    "gpt-4.1-mini-2025-04-14, gpt-4.1-mini",
    "o4-mini-2025-04-16, o4-mini",
    "claude-sonnet-4-5-20250929, claude-sonnet-4-5",
    "claude-sonnet-4-5@20250929, claude-sonnet-4-5",
    "claude-haiku-4-5-20251001, claude-haiku-4-5",
    "claude-opus-4-20250514, claude-opus-4"
  })
  void datedName_costsAsTheModel(String dated, String model) {
    Usage usage = new Usage(1234, 0, 0, 0, 567, 0);
    assertThat(BOOK.cost(dated, usage, NOW)).isEqualTo(BOOK.cost(model, usage, NOW));
    assertThat(BOOK.cost(dated, usage, NOW)).isInstanceOf(Cost.Priced.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpt-4o-mini-tts", "gpt-4o-audio-preview", "gpt-4", "gpt-4o-", "gpt-4o-2024", "gpt-4o-2024-13-06",
        "gpt-4o-2024-08-06-2024-08-06", "claude-sonnet-4-5-12345678", "model-router", "my-gpt-4o",
        "", "GPT-4o"
      })
  void anythingElse_isUnpricedAndNotZero(String model) {
    assertThat(BOOK.cost(model, Usage.NONE, NOW)).isEqualTo(new Cost.Unpriced(model));
  }

  @Test
  void sortOfTokenWithoutPrice_makesTheWholeUnpriced() {
    assertThat(BOOK.cost("gpt-4o", new Usage(10, 0, 1, 0, 5, 0), NOW)).isEqualTo(new Cost.Unpriced("gpt-4o"));
    assertThat(BOOK.cost("gpt-5-pro", new Usage(10, 1, 0, 0, 5, 0), NOW))
        .isEqualTo(new Cost.Unpriced("gpt-5-pro"));
  }

  @Test
  void priceChanges_atMidnightUtcOfItsDay() {
    Usage cached = new Usage(0, 1_000_000, 0, 0, 0, 0);
    Cost before = BOOK.cost("claude-sonnet-5-5", cached, Instant.parse("2026-10-06T23:59:59.999Z"));
    Cost after = BOOK.cost("claude-sonnet-5-5", cached, Instant.parse("2026-10-07T00:00:00Z"));
    assertThat(before).isEqualTo(new Cost.Priced(200_000, "2026-11-05/claude-sonnet-5-5"));
    assertThat(after).isEqualTo(new Cost.Priced(100_000, "2026-11-05/claude-sonnet-5-5@2026-10-07"));
  }

  @Test
  void routerFee_isAnUnconfirmedEntryThatAddsToTheAnsweringModel() {
    Usage usage = new Usage(600_000, 400_000, 0, 0, 1_000_000, 0);
    Cost fee = BOOK.cost(PriceBook.AZURE_ROUTER_FEE, usage, NOW);
    assertThat(micros(fee)).isEqualTo(140_000);
    assertThat(BOOK.price(PriceBook.AZURE_ROUTER_FEE, NOW).orElseThrow().origin().isConfirmed()).isFalse();
    assertThat(BOOK.price("claude-sonnet-4-5", NOW).orElseThrow().origin().isConfirmed()).isTrue();

    Cost model = BOOK.cost("gpt-5-nano-2025-08-07", usage, NOW);
    assertThat(model.plus(fee))
        .isEqualTo(
            new Cost.Priced(
                30_000 + 2_000 + 400_000 + 140_000,
                "2026-11-05/gpt-5-nano + 2026-11-05/azure-model-router:routing-fee"));
    assertThat(model.plus(new Cost.Unpriced("x"))).isEqualTo(new Cost.Unpriced("x"));
    assertThat(new Cost.Unpriced("x").plus(model)).isEqualTo(new Cost.Unpriced("x"));
  }

  @Test
  void configuredPrice_replacesTheShippedOneAlsoForDatedNames() {
    Rates rates = new Rates(1_000_000L, 500_000L, null, null, 4_000_000L);
    PriceBook book = BOOK.with("gpt-4o", rates).with("my-tune", rates);
    Usage usage = new Usage(1_000_000, 0, 0, 0, 0, 0);
    assertThat(book.cost("gpt-4o-2024-08-06", usage, NOW))
        .isEqualTo(new Cost.Priced(1_000_000, "configured/gpt-4o=1/0.5/-/-/4"));
    assertThat(micros(book.cost("my-tune", usage, NOW))).isEqualTo(1_000_000);
    assertThat(micros(book.cost("gpt-4o-mini", usage, NOW))).isEqualTo(150_000);
    assertThat(micros(BOOK.cost("gpt-4o", usage, NOW))).as("the shipped book stays").isEqualTo(2_500_000);
  }

  @Test
  void absurdUsage_saturates() {
    Usage usage = new Usage(Long.MAX_VALUE / 2, 0, 0, 0, Long.MAX_VALUE / 2, 0);
    Cost cost = BOOK.cost("o1", usage, NOW);
    assertThat(micros(cost)).isEqualTo(Long.MAX_VALUE);
    assertThat(micros(cost.plus(cost))).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void everyShippedPrice_isSoundAndHasASource() {
    assertThat(BOOK.models())
        .contains("claude-sonnet-4-5", "claude-haiku-4-5", "gpt-4o", "gpt-4o-mini", "gemini-2.5-pro")
        .hasSizeGreaterThan(50);
    for (String model : BOOK.models()) {
      Price price = BOOK.price(model, NOW).orElseThrow();
      assertThat(price.origin().source()).as(model).isNotBlank();
      assertThat(price.origin().asOf()).as(model).matches("\\d{4}-\\d{2}(-\\d{2})?");
      for (Price.Tier tier : price.tiers()) {
        Rates rates = tier.rates();
        assertThat(rates.input()).as(model).isPositive();
        assertThat(rates.output()).as(model).isNotNull();
        if (rates.cacheRead() != null && !model.equals(PriceBook.AZURE_ROUTER_FEE)) {
          assertThat(rates.cacheRead()).as(model).isLessThan(rates.input());
        }
      }
    }
  }

  @Test
  void contradictingPrices_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(row("\"until\": \"2026-02-01\"") + "," + row("\"from\": \"2026-01-01\"")))
        .withMessage("two prices of m hold at the same time");
    assertThat(read(row("\"until\": \"2026-01-01\"") + "," + row("\"from\": \"2026-01-01\"")).models())
        .containsExactly("m");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(row("\"from\": \"2026-02-01\", \"until\": \"2026-02-01\"")));
    assertThatIllegalArgumentException().isThrownBy(() -> Rates.micros(new BigDecimal("0.0000001")));
    assertThatIllegalArgumentException().isThrownBy(() -> new Rates(-1L, null, null, null, 1L));
    Price.Origin origin = new Price.Origin("v", "s", "2026-01", true);
    Price.Tier tier = new Price.Tier(0, new Rates(1L, null, null, null, 1L));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Price("m", null, null, List.of(tier, tier), Map.of(), origin));
  }

  private static String row(String more) {
    return "{\"model\": \"m\", \"input\": 1, \"output\": 1, \"source\": \"s\", " + more + "}";
  }

  private static PriceBook read(String rows) {
    String file =
        """
        {"version": "1", "sources": {"s": {"name": "n", "as-of": "2026-01"}}, "prices": [%s]}
        """
            .formatted(rows);
    return PriceFile.read(file.getBytes(StandardCharsets.UTF_8));
  }

  private static long micros(Cost cost) {
    return ((Cost.Priced) cost).micros();
  }
}
