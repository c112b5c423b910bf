// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.serve;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;

/// One request being answered on its event loop, which is the only thread that touches it. A wait
/// is one timer; a slow reader pauses it; a client that leaves ends it at once.
final class Exchange {
  private static final double SHORTEST_WAIT_MILLIS = 1;

  private final Port port;
  private final Vertx vertx;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final long arrived;
  private Performance performance = Performance.without(Performance.Ending.SILENCE);
  private int next;
  private double owedMillis;
  private boolean waited;
  private long timer = -1;
  private boolean over;
  private Future<Void> lastWrite = Future.succeededFuture();

  Exchange(Port port, Vertx vertx, HttpServerRequest request, long arrived) {
    this.port = port;
    this.vertx = vertx;
    this.request = request;
    this.response = request.response();
    this.arrived = arrived;
  }

  void play(Performance wanted) {
    performance = wanted;
    response.exceptionHandler(_ -> {});
    response.closeHandler(_ -> over(port.isGoingDown() ? Outcome.End.CUT : Outcome.End.ABANDONED));
    Performance.Head head = performance.head();
    if (head == null) {
      end();
    } else {
      after(head.waitMillis(), () -> open(head));
    }
  }

  private void open(Performance.Head head) {
    response.setStatusCode(head.status());
    head.headers().forEach(response::putHeader);
    if (head.length() >= 0) {
      response.putHeader("content-length", Long.toString(head.length()));
    } else {
      response.setChunked(true);
    }
    if (performance.pieces().isEmpty() || performance.pieces().getFirst().waitMillis() > 0) {
      lastWrite = response.writeHead();
    }
    advance();
  }

  private void advance() {
    while (!over && next < performance.pieces().size()) {
      Performance.Piece piece = performance.pieces().get(next);
      if (!waited) {
        waited = true;
        owedMillis += piece.waitMillis();
        if (owedMillis >= SHORTEST_WAIT_MILLIS) {
          double wait = owedMillis;
          owedMillis = 0;
          after(wait, this::advance);
          return;
        }
      }
      if (response.writeQueueFull()) {
        response.drainHandler(_ -> drained());
        return;
      }
      waited = false;
      next++;
      lastWrite = response.write(Buffer.buffer(piece.bytes()));
    }
    if (!over) {
      end();
    }
  }

  /// One drain is one move: a handler left in place would move again while a timer is running.
  private void drained() {
    response.drainHandler(null);
    advance();
  }

  private void end() {
    switch (performance.ending()) {
      case COMPLETE ->
          response
              .end()
              .onComplete(
                  ended -> over(ended.succeeded() ? Outcome.End.FINISHED : Outcome.End.ABANDONED));
      case CLOSE -> lastWrite.onComplete(_ -> breakOff(false));
      case RESET -> lastWrite.onComplete(_ -> breakOff(true));
      case SILENCE -> {}
    }
  }

  /// Closes the socket under the response. With linger 0 the kernel sends a reset instead of a FIN.
  private void breakOff(boolean reset) {
    over(Outcome.End.CUT);
    if (request.connection() instanceof ConnectionBase connection) {
      Channel channel = connection.channel();
      if (reset) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
      }
      var _ = channel.close();
    } else {
      request.connection().close();
    }
  }

  private void after(double millis, Runnable move) {
    if (millis < SHORTEST_WAIT_MILLIS) {
      move.run();
      return;
    }
    timer =
        vertx.setTimer(
            Math.round(millis),
            _ -> {
              if (!over) {
                move.run();
              }
            });
  }

  private void over(Outcome.End end) {
    if (over) {
      return;
    }
    over = true;
    vertx.cancelTimer(timer);
    performance
        .whenOver()
        .accept(new Outcome(end, next, Duration.ofNanos(System.nanoTime() - arrived)));
  }
}
