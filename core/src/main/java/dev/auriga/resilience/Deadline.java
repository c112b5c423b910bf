// SPDX-License-Identifier: Apache-2.0
package dev.auriga.resilience;

import java.time.Duration;

/// A point in time after which nothing more is started or awaited.
public record Deadline(Time time, long atNanos) {

  public static Deadline in(Duration duration, Time time) {
    return new Deadline(time, time.nanos() + duration.toNanos());
  }

  /// What is left, never negative.
  public Duration left() {
    return Duration.ofNanos(Math.max(0, atNanos - time.nanos()));
  }

  public boolean hasPassed() {
    return atNanos - time.nanos() <= 0;
  }

  /// The shorter of `limit` and what is left.
  public Duration atMost(Duration limit) {
    Duration left = left();
    return left.compareTo(limit) < 0 ? left : limit;
  }
}
