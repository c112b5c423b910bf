// SPDX-License-Identifier: Apache-2.0
package dev.auriga.resilience;

import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import java.time.Duration;

/// Takes one deployment out of every pick for a while after it failed: its cooldown.
///
/// It opens after a number of failures in a row, at once when upstream said how long to stay away
/// or that the quota is used up. When the cooldown is over one caller is let through as a probe:
/// its success closes the breaker, its failure starts another cooldown. A later failure never
/// shortens a cooldown. Thread-safe; every method takes the object's lock and no other.
public final class CircuitBreaker {
  private final Settings settings;
  private final Time time;
  private int failuresInARow;
  private boolean open;
  private long openedAt;
  private long openUntil;
  private boolean probing;

  /// @param failures how many failures in a row open the breaker
  /// @param cooldown how long it stays open when upstream does not say
  public record Settings(int failures, Duration cooldown) {}

  public CircuitBreaker(Settings settings, Time time) {
    this.settings = settings;
    this.time = time;
  }

  /// What is left of the cooldown; zero when the deployment may be picked.
  public synchronized Duration cooldownLeft() {
    return open ? Duration.ofNanos(Math.max(0, openUntil - time.nanos())) : Duration.ZERO;
  }

  /// Whether it failed when it was last heard of, open or not.
  public synchronized boolean isAiling() {
    return failuresInARow > 0;
  }

  /// Whether a call may go through now. After a cooldown only the first to ask is admitted; the
  /// next probe is due one cooldown later unless this one succeeds or is [#withdrawn].
  public synchronized boolean admits() {
    if (!open) {
      return true;
    }
    if (time.nanos() - openUntil < 0) {
      return false;
    }
    openUntil = time.nanos() + settings.cooldown.toNanos();
    probing = true;
    return true;
  }

  /// A call that was admitted was never made, or nobody waited for what came of it: the next to ask
  /// is the probe.
  public synchronized void withdrawn() {
    if (open && probing) {
      openUntil = time.nanos();
      probing = false;
    }
  }

  /// Notes a success of a call made at `sinceNanos`. One that was under way when the breaker opened
  /// does not close it: what upstream asked for after that holds.
  public synchronized void succeeded(long sinceNanos) {
    if (open && sinceNanos - openedAt < 0) {
      return;
    }
    failuresInARow = 0;
    open = false;
    probing = false;
  }

  /// Notes a failure; kinds that say nothing about health are ignored.
  public synchronized void failed(Failure failure) {
    if (!failure.kind().tripsBreaker()) {
      return;
    }
    failuresInARow++;
    probing = false;
    Duration asked = failure.retryAfter();
    boolean atOnce = asked != null || failure.kind() == FailureKind.QUOTA_EXHAUSTED;
    if (!open && !atOnce && failuresInARow < settings.failures) {
      return;
    }
    Duration cooldown = asked != null ? asked : settings.cooldown;
    long until = time.nanos() + cooldown.toNanos();
    openUntil = open ? Math.max(openUntil, until) : until;
    openedAt = time.nanos();
    open = true;
  }
}
