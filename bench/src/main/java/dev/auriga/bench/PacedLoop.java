// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Requests are due at fixed times; one that finds no free connection waits, and its time counts.
final class PacedLoop extends Demand {
  /// An event loop's timer is late by up to a millisecond; so much is the clients' own fault and is
  /// not counted. What is later was held up with everything else and counts in full.
  private static final long TIMER_NANOS = Duration.ofMillis(2).toNanos();

  private final EventLoop loop;
  private final double everyNanos;
  private final ArrayDeque<ClientConnection> idle = new ArrayDeque<>();
  private final ArrayDeque<Long> waiting = new ArrayDeque<>();
  private long startedNanos;
  private long sent;

  PacedLoop(EventLoop loop, int perSecond) {
    this.loop = loop;
    this.everyNanos = 1e9 / perSecond;
  }

  @Override
  void begin(List<ClientConnection> connections) {
    idle.addAll(connections);
    startedNanos = System.nanoTime();
    tick();
  }

  private void tick() {
    if (stopped) {
      return;
    }
    long now = System.nanoTime();
    for (long due = due(); due - now <= 0; due = due()) {
      sent++;
      waiting.add(now - due < TIMER_NANOS ? now : due);
    }
    send();
    var _ = loop.schedule(this::tick, Math.max(due() - System.nanoTime(), 0), TimeUnit.NANOSECONDS);
  }

  private long due() {
    return startedNanos + (long) (sent * everyNanos);
  }

  private void send() {
    while (!waiting.isEmpty() && !idle.isEmpty()) {
      ask(idle.pop(), waiting.poll());
    }
  }

  @Override
  void free(ClientConnection connection) {
    idle.push(connection);
    send();
  }

  @Override
  int underWay() {
    return super.underWay() + waiting.size();
  }
}
