// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import dev.auriga.provider.TransportFailure.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One connection to an upstream: serves one exchange after the other, and waits in its pool in
/// between. Everything in here runs on the loop.
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
  private final UpstreamPool pool;
  private final Origin origin;
  private @Nullable Channel channel;
  private @Nullable UpstreamExchange exchange;
  private @Nullable ChannelFuture sent;
  private boolean persists;
  private boolean interim;
  private boolean dialled;
  private long idleSinceNanos;

  UpstreamConnection(UpstreamPool pool, Origin origin) {
    this.pool = pool;
    this.origin = origin;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
  }

  Origin origin() {
    return origin;
  }

  boolean isOpen() {
    return channel != null && channel.isActive();
  }

  long idleSinceNanos() {
    return idleSinceNanos;
  }

  boolean asksForHeadOnly() {
    return exchange != null && exchange.asksForHeadOnly();
  }

  /// From now on the pool is told when it closes.
  void dialledOnLoop() {
    dialled = true;
  }

  /// Sends the request of `next`, from now on the one this connection is there for.
  void serveOnLoop(UpstreamExchange next) {
    Channel open = Objects.requireNonNull(channel);
    exchange = next;
    interim = false;
    sent = next.writeRequestOnLoop(open);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      UpstreamExchange served = exchange;
      if (served == null) {
        closeOnLoop(); // said without being asked
      } else if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
        Throwable cause = part.decoderResult().cause();
        boolean cut = cause instanceof PrematureChannelClosureException;
        failOnLoop(served, cut ? Kind.LOST_BEFORE_HEAD : Kind.UNREADABLE, cause);
      } else {
        readOnLoop(served, message);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void readOnLoop(UpstreamExchange served, Object part) {
    if (part instanceof HttpResponse head) {
      int status = head.status().code();
      interim = status < 200;
      if (status == 101) {
        failOnLoop(served, Kind.UNREADABLE, new IOException("switches to a protocol nobody asked for"));
      } else if (!interim) {
        persists = HttpUtil.isKeepAlive(head);
        served.headOnLoop(status, Fields.read(head.headers()));
      }
    }
    if (part instanceof HttpContent content && !interim) {
      ByteBuf bytes = content.content();
      if (bytes.isReadable()) {
        served.arrivedOnLoop(bytes.retain());
      }
      if (content instanceof LastHttpContent) {
        endOnLoop(served);
      }
    }
  }

  private void endOnLoop(UpstreamExchange served) {
    exchange = null;
    Channel open = Objects.requireNonNull(channel);
    boolean taken = sent != null && sent.isSuccess();
    if (persists && taken && open.isActive()) {
      open.config().setAutoRead(true);
      idleSinceNanos = System.nanoTime();
      pool.giveBackOnLoop(this);
    } else {
      closeOnLoop();
    }
    served.endedOnLoop();
  }

  private void failOnLoop(UpstreamExchange served, Kind kind, Throwable cause) {
    exchange = null;
    closeOnLoop();
    served.failedOnLoop(kind, cause.getClass().getSimpleName() + ": " + cause.getMessage());
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (exchange != null) {
      exchange.readCompleteOnLoop();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (dialled) {
      pool.closedOnLoop(this);
    }
    UpstreamExchange served = exchange;
    if (served != null) {
      exchange = null;
      served.failedOnLoop(Kind.CUT, "the upstream closed the connection");
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    UpstreamExchange served = exchange;
    if (served != null) {
      boolean lost = cause instanceof IOException && !(cause instanceof SSLException);
      failOnLoop(served, lost ? Kind.CUT : Kind.UNREADABLE, cause);
    } else {
      closeOnLoop();
    }
  }

  /// Reads no further, or goes on.
  void readOnLoop(boolean on) {
    if (channel != null) {
      channel.config().setAutoRead(on);
    }
  }

  /// Closes it; whom it served hears nothing of it.
  void closeOnLoop() {
    exchange = null;
    pool.closingOnLoop(this);
    if (channel != null) {
      var _ = channel.close();
    }
  }
}
