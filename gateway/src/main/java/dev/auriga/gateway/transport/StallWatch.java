// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Names what stalls an event loop: a heartbeat that a loop has not answered for 200 ms is logged
/// with the stacks of the loop and of the running threads it serves. A process that has just started
/// loads classes on its loops and is given a while.
final class StallWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StallWatch.class.getName());
  private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final Duration WARM_UP = Duration.ofSeconds(20);

  private static final class Pulse {
    final EventLoop loop;
    volatile boolean answered = true;
    long askedNanos;
    boolean reported;

    Pulse(EventLoop loop) {
      this.loop = loop;
    }
  }

  private final List<Pulse> pulses;
  private final Thread thread;
  private final long firstLookNanos;
  private volatile boolean closed;

  private StallWatch(List<Pulse> pulses, Duration warmUp) {
    this.pulses = pulses;
    this.firstLookNanos = System.nanoTime() + warmUp.toNanos();
    this.thread = Thread.ofPlatform().daemon().name("stall-watch").unstarted(this::run);
  }

  static StallWatch over(List<EventLoop> loops) {
    return over(loops, WARM_UP);
  }

  static StallWatch over(List<EventLoop> loops, Duration warmUp) {
    StallWatch watch = new StallWatch(loops.stream().map(Pulse::new).toList(), warmUp);
    watch.thread.start();
    return watch;
  }

  private void run() {
    while (!closed) {
      if (System.nanoTime() - firstLookNanos >= 0) {
        pulses.forEach(StallWatch::check);
      }
      LockSupport.parkNanos(this, LIMIT_NANOS / 2);
    }
  }

  private static void check(Pulse pulse) {
    long now = System.nanoTime();
    if (pulse.answered) {
      pulse.answered = false;
      pulse.reported = false;
      pulse.askedNanos = now;
      if (!pulse.loop.netty().isShuttingDown()) {
        pulse.loop.netty().execute(() -> pulse.answered = true);
      }
    } else if (now - pulse.askedNanos > LIMIT_NANOS && !pulse.reported) {
      pulse.reported = true;
      LOG.log(Level.WARNING, describe(pulse.loop, now - pulse.askedNanos));
    }
  }

  private static String describe(EventLoop loop, long nanos) {
    StringBuilder text = new StringBuilder(512);
    text.append("Event loop ").append(loop.thread().getName()).append(" has done nothing else for ");
    text.append(TimeUnit.NANOSECONDS.toMillis(nanos)).append(" ms. Work like this belongs in offload.");
    List<Thread> suspects = new ArrayList<>(List.of(loop.thread()));
    loop.serving().stream()
        .filter(served -> served.getState() == Thread.State.RUNNABLE)
        .limit(4)
        .forEach(suspects::add);
    for (Thread suspect : suspects) {
      text.append("\n  ").append(suspect.getName());
      for (StackTraceElement frame : suspect.getStackTrace()) {
        text.append("\n    at ").append(frame);
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
