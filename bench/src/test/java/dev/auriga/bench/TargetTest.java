// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.bench.Target.Bound;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetTest {
  private final Samples samples = new Samples();
  private final Target ratio = new Target(Measure.CPU_SMALL, Bound.AT_MOST, 3.0, Nginx.NAME);
  private final Target memory = new Target(Measure.IDLE_MEMORY, Bound.AT_MOST, 160, null);
  private final Target share = new Target(Measure.SHARE_TRANSLATED, Bound.AT_LEAST, 85, null);

  @Test
  void ratios_areOfTheSameRound() {
    round(10, 29);
    round(20, 58);
    round(10, 100);
    assertThat(samples.ratios(AurigaServe.NAME, Nginx.NAME, Measure.CPU_SMALL))
        .containsExactly(2.9, 2.9, 10.0);
    assertThat(ratio.judge(samples)).contains("met", "at most 3.000 × nginx", "2.90 (2.90 to 10.0)");
  }

  @Test
  void whatIsOverIsMissed() {
    round(10, 31);
    samples.add(AurigaServe.NAME, Measure.IDLE_MEMORY, 161);
    assertThat(ratio.judge(samples)).contains("MISSED");
    assertThat(memory.judge(samples)).contains("MISSED", "at most 160.0");
  }

  @Test
  void whatIsUnder_isMissed_whereMoreIsBetter() {
    samples.add(AurigaServe.NAME, Measure.SHARE_TRANSLATED, 84.6);
    assertThat(share.judge(samples)).contains("MISSED", "at least 85.00", "84.6");
    samples.add(AurigaServe.NAME, Measure.SHARE_TRANSLATED, 85.6);
    assertThat(share.judge(samples)).contains("met", "85.1 (84.6 to 85.6)");
  }

  @Test
  void whatIsNeverAnswered_isMissed() {
    Target added = new Target(Measure.ADDED_LONG, Bound.AT_MOST, 1, null);
    samples.add(AurigaServe.NAME, Measure.ADDED_LONG, Double.POSITIVE_INFINITY);
    assertThat(added.judge(samples)).contains("MISSED");
  }

  @Test
  void whatWasNotMeasured_saysSo() {
    assertThat(ratio.judge(samples)).contains("not measured");
    assertThat(memory.judge(samples)).contains("not measured");
  }

  @Test
  void medians() {
    assertThat(Samples.median(List.of(3.0, 1.0, 2.0))).isEqualTo(2.0);
    assertThat(Samples.median(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(2.5);
    assertThat(Samples.median(List.of())).isNaN();
  }

  @Test
  void theTable_hasARowForEachMeasureAndARatioForEachPeer() {
    round(10, 29);
    String table = new Table(samples, List.of(Direct.NAME, Nginx.NAME, AurigaServe.NAME)).render();
    assertThat(table.lines()).hasSize(1 + Measure.values().length);
    List<String> lines = table.lines().toList();
    assertThat(lines.getFirst()).endsWith("Auriga / nginx");
    assertThat(lines.get(1)).contains("10.0", "29.0").endsWith("2.90");
  }

  private void round(double nginx, double auriga) {
    samples.add(Nginx.NAME, Measure.CPU_SMALL, nginx);
    samples.add(AurigaServe.NAME, Measure.CPU_SMALL, auriga);
  }
}
