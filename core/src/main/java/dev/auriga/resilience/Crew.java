// SPDX-License-Identifier: Apache-2.0
package dev.auriga.resilience;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Works done beside each other, whose results are taken as they come.
///
/// For one thread, which must close it. Closing interrupts what is still at work; a result nobody
/// took is handed to the leftovers' handler, whenever it comes.
///
/// @param <T> what a work results in; a work that throws [InterruptedException] has no result
public interface Crew<T> extends AutoCloseable {

  /// Starts `work` on a thread of its own.
  void start(Callable<T> work);

  /// The next result, in the order in which works come to an end; null when none came in time or
  /// nothing is at work. What a work throws is thrown here.
  @Nullable T next(Duration atMost) throws InterruptedException;

  /// How many results are still to come.
  int atWork();

  @Override
  void close();

  /// Makes crews: of virtual threads, or in tests of threads that a simulation steps.
  @FunctionalInterface
  interface Maker {

    /// `leftovers` gets every result that is not taken; it is called on a worker's thread, or on the
    /// one that closes the crew.
    <T> Crew<T> crew(Consumer<? super T> leftovers);

    /// Crews of virtual threads.
    Maker VIRTUAL = VirtualCrew::new;
  }
}
