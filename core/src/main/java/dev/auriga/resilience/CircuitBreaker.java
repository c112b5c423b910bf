// SPDX-License-Identifier: Apache-2.0
package dev.auriga.resilience;

import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Takes one deployment out of every pick for a while after it failed: its cooldown.
///
/// Each call has a [Leave], through which it tells how it came out. The breaker opens after a number of
/// failures in a row, at once when upstream said how long to stay away or that the quota is used up.
/// When the cooldown is over one call is let through as a probe, and no other while it lasts: its
/// success closes the breaker, its failure starts another cooldown. What calls tell that were under way
/// when it opened neither closes it nor keeps it open. A later failure never shortens a cooldown.
/// Thread-safe; every method takes the object's lock and no other.
public final class CircuitBreaker {
  private final Settings settings;
  private final Time time;
  private int failuresInARow;
  private boolean open;
  private long openUntil;
  private long leaves;
  private long voidUpTo;
  private @Nullable Leave probe;

  /// @param failures how many failures in a row open the breaker
  /// @param cooldown how long it stays open when upstream does not say
  public record Settings(int failures, Duration cooldown) {}

  public CircuitBreaker(Settings settings, Time time) {
    this.settings = settings;
    this.time = time;
  }

  /// Leave for one call, which tells how it came out, or that nobody knows; once, what comes later is
  /// ignored.
  public final class Leave {
    private final long number;
    private boolean told;

    private Leave(long number) {
      this.number = number;
    }

    public void succeeded() {
      tell(this, CircuitBreaker.this::closed);
    }

    /// Kinds that say nothing about health are as good as [#withdrawn].
    public void failed(Failure failure) {
      if (failure.kind().tripsBreaker()) {
        tell(this, leave -> opened(leave, failure));
      } else {
        withdrawn();
      }
    }

    /// The call was never made, or what came of it says nothing: where this was the probe, the next to
    /// ask is.
    public void withdrawn() {
      tell(this, CircuitBreaker.this::givenBack);
    }

    /// Leave for another call in the place of this: this one where it has told nothing yet.
    public Leave next() {
      return unlessTold(this);
    }
  }

  private interface Telling {
    void of(Leave leave);
  }

  /// What is left of the cooldown; zero when the deployment may be picked.
  public synchronized Duration cooldownLeft() {
    return open ? Duration.ofNanos(Math.max(0, openUntil - time.nanos())) : Duration.ZERO;
  }

  /// Whether it failed when it was last heard of, open or not.
  public synchronized boolean isAiling() {
    return failuresInARow > 0;
  }

  /// Leave for a call now; null while it is open. After a cooldown only the first to ask gets any, the
  /// next one cooldown later unless that one has told how it came out.
  public synchronized @Nullable Leave admit() {
    return open && time.nanos() - openUntil < 0 ? null : granted();
  }

  /// Leave for a call that is made whether it is open or not, because nobody else can serve.
  public synchronized Leave insist() {
    return open && time.nanos() - openUntil < 0 ? new Leave(++leaves) : granted();
  }

  private Leave granted() {
    Leave leave = new Leave(++leaves);
    if (open) {
      openUntil = time.nanos() + settings.cooldown.toNanos();
      probe = leave;
    }
    return leave;
  }

  private synchronized Leave unlessTold(Leave leave) {
    return leave.told ? insist() : leave;
  }

  private synchronized void tell(Leave leave, Telling what) {
    if (!leave.told) {
      leave.told = true;
      what.of(leave);
      probe = probe == leave ? null : probe;
    }
  }

  private void givenBack(Leave leave) {
    if (open && probe == leave) {
      openUntil = time.nanos();
    }
  }

  private void closed(Leave leave) {
    if (!open || leave.number > voidUpTo) {
      failuresInARow = 0;
      open = false;
      probe = null;
    }
  }

  private void opened(Leave leave, Failure failure) {
    Duration asked = failure.retryAfter();
    boolean atOnce = asked != null || failure.kind() == FailureKind.QUOTA_EXHAUSTED;
    if (open && !atOnce && leave.number <= voidUpTo) {
      return;
    }
    failuresInARow++;
    if (!open && !atOnce && failuresInARow < settings.failures) {
      return;
    }
    long until = time.nanos() + (asked != null ? asked : settings.cooldown).toNanos();
    openUntil = open ? Math.max(openUntil, until) : until;
    // Of calls begun after one that failed by itself, the next may show that it was the last to.
    voidUpTo = open && !atOnce ? leave.number : leaves;
    open = true;
  }
}
