// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import dev.auriga.resilience.Room;
import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The part of an [HttpServer] that lives on one event loop: its connections.
final class ServerLoop {
  private static final System.Logger LOG = System.getLogger(ServerLoop.class.getName());

  /// What a handler does with an exchange.
  interface Work {
    void on(Exchange exchange) throws InterruptedException;
  }

  private final HttpServer server;
  private final EventLoop loop;
  private final Handler handler;
  private final HttpServer.Limits limits;
  private final Set<ServerConnection> connections = new HashSet<>();
  private volatile @Nullable ScheduledFuture<?> sweeping;

  ServerLoop(HttpServer server, EventLoop loop, Handler handler, HttpServer.Limits limits) {
    this.server = server;
    this.loop = loop;
    this.handler = handler;
    this.limits = limits;
  }

  EventLoop loop() {
    return loop;
  }

  Handler handler() {
    return handler;
  }

  HttpServer.Limits limits() {
    return limits;
  }

  Room bodyRoom() {
    return server.bodyRoom();
  }

  boolean draining() {
    return server.draining();
  }

  void serving() {
    server.serving();
  }

  void startSweeping() {
    long period = Math.clamp(Math.min(limits.idle().toMillis(), limits.receive().toMillis()) / 4, 20, 5_000);
    sweeping = loop.netty().scheduleAtFixedRate(this::sweepOnLoop, period, period, TimeUnit.MILLISECONDS);
  }

  void stopSweeping() {
    ScheduledFuture<?> started = sweeping;
    if (started != null) {
      started.cancel(false);
    }
  }

  private void sweepOnLoop() {
    long now = System.nanoTime();
    for (ServerConnection connection : List.copyOf(connections)) {
      connection.sweepOnLoop(now);
    }
  }

  void connectedOnLoop(Channel channel) {
    if (!server.admitConnection()) {
      var _ = channel.close();
      return;
    }
    ServerConnection connection = new ServerConnection(this, channel);
    connections.add(connection);
    channel.pipeline().addLast(new StrictRequestDecoder(limits.headBytes()), connection);
  }

  void closedOnLoop(ServerConnection connection) {
    if (connections.remove(connection)) {
      server.connectionLeft();
    }
  }

  /// Closes the connections that are quiet; the others close after their answer.
  void drainOnLoop() {
    List.copyOf(connections).forEach(ServerConnection::drainOnLoop);
  }

  /// Closes all connections, whatever they are doing.
  void cutOnLoop() {
    List.copyOf(connections).forEach(ServerConnection::closeOnLoop);
  }

  /// Does `work`, and sees to it that the client is answered one way or another; on its thread.
  void serve(LoopExchange exchange, Work work) {
    try {
      work.on(exchange);
      finish(exchange, "returned without an answer");
    } catch (InterruptedException interrupted) {
      if (!exchange.clientGone()) {
        finish(exchange, "was interrupted");
      }
    } catch (Throwable thrown) { // the root of the thread
      LOG.log(Level.ERROR, "Serving " + exchange.method() + " " + exchange.path() + " failed", thrown);
      finish(exchange, "threw");
    } finally {
      server.served();
    }
  }

  private static void finish(LoopExchange exchange, String how) {
    if (exchange.over() || exchange.clientGone()) {
      return;
    }
    LOG.log(Level.WARNING, "The handler of " + exchange.method() + " " + exchange.path() + " " + how);
    exchange.answerForHandler();
  }
}
