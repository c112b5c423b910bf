// SPDX-License-Identifier: Apache-2.0
package dev.auriga.simulation;

import dev.auriga.resilience.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Virtual time for blocking code: tasks on threads of their own, of which exactly one runs.
///
/// A task runs until it waits; then time jumps to whatever comes next, and that task goes on. What is
/// due at the same moment goes on in the order in which it was asked for. So a run depends on nothing
/// but its inputs, and an hour of waiting takes no time at all.
final class World implements Time {
  private static final Instant ORIGIN = Instant.parse("2026-11-22T12:00:00Z");

  private static final long FOR_EVER = Duration.ofDays(10_000).toNanos();

  private final PriorityQueue<Event> due =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private final Task first = new Task();
  private Task running = first;
  private long now;
  private long events;
  private int alive;
  private @Nullable Throwable fault;

  /// A task is to go on, unless it has gone on since for another reason.
  private record Event(long at, long order, Task task, long turn) {}

  /// One thread of the world.
  final class Task {
    private volatile boolean mayRun;
    private volatile @Nullable Thread thread;
    private long waits;
    private boolean interrupted;
    private boolean ended;

    /// Ends whatever it waits for, now or next.
    void interrupt() {
      interrupted = true;
      wake(this);
    }
  }

  /// Performs `work` as this world's first task.
  <T> T run(Callable<T> work) throws Exception {
    first.thread = Thread.currentThread();
    return work.call();
  }

  /// Lets the first task wait for every other to end; throws what the first of them to fail threw.
  void join() throws Exception {
    while (alive > 0 && fault == null) {
      long before = now;
      park(FOR_EVER);
      if (now - before >= FOR_EVER) {
        throw new IllegalStateException(alive + " tasks wait for each other");
      }
    }
    if (fault instanceof Exception exception) {
      throw exception;
    }
    if (fault instanceof Error error) {
      throw error;
    }
  }

  /// Starts `work` now, on a task of its own.
  Task start(Callable<?> work) {
    Task task = new Task();
    alive++;
    task.thread =
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  awaitTurn(task);
                  try {
                    work.call();
                  } catch (Throwable thrown) {
                    fault = fault == null ? thrown : fault;
                  }
                  task.ended = true;
                  alive--;
                  if (alive == 0 || fault != null) {
                    wake(first);
                  }
                  handOver(null);
                });
    task.thread.start();
    schedule(task, now);
    return task;
  }

  Task running() {
    return running;
  }

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public Instant now() {
    return ORIGIN.plusNanos(now);
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    long until = now + Math.max(0, duration.toNanos());
    while (now < until) {
      park(until - now);
      throwIfInterrupted();
    }
  }

  @Override
  public Waiter waiter() {
    return new Waiter() {
      private @Nullable Task waiting;
      private boolean woken;

      @Override
      public void await(Duration atMost) throws InterruptedException {
        if (woken) {
          return;
        }
        waiting = running;
        park(atMost.toNanos());
        waiting = null;
        throwIfInterrupted();
      }

      @Override
      public void wake() {
        woken = true;
        if (waiting != null) {
          World.this.wake(waiting);
        }
      }
    };
  }

  /// Throws where the running task was interrupted, once.
  void throwIfInterrupted() throws InterruptedException {
    if (running.interrupted) {
      running.interrupted = false;
      throw new InterruptedException("left");
    }
  }

  /// Lets the running task wait for so long, or until it is woken or interrupted.
  void park(long nanos) {
    if (!running.interrupted) {
      running.waits++;
      schedule(running, now + Math.max(0, nanos));
      handOver(running);
    }
  }

  void wake(Task task) {
    if (!task.ended) {
      schedule(task, now);
    }
  }

  private void schedule(Task task, long at) {
    due.add(new Event(at, events++, task, task.waits));
  }

  /// Lets the next task run, and `self` wait for its turn; null where it has ended.
  private void handOver(@Nullable Task self) {
    Event next = due.poll();
    while (next != null && next.turn() != next.task().waits) {
      next = due.poll();
    }
    if (next == null) {
      throw new IllegalStateException("every task waits for another");
    }
    now = Math.max(now, next.at());
    Task task = next.task();
    task.waits++;
    running = task;
    if (task == self) {
      return;
    }
    task.mayRun = true;
    LockSupport.unpark(task.thread);
    if (self != null) {
      awaitTurn(self);
    }
  }

  private static void awaitTurn(Task task) {
    while (!task.mayRun) {
      LockSupport.park();
    }
    task.mayRun = false;
  }
}
