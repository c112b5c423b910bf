// SPDX-License-Identifier: Apache-2.0
package dev.auriga.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final FakeTime time = new FakeTime();

  private Slots slots(int most, int waiting) {
    return new Slots(new Slots.Settings(most, waiting), time);
  }

  private static List<Slots.Slot> take(Slots slots, int count) throws InterruptedException {
    List<Slots.Slot> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(Objects.requireNonNull(slots.take(Duration.ZERO, LONG)));
    }
    return taken;
  }

  @Test
  void asManyAsConfigured_thenNobody_untilOneIsClosed() throws InterruptedException {
    Slots slots = slots(2, 0);
    List<Slots.Slot> taken = take(slots, 2);
    assertThat(slots.take(LONG, LONG)).isNull();
    taken.getFirst().close();
    taken.getFirst().close();
    assertThat(slots.busy()).as("closing twice frees once").isEqualTo(1);
    assertThat(slots.take(LONG, LONG)).isNotNull();
    assertThat(slots.take(LONG, LONG)).isNull();
  }

  @Test
  void aRefusal_cutsBelowWhatWasUnderWay_onceForAllOfThem() throws InterruptedException {
    Slots slots = slots(1_000, 0);
    List<Slots.Slot> taken = take(slots, 40);
    taken.get(0).answered();
    taken.get(1).refused();
    assertThat(slots.limit()).isEqualTo(36);
    time.pass(Duration.ofMillis(5));
    for (Slots.Slot slot : taken.subList(2, 40)) {
      slot.refused();
      slot.close();
    }
    assertThat(slots.limit()).as("they were under way with the first").isEqualTo(36);
  }

  @Test
  void whereNothingGetsThrough_itIsCutToOne_andThatIsSaid() throws InterruptedException {
    Slots slots = slots(1_000, 0);
    List<Slots.Slot> taken = take(slots, 40);
    assertThat(taken.getFirst().refused()).isFalse();
    taken.forEach(Slots.Slot::close);
    int refusals = 0;
    boolean isTooMuch = false;
    while (!isTooMuch) {
      time.pass(Duration.ofMillis(1));
      List<Slots.Slot> full = take(slots, slots.limit());
      isTooMuch = full.getFirst().refused();
      full.forEach(Slots.Slot::close);
      refusals++;
    }
    assertThat(refusals).isBetween(5, 15);
    time.pass(Duration.ofMinutes(5));
    assertThat(slots.take(LONG, LONG)).isNotNull();
    assertThat(slots.limit()).as("healed by time").isEqualTo(1_000);
  }

  @Test
  void oneAloneThatIsRefused_saysSo_andLeavesRoomForMore() throws InterruptedException {
    Slots slots = slots(1_000, 0);
    Slots.Slot alone = take(slots, 1).getFirst();
    assertThat(alone.refused()).isTrue();
    alone.close();
    assertThat(take(slots, 8)).hasSize(8);
  }

  @Test
  void successesWithAllSlotsInUse_raiseIt_byOneARoundAfterACut_andFastInCalmTimes() throws InterruptedException {
    Slots slots = slots(1_000, 0);
    List<Slots.Slot> taken = take(slots, 20);
    taken.getFirst().answered();
    taken.getFirst().refused();
    taken.forEach(Slots.Slot::close);
    assertThat(slots.limit()).isEqualTo(18);
    for (Slots.Slot slot : take(slots, 18)) {
      slot.answered();
      slot.close();
    }
    assertThat(slots.limit()).as("after the first success there is one more slot than calls").isEqualTo(18);
    round(slots);
    round(slots);
    assertThat(slots.limit()).isBetween(19, 20);
    time.pass(Duration.ofSeconds(11));
    int before = slots.limit();
    for (Slots.Slot slot : take(slots, before)) {
      slot.answered();
    }
    assertThat(slots.limit()).isGreaterThan(before);
  }

  private static void round(Slots slots) throws InterruptedException {
    List<Slots.Slot> taken = take(slots, slots.limit());
    taken.forEach(Slots.Slot::answered);
    taken.forEach(Slots.Slot::close);
  }

  @Test
  void whoCannotBeServedInItsTime_doesNotWait() throws InterruptedException {
    Slots slots = slots(1, 100);
    Slots.Slot first = Objects.requireNonNull(slots.take(LONG, LONG));
    time.pass(Duration.ofSeconds(10));
    first.answered();
    first.close();
    Slots.Slot second = Objects.requireNonNull(slots.take(LONG, LONG));
    long before = time.nanos();
    assertThat(slots.take(Duration.ofSeconds(5), LONG)).as("a call takes ten seconds").isNull();
    assertThat(slots.take(LONG, Duration.ofSeconds(15))).as("and ten more to be answered").isNull();
    assertThat(time.nanos()).isEqualTo(before);
    assertThat(slots.take(Duration.ofSeconds(15), LONG)).as("waited in vain").isNull();
    assertThat(time.nanos()).isGreaterThan(before);
    second.close();
    assertThat(slots.take(LONG, LONG)).isNotNull();
  }

  @Test
  void threadsThatWait_getTheirTurns_andAnInterruptedOneLosesNothing() throws Exception {
    Slots slots = new Slots(new Slots.Settings(3, 1_000), Time.SYSTEM);
    List<Callable<Boolean>> works = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      works.add(
          () -> {
            try (Slots.Slot slot = slots.take(LONG, LONG)) {
              Objects.requireNonNull(slot).answered();
              assertThat(slots.busy()).isBetween(1, 3);
              Thread.yield();
              return true;
            }
          });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> each : threads.invokeAll(works)) {
        assertThat(each.get(30, TimeUnit.SECONDS)).isTrue();
      }
    }
    assertThat(slots.busy()).isZero();

    List<Slots.Slot> all = take(slots, 3);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> slots.take(LONG, LONG)).isInstanceOf(InterruptedException.class);
    all.forEach(Slots.Slot::close);
    assertThat(slots.busy()).isZero();
    assertThat(take(slots, 3)).hasSize(3);
  }
}
