// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.resilience.Deadline;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What one request may still spend: time, attempts and money. Every retry, fallback, hedge and
/// panel member draws from the same one.
///
/// Before a call the most it may cost is held, after it what it did cost is taken; so the sum of both
/// never exceeds the limit, as far as no call costs more than the most that was expected of it.
/// Thread-safe: every method takes the object's lock and no other.
public final class Purse {
  private final Deadline deadline;
  private final int mostAttempts;
  private final @Nullable Long mostMicros;
  private int attempts;
  private long held;
  private long spent;

  /// @param attempts the most calls upstream, at least 1
  /// @param micros the most they may cost together, in millionths of a US dollar; absent for no limit
  public Purse(Deadline deadline, int attempts, @Nullable Long micros) {
    if (attempts < 1) {
      throw new IllegalArgumentException("a request needs at least one attempt, not " + attempts);
    }
    this.deadline = deadline;
    this.mostAttempts = attempts;
    this.mostMicros = micros;
  }

  /// One with the same limits of which nothing is spent.
  Purse another() {
    return new Purse(deadline, mostAttempts, mostMicros);
  }

  Deadline deadline() {
    return deadline;
  }

  /// How many calls were made.
  synchronized int attempts() {
    return attempts;
  }

  /// How many more may be made, as far as their number alone is concerned.
  synchronized int attemptsLeft() {
    return mostAttempts - attempts;
  }

  /// Throws [Spent] where no further call may be made, however cheap.
  synchronized void requireMore() {
    if (attempts >= mostAttempts) {
      throw new Spent(
          Spent.Of.ATTEMPTS, "all %d attempts of the request are used up".formatted(mostAttempts));
    }
    if (deadline.hasPassed()) {
      throw new Spent(Spent.Of.TIME, "the request's deadline has passed");
    }
  }

  /// Takes one attempt and holds `most` for it, the most it may cost; absent where that is not known,
  /// and then a limit of money does not allow for it. What is held goes back to [#settle].
  ///
  /// Throws [Spent] where it does not fit.
  synchronized long draw(OptionalLong most) {
    requireMore();
    if (mostMicros == null) {
      attempts++;
      return 0;
    }
    if (most.isEmpty()) {
      throw new Spent(Spent.Of.MONEY, "what it costs is not known, and the request has a limit");
    }
    if (most.getAsLong() > mostMicros - held - spent) {
      throw new Spent(
          Spent.Of.MONEY,
          "it may cost %d µ$, left of the request's limit are %d µ$"
              .formatted(most.getAsLong(), mostMicros - held - spent));
    }
    attempts++;
    held += most.getAsLong();
    return most.getAsLong();
  }

  /// Puts back what was drawn for a call that was not made.
  synchronized void putBack(long wasHeld) {
    attempts--;
    held -= wasHeld;
  }

  /// Puts back what was held for a call and takes what it cost.
  synchronized void settle(long wasHeld, long cost) {
    held -= wasHeld;
    spent = mostMicros == null ? 0 : spent + cost;
  }

  /// What calls cost so far and what is held for those under way, in millionths of a US dollar;
  /// always 0 for a request without a limit.
  public synchronized long committed() {
    return held + spent;
  }

  /// What is held for calls under way, in millionths of a US dollar.
  public synchronized long held() {
    return held;
  }
}
