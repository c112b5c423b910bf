// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final Map<HttpConnection, ServerConnection> connections = new HashMap<>();
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

  boolean draining() {
    return server.draining();
  }

  void serving() {
    server.serving();
  }

  void startSweepingOnLoop() {
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
    for (ServerConnection connection : List.copyOf(connections.values())) {
      connection.sweepOnLoop(now);
    }
  }

  void connectedOnLoop(HttpConnection connected) {
    HttpServerConnection inner = (HttpServerConnection) connected;
    if (!server.admitConnection()) {
      var _ = inner.channelHandlerContext().channel().close();
      return;
    }
    Http1ServerConfig heads =
        new Http1ServerConfig()
            .setMaxHeaderSize(limits.headBytes())
            .setMaxInitialLineLength(HttpServer.MAX_LINE_BYTES)
            .setMaxChunkSize(HttpServer.MAX_PIECE_BYTES);
    Channel channel = inner.channelHandlerContext().channel();
    channel.pipeline().replace("httpDecoder", "httpDecoder", new StrictRequestDecoder(heads));
    ServerConnection connection = new ServerConnection(this, channel);
    connections.put(connected, connection);
    connected.closeHandler(
        _ -> {
          connections.remove(connected);
          server.connectionLeft();
          connection.closedOnLoop();
        });
  }

  void requestOnLoop(HttpServerRequest request) {
    ServerConnection connection = connections.get(request.connection());
    if (connection != null) {
      connection.requestOnLoop(request);
    }
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
