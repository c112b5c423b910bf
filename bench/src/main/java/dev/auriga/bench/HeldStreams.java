// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Each connection asks once, for a stream; the beginnings lie evenly over a time, so that the
/// chunks of all streams do not come in step.
final class HeldStreams extends Demand {
  private final EventLoop loop;
  private final Duration spread;
  private int toBegin;

  HeldStreams(EventLoop loop, Duration spread) {
    this.loop = loop;
    this.spread = spread;
  }

  @Override
  void begin(List<ClientConnection> connections) {
    toBegin = connections.size();
    for (int i = 0; i < connections.size(); i++) {
      ClientConnection connection = connections.get(i);
      long after = spread.toNanos() * i / connections.size();
      var _ = loop.schedule(() -> begin(connection), after, TimeUnit.NANOSECONDS);
    }
  }

  private void begin(ClientConnection connection) {
    toBegin--;
    if (!stopped) {
      ask(connection, System.nanoTime());
    }
  }

  int unfinished() {
    return toBegin + underWay();
  }

  @Override
  void free(ClientConnection connection) {}
}
