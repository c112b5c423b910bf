// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.serve;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One request being answered on its event loop, which is the only thread that touches it. A wait
/// is one timer; a slow reader pauses it; a client that leaves ends it at once.
final class Exchange {
  private static final double SHORTEST_WAIT_MILLIS = 1;

  private final Channel channel;
  private final Runnable whenDone;
  private final long arrived;
  private Performance performance = Performance.without(Performance.Ending.SILENCE);
  private int next;
  private double owedMillis;
  private boolean waited;
  private boolean held;
  private boolean over;
  private @Nullable ScheduledFuture<?> timer;
  private @Nullable ChannelFuture lastWrite;

  /// `whenDone` runs when the answer has been sent whole and the connection may serve another.
  Exchange(Channel channel, long arrived, Runnable whenDone) {
    this.channel = channel;
    this.arrived = arrived;
    this.whenDone = whenDone;
  }

  void play(Performance wanted) {
    performance = wanted;
    if (over) {
      tell(Outcome.End.ABANDONED);
      return;
    }
    Performance.Head head = performance.head();
    if (head == null) {
      end();
    } else {
      after(head.waitMillis(), () -> open(head));
    }
  }

  private void open(Performance.Head head) {
    HttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(head.status()));
    head.headers().forEach(response.headers()::set);
    if (head.length() >= 0) {
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, head.length());
    } else {
      response.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    if (performance.pieces().isEmpty() || performance.pieces().getFirst().waitMillis() > 0) {
      lastWrite = channel.writeAndFlush(response);
    } else {
      lastWrite = channel.write(response);
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
      if (!channel.isWritable()) {
        held = true;
        return;
      }
      waited = false;
      next++;
      lastWrite = channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(piece.bytes())));
    }
    if (!over) {
      end();
    }
  }

  /// The client has taken some of what it was sent.
  void drained() {
    if (held && channel.isWritable()) {
      held = false;
      advance();
    }
  }

  private void end() {
    switch (performance.ending()) {
      case COMPLETE ->
          channel
              .writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
              .addListener(
                  ended -> {
                    over(ended.isSuccess() ? Outcome.End.FINISHED : Outcome.End.ABANDONED);
                    whenDone.run();
                  });
      case CLOSE -> afterLastWrite(() -> breakOff(false));
      case RESET -> afterLastWrite(() -> breakOff(true));
      case SILENCE -> {}
    }
  }

  private void afterLastWrite(Runnable move) {
    if (lastWrite == null) {
      move.run();
    } else {
      channel.flush();
      lastWrite.addListener(_ -> move.run());
    }
  }

  /// Closes the socket under the response. With linger 0 the kernel sends a reset instead of a FIN.
  private void breakOff(boolean reset) {
    over(Outcome.End.CUT);
    if (reset) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    var _ = channel.close();
  }

  private void after(double millis, Runnable move) {
    if (millis < SHORTEST_WAIT_MILLIS) {
      move.run();
      return;
    }
    timer =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  if (!over) {
                    move.run();
                  }
                },
                Math.round(millis),
                TimeUnit.MILLISECONDS);
  }

  /// Nothing more is sent.
  void over(Outcome.End end) {
    if (over) {
      return;
    }
    over = true;
    if (timer != null) {
      timer.cancel(false);
    }
    tell(end);
  }

  private void tell(Outcome.End end) {
    performance
        .whenOver()
        .accept(new Outcome(end, next, Duration.ofNanos(System.nanoTime() - arrived)));
  }
}
