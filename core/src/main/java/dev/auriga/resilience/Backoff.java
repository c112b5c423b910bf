// SPDX-License-Identifier: Apache-2.0
package dev.auriga.resilience;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before another attempt where upstream did not say: doubling, jittered, capped.
///
/// The wait is drawn evenly between half of the step and the step, so that callers that failed
/// together do not come back together.
public record Backoff(Duration first, Duration longest) {

  public Backoff {
    if (first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("backoff from %s to %s".formatted(first, longest));
    }
  }

  /// The wait after attempt number `attempt`, which counts from 1.
  public Duration after(int attempt, RandomGenerator random) {
    long step = first.toNanos() << Math.min(attempt - 1, 20);
    long capped = step < 0 ? longest.toNanos() : Math.min(step, longest.toNanos());
    return Duration.ofNanos(capped / 2 + (long) (random.nextDouble() * (capped / 2.0)));
  }
}
