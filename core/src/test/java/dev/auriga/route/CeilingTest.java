// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import static dev.auriga.completion.Cargo.Place.ELSEWHERE;
import static dev.auriga.completion.Cargo.Place.HERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auriga.capability.Api;
import dev.auriga.capability.Capabilities;
import dev.auriga.capability.CapabilityBook;
import dev.auriga.capability.Facts;
import dev.auriga.completion.Cargo;
import dev.auriga.completion.FidelityRule;
import dev.auriga.completion.LazyText;
import dev.auriga.completion.Lineage;
import dev.auriga.completion.Modality;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Surcharge;
import dev.auriga.completion.Thinking;
import dev.auriga.ledger.PriceBook;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The most a request may cost: what must be in it.
class CeilingTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final String HAIKU = "claude-haiku-4-5";
  private static final String GPT = "gpt-4o";
  private static final String FLASH = "gemini-2.5-flash";

  /// Micro-dollars for a token that goes in: haiku's longest cache write, and the plain input of others.
  private static final double HAIKU_INPUT = 2;

  private static final Policy POLICY =
      new Policy(
          Map.of(), Map.of(HAIKU, known(Api.ANTHROPIC, HAIKU), GPT, known(Api.OPENAI, GPT), FLASH, known(Api.GEMINI, FLASH)),
          new Keywords(), PriceBook.shipped(), FidelityRule.USUAL, Learning.USUAL);

  private static Profile known(Api api, String model) {
    Capabilities capabilities =
        CapabilityBook.shipped(LocalDate.of(2026, 11, 1)).of(api, model, Facts.NONE, Facts.NONE);
    return new Profile(List.of(model), model, null, capabilities);
  }

  private static Outline carrying(Surcharge surcharge, Consumer<Cargo.Collector> loading) {
    Cargo.Collector cargo = new Cargo.Collector();
    loading.accept(cargo);
    return new Outline(
        "r", false, new LazyText(() -> "x"), cargo.cargo(), false, Outline.Form.FREE, 100,
        new Thinking.Unsaid(), true, surcharge, Lineage.UNKNOWN);
  }

  private static OptionalLong most(String deployment, Outline outline, long bytes) {
    return new Ceiling(POLICY, new Question(outline, bytes, null, Hints.NONE), NOW).micros(deployment);
  }

  private static double inputTokens(String deployment, double rate, Consumer<Cargo.Collector> loading, long bytes) {
    long output = most(deployment, carrying(Surcharge.NONE, _ -> {}), 0).orElseThrow();
    return (most(deployment, carrying(Surcharge.NONE, loading), bytes).orElseThrow() - output) / rate;
  }

  @Test
  void wordsBesideAnImage_countAsWords() {
    assertThat(inputTokens(HAIKU, HAIKU_INPUT, cargo -> cargo.add(Modality.IMAGE, 20_000, HERE), 420_000))
        .isGreaterThanOrEqualTo(400_000 / 2);
  }

  @Test
  void everyImageCounts_asManyTokensAsItsVendorSaysAtTheMost() {
    Consumer<Cargo.Collector> forty =
        cargo -> {
          for (int i = 0; i < 40; i++) {
            cargo.add(Modality.IMAGE, 100, ELSEWHERE);
          }
        };
    assertThat(inputTokens(HAIKU, HAIKU_INPUT, forty, 4_000)).isEqualTo(40 * 4_784);
    assertThat(inputTokens(GPT, 2.5, cargo -> cargo.add(Modality.IMAGE, 100, ELSEWHERE), 100)).isEqualTo(10_000);
    assertThat(inputTokens(FLASH, 0.3, cargo -> cargo.add(Modality.IMAGE, 100, ELSEWHERE), 100))
        .isCloseTo(16 * 258, within(4.0));
  }

  @Test
  void aDocument_countsByItsBytes_andOneThatIsElsewhere_asMuchAsFits() {
    assertThat(inputTokens(HAIKU, HAIKU_INPUT, cargo -> cargo.add(Modality.DOCUMENT, 60_000, HERE), 60_000))
        .isEqualTo(60_000 + 5_000);
    assertThat(inputTokens(HAIKU, HAIKU_INPUT, cargo -> cargo.add(Modality.DOCUMENT, 90, ELSEWHERE), 90))
        .isEqualTo(200_000);
  }

  @Test
  void mediaAreNeverMoreThanFits() {
    assertThat(inputTokens(HAIKU, HAIKU_INPUT, cargo -> cargo.add(Modality.DOCUMENT, 9_000_000, HERE), 9_000_000))
        .isEqualTo(200_000);
  }

  @Test
  void severalAnswers_costSeveralTimesTheOutput() {
    long none = most(GPT, carrying(Surcharge.NONE, _ -> {}), 400).orElseThrow();
    long four = most(GPT, carrying(Surcharge.NONE.times(4), _ -> {}), 400).orElseThrow();
    assertThat(four - none).isEqualTo(3 * 100 * 10);
  }

  @Test
  void aDearerTier_costsMore_aCheaperOneNoLess_andOneWithoutAPrice_cannotBeLimited() {
    String opus = "claude-opus-4-6";
    Policy policy =
        new Policy(
            Map.of(), Map.of(opus, Profile.of(opus), GPT, Profile.of(GPT)), new Keywords(), PriceBook.shipped(),
            FidelityRule.USUAL, Learning.USUAL);
    Outline plain = carrying(Surcharge.NONE, _ -> {});
    long usual = new Ceiling(policy, Question.of(plain, Hints.NONE), NOW).micros(opus).orElseThrow();
    Outline domestic = plain.at(Surcharge.NONE.on("us"));
    assertThat(new Ceiling(policy, Question.of(domestic, Hints.NONE), NOW).micros(opus).orElseThrow())
        .isBetween((long) (usual * 1.099), (long) (usual * 1.101));
    long gpt = new Ceiling(policy, Question.of(plain, Hints.NONE), NOW).micros(GPT).orElseThrow();
    assertThat(new Ceiling(policy, Question.of(plain.at(Surcharge.NONE.on("flex")), Hints.NONE), NOW).micros(GPT))
        .hasValue(gpt);
    assertThat(new Ceiling(policy, Question.of(plain.at(Surcharge.NONE.on("priority")), Hints.NONE), NOW).micros(GPT))
        .isEmpty();
  }
}
