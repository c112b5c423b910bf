// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The connections upstream of one loop: those in use are counted, the idle ones wait here for the
/// next request to their origin. Everything but the constructor and [#close] runs on the loop.
final class UpstreamPool {
  /// Streams hold their connection for minutes; admission is the engine's task, not the pool's.
  private static final int MOST_PER_ORIGIN = 16_384;

  /// Shorter than the minute after which common servers close, so that we rarely meet it.
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long SWEEP_SECONDS = 5;

  private static final class Place {
    final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
    int dialled;
  }

  private final EventLoop loop;
  private final Dialer dialer;
  private final ScheduledFuture<?> sweeping;
  private final Map<Origin, Place> places = new HashMap<>();
  private boolean closed;

  UpstreamPool(EventLoop loop, Dialer dialer) {
    this.loop = loop;
    this.dialer = dialer;
    this.sweeping =
        loop.scheduleAtFixedRate(
            () -> sweepOnLoop(IDLE_NANOS), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
  }

  /// The idle connection to `origin` that was used last and is open still; null when there is none.
  @Nullable UpstreamConnection takeOnLoop(Origin origin) {
    Place place = places.get(origin);
    if (place == null) {
      return null;
    }
    UpstreamConnection last = place.idle.pollLast();
    while (last != null && !last.isOpen()) {
      last = place.idle.pollLast();
    }
    return last;
  }

  /// Begins to connect to `origin` within `limit`; what comes of it is the [outcome][Dial#outcome].
  Dial dialOnLoop(Origin origin, Duration limit) {
    Dial dial = new Dial(loop, origin, this, limit);
    Place place = places.computeIfAbsent(origin, _ -> new Place());
    if (place.dialled >= MOST_PER_ORIGIN) {
      dial.outcome().completeExceptionally(new IOException("too many connections are open"));
      return dial;
    }
    place.dialled++;
    var _ =
        dial.outcome()
            .whenComplete(
                (connection, _) -> {
                  if (connection == null) {
                    place.dialled--;
                  }
                });
    dial.startOnLoop(dialer.waysOnLoop(origin, loop));
    return dial;
  }

  /// `connection` may serve another request.
  void giveBackOnLoop(UpstreamConnection connection) {
    Place place = places.get(connection.origin());
    if (place == null || closed) {
      connection.closeOnLoop();
    } else {
      place.idle.addLast(connection);
    }
  }

  /// `connection` is being closed: should it be idle, nobody is to have it.
  void closingOnLoop(UpstreamConnection connection) {
    Place place = places.get(connection.origin());
    if (place != null) {
      place.idle.remove(connection);
    }
  }

  /// `connection`, which had been the outcome of a dial, is gone.
  void closedOnLoop(UpstreamConnection connection) {
    Place place = places.get(connection.origin());
    if (place != null) {
      place.dialled--;
      place.idle.remove(connection);
    }
  }

  /// Closes what is idle, now and from now on; may be called from any thread.
  void close() {
    sweeping.cancel(false);
    try {
      loop.execute(
          () -> {
            closed = true;
            sweepOnLoop(-1);
          });
    } catch (RejectedExecutionException stopped) {
      // The loop took its connections with it.
    }
  }

  private void sweepOnLoop(long mostNanos) {
    long now = System.nanoTime();
    List<UpstreamConnection> old = new ArrayList<>();
    for (Place place : places.values()) {
      for (UpstreamConnection connection : place.idle) {
        if (now - connection.idleSinceNanos() > mostNanos) {
          old.add(connection);
        }
      }
    }
    old.forEach(UpstreamConnection::closeOnLoop);
  }
}
