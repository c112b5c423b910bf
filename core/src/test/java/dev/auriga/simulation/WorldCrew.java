// SPDX-License-Identifier: Apache-2.0
package dev.auriga.simulation;

import dev.auriga.resilience.Crew;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A crew of a [World]'s tasks.
final class WorldCrew<T> implements Crew<T> {
  private final World world;
  private final Consumer<? super T> leftovers;
  private final List<World.Task> tasks = new ArrayList<>(2);
  private final Queue<Result<T>> results = new ArrayDeque<>(2);
  private World.@Nullable Task waiting;
  private int atWork;
  private boolean closed;

  private record Result<T>(@Nullable T value, @Nullable Exception thrown) {}

  WorldCrew(World world, Consumer<? super T> leftovers) {
    this.world = world;
    this.leftovers = leftovers;
  }

  @Override
  public void start(Callable<T> work) {
    atWork++;
    tasks.add(
        world.start(
            () -> {
              Result<T> result;
              try {
                result = new Result<>(work.call(), null);
              } catch (Exception thrown) {
                result = new Result<>(null, thrown);
              }
              deliver(result);
              return null;
            }));
  }

  private void deliver(Result<T> result) {
    if (closed) {
      if (result.value() != null) {
        leftovers.accept(result.value());
      }
      return;
    }
    results.add(result);
    if (waiting != null) {
      world.wake(waiting);
    }
  }

  @Override
  public @Nullable T next(Duration atMost) throws InterruptedException {
    long until = world.nanos() + atMost.toNanos();
    while (results.isEmpty() && atWork > 0 && world.nanos() < until) {
      waiting = world.running();
      world.park(until - world.nanos());
      waiting = null;
      world.throwIfInterrupted();
    }
    Result<T> result = results.poll();
    if (result == null) {
      return null;
    }
    atWork--;
    if (result.thrown() instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (result.thrown() instanceof RuntimeException fault) {
      throw fault;
    }
    return result.value();
  }

  @Override
  public int atWork() {
    return atWork;
  }

  @Override
  public void close() {
    closed = true;
    tasks.forEach(World.Task::interrupt);
    results.forEach(
        untaken -> {
          if (untaken.value() != null) {
            leftovers.accept(untaken.value());
          }
        });
    results.clear();
  }
}
