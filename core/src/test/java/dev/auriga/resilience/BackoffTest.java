// SPDX-License-Identifier: Apache-2.0
package dev.auriga.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

  @Test
  void doubles_isJittered_andStaysUnderItsCap() {
    Random random = new Random(7);
    for (int attempt = 1; attempt <= 40; attempt++) {
      long step = Math.min(200L << Math.min(attempt - 1, 10), 5000);
      assertThat(backoff.after(attempt, random).toMillis()).isBetween(step / 2, step);
    }
  }

  @Test
  void refusesACapUnderTheFirstStep() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .withMessageContaining("PT2S");
  }
}
