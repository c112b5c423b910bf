// SPDX-License-Identifier: Apache-2.0
package dev.auriga.resilience;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Time that passes only when somebody sleeps or a test says so; for one thread.
public final class FakeTime implements Time {
  private final Instant origin = Instant.parse("2026-11-22T12:00:00Z");
  private final List<Duration> slept = new ArrayList<>();
  private long nanos;

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public Instant now() {
    return origin.plusNanos(nanos);
  }

  @Override
  public void sleep(Duration duration) {
    slept.add(duration);
    pass(duration);
  }

  /// Nobody else is there to wake the one thread: time passes.
  @Override
  public Waiter waiter() {
    return new Waiter() {
      @Override
      public void await(Duration atMost) {
        pass(atMost);
      }

      @Override
      public void wake() {}
    };
  }

  public void pass(Duration duration) {
    nanos += duration.toNanos();
  }

  public List<Duration> slept() {
    return List.copyOf(slept);
  }
}
