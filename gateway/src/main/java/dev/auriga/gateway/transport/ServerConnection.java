// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import io.netty.channel.Channel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One client connection; collects each request on the loop and then has it served.
///
/// Everything in here runs on the connection's loop, except [#closesAfterThis].
final class ServerConnection {
  /// How long what a refused client still sends is read and thrown away, so that it can read why.
  private static final Duration LINGER = Duration.ofSeconds(2);

  /// Bodies over this are received only from whom the handler wants them.
  private static final long LONG_BODY = 64 * 1024;

  private enum State {
    /// Between requests, or in the middle of a head.
    IDLE,
    /// A body is coming.
    RECEIVING,
    /// A thread is at work.
    SERVING
  }

  private final ServerLoop server;
  private final Channel channel;
  private State state = State.IDLE;
  private long sinceNanos = System.nanoTime();
  private @Nullable HttpServerRequest request;
  private @Nullable LoopExchange exchange;
  private final List<Buffer> body = new ArrayList<>(2);
  private long bodyBytes;
  private boolean closing;

  ServerConnection(ServerLoop server, Channel channel) {
    this.server = server;
    this.channel = channel;
  }

  void requestOnLoop(HttpServerRequest next) {
    if (closing) {
      return; // sent behind the last request there is
    }
    request = next;
    body.clear();
    bodyBytes = 0;
    turn(State.RECEIVING);
    int fault = Framing.fault(next);
    if (fault != 0) {
      refuse(next, fault);
      return;
    }
    LoopExchange begun = new LoopExchange(server.loop(), this, next, server.limits().write());
    exchange = begun;
    String length = next.headers().get("content-length");
    if (length != null && (length.length() > 18 || Long.parseLong(length) > server.limits().bodyBytes())) {
      unread(next, begun, server.handler()::tooLarge);
      return;
    }
    boolean isLong = length == null ? next.headers().contains("transfer-encoding") : Long.parseLong(length) > LONG_BODY;
    if (isLong && !server.handler().receives(begun)) {
      unread(next, begun, server.handler()::handle);
      return;
    }
    next.handler(piece -> receive(next, begun, piece));
    next.endHandler(_ -> received(begun));
    if (next.headers().contains("expect")) {
      next.response().writeContinue();
    }
  }

  private void receive(HttpServerRequest receiving, LoopExchange begun, Buffer piece) {
    bodyBytes += piece.length();
    if (bodyBytes > server.limits().bodyBytes()) {
      body.clear();
      unread(receiving, begun, server.handler()::tooLarge);
    } else {
      body.add(piece);
    }
  }

  private void received(LoopExchange begun) {
    byte[] whole = new byte[(int) bodyBytes];
    int filled = 0;
    for (Buffer piece : body) {
      piece.getBytes(whole, filled);
      filled += piece.length();
    }
    body.clear();
    turn(State.SERVING);
    server.serving();
    begun.serveOnLoop(whole, () -> server.serve(begun, server.handler()::handle));
  }

  /// Has the request answered without (the rest of) its body.
  private void unread(HttpServerRequest receiving, LoopExchange begun, ServerLoop.Work answer) {
    closing = true;
    turn(State.SERVING);
    receiving.handler(_ -> {});
    receiving.endHandler(_ -> {});
    server.serving();
    begun.serveOnLoop(new byte[0], () -> server.serve(begun, answer));
  }

  private void refuse(HttpServerRequest refused, int status) {
    closing = true;
    refused
        .response()
        .setStatusCode(status)
        .putHeader("connection", "close")
        .putHeader("content-length", "0")
        .end()
        .onComplete(_ -> closeOnLoop());
  }

  /// The answer has been written.
  void answeredOnLoop() {
    HttpServerRequest answered = request;
    exchange = null;
    request = null;
    turn(State.IDLE);
    if (!closesAfterThis()) {
      return;
    }
    if (answered == null || answered.isEnded()) {
      closeOnLoop();
    } else {
      answered.endHandler(_ -> closeOnLoop());
      var _ = channel.eventLoop().schedule(this::closeOnLoop, LINGER.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /// The connection is gone.
  void closedOnLoop() {
    LoopExchange left = exchange;
    exchange = null;
    if (left != null) {
      left.leaveOnLoop();
    }
  }

  void closeAfterThisOnLoop() {
    closing = true;
  }

  boolean closesAfterThis() {
    return closing || server.draining();
  }

  /// Closes at once; what is unsent is dropped.
  void closeOnLoop() {
    var _ = channel.close();
  }

  /// Closes what has been quiet or slow for too long.
  void sweepOnLoop(long now) {
    long age = now - sinceNanos;
    HttpServerRequest slow = request;
    if (state == State.IDLE && age > server.limits().idle().toNanos()) {
      closeOnLoop();
    } else if (state == State.RECEIVING && age > server.limits().receive().toNanos() && slow != null) {
      exchange = null;
      refuse(slow, 408);
    }
  }

  private void turn(State next) {
    state = next;
    sinceNanos = System.nanoTime();
  }
}
