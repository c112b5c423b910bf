// SPDX-License-Identifier: Apache-2.0
package dev.auriga.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RatesTest {
  /// At any size, also where the sum no longer fits into 64 bits before it is rounded.
  @Test
  void aCost_isTheExactSum_roundedOnceHalfUp() {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      long[] tokens = random.longs(6, 0, 1L << random.nextInt(1, 41)).toArray();
      long[] rates = random.longs(5, 0, 1L << random.nextInt(1, 38)).toArray();
      Usage usage = new Usage(tokens[0], tokens[1], tokens[2], tokens[3], tokens[4], tokens[5]);
      BigDecimal sum = BigDecimal.ZERO;
      for (int sort = 0; sort < 6; sort++) {
        sum = sum.add(BigDecimal.valueOf(tokens[sort]).multiply(BigDecimal.valueOf(rates[Math.min(sort, 4)])));
      }
      BigDecimal micros = sum.movePointLeft(6).setScale(0, RoundingMode.HALF_UP);
      assertThat(new Rates(rates[0], rates[1], rates[2], rates[3], rates[4]).cost(usage))
          .hasValue(micros.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact());
    }
  }
}
