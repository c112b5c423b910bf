// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import dev.auriga.dialect.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One client connection; collects each request on the loop and then has it served.
///
/// Everything in here runs on the connection's loop, except [#isWritable] and [#unsentBytes]. What a
/// client sends behind a request that is still being served waits.
final class ServerConnection extends ChannelInboundHandlerAdapter {
  private static final System.Logger LOG = System.getLogger(ServerConnection.class.getName());

  /// How long what a refused client still sends is read and thrown away, so that it can read why.
  private static final Duration LINGER = Duration.ofSeconds(2);

  /// Bodies over this are received only from whom the handler wants them.
  private static final long LONG_BODY = 64 * 1024;

  /// With more than this many bytes of requests waiting, the connection is closed. Reading less would
  /// keep us from noticing that the client leaves.
  private static final int MOST_WAITING_BYTES = 256 * 1024;

  /// What a part of a request takes beside its text, about.
  private static final int PART_BYTES = 256;

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
  private final ArrayDeque<HttpObject> waiting = new ArrayDeque<>();
  private final Runnable flush = this::flushOnLoop;
  private int waitingBytes;
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
    } else {
      waiting.add(part);
      waitingBytes += bytes(part);
      if (waitingBytes > MOST_WAITING_BYTES) {
        LOG.log(Level.DEBUG, "A client sent too much behind a request that is being served");
        closeOnLoop();
      }
    }
  }

  private static int bytes(HttpObject part) {
    int bytes = PART_BYTES;
    if (part instanceof HttpRequest head) {
      bytes += head.uri().length();
      for (var field : head.headers()) {
        bytes += field.getKey().length() + field.getValue().length();
      }
    }
    return part instanceof HttpContent content ? bytes + content.content().readableBytes() : bytes;
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
    body = new RequestBody(announced, server.limits().bodyBytes());
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
    bodyEnded = content instanceof LastHttpContent;
    if (content.decoderResult().isFailure()) {
      exchange = null;
      refuseOnLoop(400);
    } else if (!receiving.add(content.content())) {
      unreadOnLoop(begun, server.handler()::tooLarge);
    } else if (bodyEnded) {
      serveOnLoop(begun, receiving.whole(), server.handler()::handle);
    }
  }

  /// Has the request answered without (the rest of) its body.
  private void unreadOnLoop(LoopExchange begun, ServerLoop.Work answer) {
    closing = true;
    serveOnLoop(begun, new byte[0], answer);
  }

  private void serveOnLoop(LoopExchange begun, byte[] whole, ServerLoop.Work answer) {
    body = null;
    turn(State.SERVING);
    server.serving();
    begun.serveOnLoop(whole, () -> server.serve(begun, answer));
  }

  private void refuseOnLoop(int status) {
    closing = true;
    body = null;
    turn(State.SENDING);
    ByteBuf refusal =
        AnswerBytes.whole(new LoopExchange.Head(status, Headers.NONE), new byte[0], false, true, channel.alloc());
    channel.writeAndFlush(refusal).addListener(ChannelFutureListener.CLOSE);
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
      closing = true;
      var _ = channel.eventLoop().schedule(this::closeOnLoop, LINGER.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /// Turns to what came while another request was being served.
  private void goOnOnLoop() {
    while (!waiting.isEmpty() && (closing || state == State.IDLE || state == State.RECEIVING)) {
      HttpObject part = waiting.remove();
      waitingBytes -= bytes(part);
      readOnLoop(part);
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
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
    server.closedOnLoop(this);
    LoopExchange left = exchange;
    exchange = null;
    if (left != null) {
      left.leaveOnLoop();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.log(Level.DEBUG, "A connection failed", cause);
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
