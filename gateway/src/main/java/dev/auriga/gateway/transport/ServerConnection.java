// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import dev.auriga.dialect.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One client connection; collects each request on the loop and then has it served.
///
/// Everything in here runs on the connection's loop, except [#isWritable] and [#unsentBytes]. What a
/// client sends behind a request that is still being served waits.
final class ServerConnection extends ChannelInboundHandlerAdapter {
  private static final System.Logger LOG = System.getLogger(ServerConnection.class.getName());

  /// How long, and how much, what a refused client still sends is thrown away, so that it can read why.
  private static final Duration LINGER = Duration.ofSeconds(2);
  private static final long MOST_LINGERING_BYTES = 64 << 20;

  /// Bodies over this are received only from whom the handler wants them.
  private static final long LONG_BODY = 8 * 1024;

  private enum State {
    /// Between requests, or in the middle of a head.
    IDLE,
    /// A body is coming.
    RECEIVING,
    /// A thread is at work.
    SERVING,
    /// The answer is written and on its way out.
    SENDING
  }

  private final ServerLoop server;
  private final Channel channel;
  private final Pipelined waiting = new Pipelined();
  private final Runnable flush = this::flushOnLoop;
  private State state = State.IDLE;
  private long sinceNanos = System.nanoTime();
  private long unsentThen;
  private @Nullable LoopExchange exchange;
  private @Nullable RequestBody body;
  private boolean bodyEnded = true;
  private boolean closing;
  private boolean flushing;

  ServerConnection(ServerLoop server, Channel channel) {
    this.server = server;
    this.channel = channel;
  }

  Channel channel() {
    return channel;
  }

  /* Requests. */

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    HttpObject part = (HttpObject) message;
    if (closing || (state != State.SERVING && state != State.SENDING)) {
      readOnLoop(part);
    } else if (!waiting.add(part)) {
      server.loop().log(LOG, Level.DEBUG, "A client sent too much behind a request being served", null);
      closeOnLoop();
    }
  }

  private void readOnLoop(HttpObject part) {
    try {
      if (closing) {
        if (part instanceof LastHttpContent) {
          bodyEndedOnLoop();
        }
        return; // sent behind the last request there is
      }
      if (part instanceof HttpRequest next) {
        requestOnLoop(next);
      }
      if (part instanceof HttpContent content && !closing) {
        receiveOnLoop(content);
      }
    } finally {
      ReferenceCountUtil.release(part);
    }
  }

  private void requestOnLoop(HttpRequest next) {
    turn(State.RECEIVING);
    bodyEnded = false;
    int fault = Framing.fault(next);
    if (fault != 0) {
      refuseOnLoop(fault);
      return;
    }
    LoopExchange begun = new LoopExchange(server.loop(), this, next, server.limits().write());
    exchange = begun;
    String length = next.headers().get(HttpHeaderNames.CONTENT_LENGTH);
    if (length != null && (length.length() > 18 || Long.parseLong(length) > server.limits().bodyBytes())) {
      unreadOnLoop(begun, server.handler()::tooLarge);
      return;
    }
    boolean chunked = length == null && next.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
    int announced = length == null ? 0 : Integer.parseInt(length);
    if ((chunked || announced > LONG_BODY) && !server.handler().receives(begun)) {
      unreadOnLoop(begun, server.handler()::handle);
      return;
    }
    if (!server.bodyRoom().has(announced)) {
      unreadOnLoop(begun, server.handler()::crowded);
      return;
    }
    body = new RequestBody(announced, server.limits().bodyBytes(), server.bodyRoom());
    if (next.headers().contains(HttpHeaderNames.EXPECT) && !begun.isOldClient()) {
      var _ = channel.writeAndFlush(AnswerBytes.goOn(), channel.voidPromise());
    }
  }

  private void receiveOnLoop(HttpContent content) {
    LoopExchange begun = exchange;
    RequestBody receiving = body;
    if (begun == null || receiving == null) {
      return;
    }
    boolean readable = !content.decoderResult().isFailure();
    bodyEnded = readable && content instanceof LastHttpContent;
    if (!readable) {
      exchange = null;
      refuseOnLoop(400);
      return;
    }
    switch (receiving.add(content.content())) {
      case TOO_LONG -> unreadOnLoop(begun, server.handler()::tooLarge);
      case NO_ROOM -> unreadOnLoop(begun, server.handler()::crowded);
      case KEPT -> {
        if (bodyEnded) {
          body = null;
          serveOnLoop(begun, receiving, server.handler()::handle);
        }
      }
    }
  }

  /// Has the request answered without (the rest of) its body.
  private void unreadOnLoop(LoopExchange begun, ServerLoop.Work answer) {
    closing = true;
    dropBodyOnLoop();
    serveOnLoop(begun, new RequestBody(0, 0, server.bodyRoom()), answer);
  }

  private void serveOnLoop(LoopExchange begun, RequestBody received, ServerLoop.Work answer) {
    turn(State.SERVING);
    server.serving();
    begun.serveOnLoop(
        received.whole(),
        () -> {
          try {
            server.serve(begun, answer);
          } finally {
            received.release();
          }
        });
  }

  private void refuseOnLoop(int status) {
    dropBodyOnLoop();
    ByteBuf refusal =
        AnswerBytes.whole(new LoopExchange.Head(status, Headers.NONE), new byte[0], false, true, channel.alloc());
    endOnLoop(refusal, true);
  }

  private void dropBodyOnLoop() {
    if (body != null) {
      body.release();
      body = null;
    }
  }

  /* Answers. */

  /// Whether the answer under way is the last on this connection.
  boolean closes() {
    return closing || server.draining();
  }

  /// Writes more of the answer; it goes out with what else the loop has to write just now.
  void writeOnLoop(ByteBuf bytes) {
    var _ = channel.write(bytes, channel.voidPromise());
    if (!flushing) {
      flushing = true;
      server.loop().post(flush);
    }
  }

  private void flushOnLoop() {
    flushing = false;
    channel.flush();
  }

  /// Writes the end of the answer, after which the connection `closes` or waits for more.
  void endOnLoop(ByteBuf bytes, boolean closes) {
    closing |= closes;
    turn(State.SENDING);
    ChannelFuture sent = channel.writeAndFlush(bytes);
    if (sent.isDone()) {
      answeredOnLoop();
    } else {
      sent.addListener(_ -> answeredOnLoop());
    }
  }

  private void answeredOnLoop() {
    exchange = null;
    if (!channel.isActive()) {
      return;
    }
    turn(State.IDLE);
    if (!closes()) {
      goOnOnLoop();
    } else if (bodyEnded) {
      closeOnLoop();
    } else {
      lingerOnLoop();
    }
  }

  /// Says that nothing more comes, and closes when the client has seen it or has had the time to.
  private void lingerOnLoop() {
    closing = true;
    channel.pipeline().addFirst(new Drain(MOST_LINGERING_BYTES));
    var _ = ((DuplexChannel) channel).shutdownOutput();
    var _ = channel.eventLoop().schedule(this::closeOnLoop, LINGER.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Turns to what came while another request was being served.
  private void goOnOnLoop() {
    while (!waiting.isEmpty() && (closing || state == State.IDLE || state == State.RECEIVING)) {
      readOnLoop(waiting.next());
    }
  }

  /// A refused client has sent all it had to; it can be closed, if it has been told why.
  private void bodyEndedOnLoop() {
    bodyEnded = true;
    if (state == State.IDLE) {
      closeOnLoop();
    }
  }

  /// Whether little enough is unsent to write more.
  boolean isWritable() {
    return channel.isWritable();
  }

  /// How much has been written that the client has not taken.
  long unsentBytes() {
    var buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (exchange != null) {
      exchange.roomOnLoop();
    }
  }

  /* The end. */

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    waiting.release();
    dropBodyOnLoop();
    server.closedOnLoop(this);
    LoopExchange left = exchange;
    exchange = null;
    if (left != null) {
      left.leaveOnLoop();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    server.loop().log(LOG, Level.DEBUG, "A connection failed", cause);
    closeOnLoop();
  }

  /// Closes at once; what the client does not take just now is dropped. An answer under way that would
  /// end with the connection is cut by a reset, lest it pass for whole.
  void closeOnLoop() {
    if (flushing) {
      flushOnLoop();
    }
    if (exchange != null && exchange.endsByClosingOnLoop() && channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    var _ = channel.close();
  }

  /// Closes when there is nothing under way, else after the answer.
  void drainOnLoop() {
    if (state == State.IDLE) {
      closeOnLoop();
    }
  }

  /// Closes what has been quiet or slow for too long.
  void sweepOnLoop(long now) {
    long age = now - sinceNanos;
    switch (state) {
      case IDLE -> {
        if (age > server.limits().idle().toNanos()) {
          closeOnLoop();
        }
      }
      case RECEIVING -> {
        if (age > server.limits().receive().toNanos()) {
          exchange = null;
          refuseOnLoop(408);
        }
      }
      case SENDING -> {
        long unsent = unsentBytes();
        if (unsent != unsentThen) {
          unsentThen = unsent;
          sinceNanos = now;
        } else if (age > server.limits().write().toNanos()) {
          closeOnLoop();
        }
      }
      case SERVING -> {}
    }
  }

  private void turn(State next) {
    state = next;
    sinceNanos = System.nanoTime();
  }
}
