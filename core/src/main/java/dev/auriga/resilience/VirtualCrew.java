// SPDX-License-Identifier: Apache-2.0
package dev.auriga.resilience;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A crew of virtual threads. Everything below the lock is guarded by it; no work runs under it.
final class VirtualCrew<T> implements Crew<T> {

  private record Result<T>(@Nullable T value, @Nullable Throwable thrown) {}

  private final Consumer<? super T> leftovers;
  private final List<Thread> threads = new ArrayList<>(2);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Queue<Result<T>> results = new ArrayDeque<>(2);
  private int atWork;
  private boolean closed;

  VirtualCrew(Consumer<? super T> leftovers) {
    this.leftovers = leftovers;
  }

  @Override
  public void start(Callable<T> work) {
    lock.lock();
    try {
      atWork++;
    } finally {
      lock.unlock();
    }
    threads.add(Thread.startVirtualThread(() -> work(work)));
  }

  private void work(Callable<T> work) {
    Result<T> result;
    try {
      result = new Result<>(work.call(), null);
    } catch (Throwable thrown) {
      result = new Result<>(null, thrown);
    }
    if (!delivered(result) && result.value() != null) {
      leftovers.accept(result.value());
    }
  }

  private boolean delivered(Result<T> result) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      results.add(result);
      arrived.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable T next(Duration atMost) throws InterruptedException {
    Result<T> result = taken(atMost);
    if (result == null) {
      return null;
    }
    if (result.thrown() instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (result.thrown() instanceof RuntimeException fault) {
      throw fault;
    }
    if (result.thrown() != null) {
      throw new IllegalStateException("a work failed", result.thrown());
    }
    return result.value();
  }

  private @Nullable Result<T> taken(Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (results.isEmpty() && atWork > 0 && left > 0) {
        left = arrived.awaitNanos(left);
      }
      Result<T> result = results.poll();
      atWork -= result == null ? 0 : 1;
      return result;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int atWork() {
    lock.lock();
    try {
      return atWork;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    List<Result<T>> untaken;
    lock.lock();
    try {
      closed = true;
      untaken = List.copyOf(results);
      results.clear();
    } finally {
      lock.unlock();
    }
    threads.forEach(Thread::interrupt);
    for (Result<T> result : untaken) {
      if (result.value() != null) {
        leftovers.accept(result.value());
      }
    }
  }
}
