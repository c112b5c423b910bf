// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auriga.sandbox.mind.Catalogue;
import dev.auriga.sandbox.mind.ModelCard;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final ModelCard CARD = Catalogue.find("gpt-4o").orElseThrow();

  @Test
  void scaleZero_neverWaits() {
    Pace.Waits waits = new Pace(1, 0, "openai").next(CARD);
    assertThat(waits.first(100_000)).isZero();
    assertThat(waits.between(5)).isZero();
    assertThat(waits.hidden(1_000)).isZero();
  }

  @Test
  void sameSeed_givesTheSameWaits() {
    double[] first = firsts(new Pace(3, 1, "openai"), 50);
    assertThat(firsts(new Pace(3, 1, "openai"), 50)).containsExactly(first);
    assertThat(firsts(new Pace(4, 1, "openai"), 50)).isNotEqualTo(first);
  }

  @Test
  void firstToken_isLognormalWithRareLongStalls() {
    double[] sorted = firsts(new Pace(3, 1, "openai"), 4_000);
    Arrays.sort(sorted);
    double median = sorted[2_000];
    assertThat(sorted[3_200] / median).as("p80 within the minute").isBetween(1.05, 1.2);
    long stalled = Arrays.stream(sorted).filter(wait -> wait > 2 * median).count();
    assertThat(stalled / 4_000.0).as("stalls").isBetween(0.01, 0.03);
  }

  @Test
  void betweenTokens_theMeanIsTheModelsSpeed() {
    Pace.Waits waits = new Pace(3, 0.5, "openai").next(CARD);
    double sum = 0;
    for (int token = 0; token < 20_000; token++) {
      sum += waits.hidden(1);
    }
    assertThat(sum / 20_000).isCloseTo(0.5 * 1_000 / CARD.speed().tokensPerSecond(), within(0.2));
  }

  private static double[] firsts(Pace pace, int calls) {
    double[] waits = new double[calls];
    for (int call = 0; call < calls; call++) {
      waits[call] = pace.next(CARD).first(0);
    }
    return waits;
  }
}
