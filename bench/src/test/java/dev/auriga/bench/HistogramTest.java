// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HistogramTest {
  @Test
  void quantiles_areThoseOfTheSortedValues_withinTwoPercent() {
    Random random = new Random(7);
    Histogram histogram = new Histogram();
    long[] nanos = new long[50_000];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = (long) Math.exp(random.nextGaussian(13, 2));
      histogram.add(nanos[i]);
    }
    Arrays.sort(nanos);
    for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 0.999}) {
      double exact = nanos[(int) Math.ceil(share * nanos.length) - 1] / 1e6;
      assertThat(histogram.millisWithin(share)).as("%s", share).isCloseTo(exact, within(exact * 0.02));
    }
  }

  @Test
  void takesAnyLength() {
    Histogram histogram = new Histogram();
    for (long nanos : new long[] {-1, 0, 1, 63, 64, 127, 128, Long.MAX_VALUE}) {
      histogram.add(nanos);
    }
    assertThat(histogram.total()).isEqualTo(8);
  }

  @Test
  void countsBetween() {
    Histogram histogram = new Histogram();
    for (int millis : new int[] {10, 38, 40, 42, 60}) {
      histogram.add(TimeUnit.MILLISECONDS.toNanos(millis));
    }
    assertThat(histogram.between(35, 50)).isEqualTo(3);
  }

  @Test
  void aHumpAt40Millis_isSeen_andASlopeIsNot() {
    Histogram hump = new Histogram();
    Histogram slope = new Histogram();
    for (int i = 0; i < 1000; i++) {
      hump.add(TimeUnit.MICROSECONDS.toNanos(i % 10 == 0 ? 40_500 : 300));
      slope.add(TimeUnit.MICROSECONDS.toNanos(60_000 / (i + 1)));
    }
    assertThat(Round.around40(hump)).isCloseTo(10, within(0.01));
    assertThat(Round.around40(slope)).isZero();
  }

  @Test
  void nothingSeen_isZero() {
    assertThat(new Histogram().millisWithin(0.99)).isZero();
    assertThat(Round.around40(new Histogram())).isZero();
  }
}
