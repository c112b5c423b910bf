// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import java.util.List;

/// When which connection asks, and what has come of it; belongs to the event loop of its load.
abstract sealed class Demand implements ClientConnection.Listener permits ClosedLoop, PacedLoop, HeldStreams {
  final Histogram latencies = new Histogram();
  long answered;
  long failed;
  long events;
  boolean stopped;
  private boolean counting;
  private int underWay;

  abstract void begin(List<ClientConnection> connections);

  /// `connection` has nothing to do.
  abstract void free(ClientConnection connection);

  final void ask(ClientConnection connection, long sinceNanos) {
    underWay++;
    connection.ask(sinceNanos);
  }

  void count(boolean now) {
    counting = now;
  }

  void stop() {
    stopped = true;
  }

  /// Requests sent and not answered, and requests due and not sent.
  int underWay() {
    return underWay;
  }

  /// What is under way is not waited for any longer.
  final void giveUp() {
    failed += underWay();
  }

  @Override
  public final void answered(ClientConnection connection, boolean good) {
    underWay--;
    events += connection.events();
    if (counting && good) {
      answered++;
      latencies.add(System.nanoTime() - connection.sinceNanos());
    }
    if (!good) {
      failed++;
    }
    free(connection);
  }

  @Override
  public final void lost() {
    underWay--;
    failed++;
  }
}
