// SPDX-License-Identifier: Apache-2.0
package dev.auriga.resilience;

import java.time.Duration;
import java.time.Instant;

/// Time as the engine sees it: injected, so that tests perform hours in milliseconds.
public interface Time {

  /// Nanoseconds of a clock that never goes back, from an arbitrary origin.
  long nanos();

  /// The wall clock, for records and for dates that providers name.
  Instant now();

  /// Waits; an interrupt ends the wait.
  void sleep(Duration duration) throws InterruptedException;

  /// A place to wait at until another thread says so, or time is over.
  Waiter waiter();

  /// For one thread that waits, once, and any that wakes it.
  interface Waiter {

    /// Waits until woken, `atMost` so long; returns at once when woken before.
    void await(Duration atMost) throws InterruptedException;

    void wake();
  }

  /// The machine's own time.
  Time SYSTEM =
      new Time() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          Thread.sleep(duration);
        }

        @Override
        public Waiter waiter() {
          return new ThreadWaiter();
        }
      };
}
