// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.resilience.FakeTime;
import dev.auriga.route.Snapshot.Speed;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SpeedsTest {
  private static final Duration USUAL = Duration.ofMillis(500);
  private static final Duration LATE = Duration.ofSeconds(3);

  private final FakeTime time = new FakeTime();
  private final Speeds speeds = new Speeds(time);

  private Speed known() {
    return Objects.requireNonNull(speeds.now().get("d"));
  }

  private void spoke(int times) {
    for (int i = 0; i < times; i++) {
      speeds.spoke("d", USUAL);
    }
  }

  @Test
  void waitsThatWereBrokenOff_countAmongTheLateOnes() {
    spoke(58);
    assertThat(known().lateFirstToken()).isEqualTo(USUAL);
    for (int i = 0; i < 6; i++) {
      speeds.silent("d", LATE, true);
    }
    assertThat(known().lateFirstToken()).as("one in ten is later").isEqualTo(LATE);
    assertThat(known().firstToken()).isGreaterThan(USUAL);
  }

  @Test
  void waitsThatWereBrokenOffEarly_sayNothing() {
    spoke(58);
    for (int i = 0; i < 30; i++) {
      speeds.silent("d", Duration.ofMillis(20), true);
    }
    assertThat(known().lateFirstToken()).isEqualTo(USUAL);
    assertThat(known().firstToken()).isEqualTo(USUAL);
  }

  @Test
  void silenceAlone_isNoAnswer() {
    speeds.silent("d", LATE, true);
    assertThat(speeds.now()).isEmpty();
    spoke(30);
    time.pass(Duration.ofMinutes(4));
    speeds.silent("d", LATE, true);
    time.pass(Duration.ofMinutes(2));
    assertThat(speeds.now()).as("nothing was heard for long").isEmpty();
  }

  @Test
  void wholeAnswers_haveFiguresOfTheirOwn() {
    for (int i = 0; i < 30; i++) {
      speeds.answered("d", USUAL);
    }
    for (int i = 0; i < 6; i++) {
      speeds.silent("d", LATE, true);
    }
    assertThat(known().lateWhole()).isEqualTo(USUAL);
    for (int i = 0; i < 6; i++) {
      speeds.silent("d", LATE, false);
    }
    assertThat(known().lateWhole()).isEqualTo(LATE);
  }
}
