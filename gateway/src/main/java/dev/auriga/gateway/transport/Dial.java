// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One connection to an origin being made: the addresses of its host are tried in turn, then TLS is
/// agreed on. Everything in here runs on the loop.
final class Dial {
  /// However long the caller would wait.
  private static final int MOST_MILLIS = 30_000;

  /// An upstream that takes no more must not hold the socket for long after we left.
  private static final int CLOSE_NOTIFY_MILLIS = 200;

  private final EventLoop loop;
  private final Origin origin;
  private final UpstreamPool pool;
  private final long dueNanos;
  private final CompletableFuture<UpstreamConnection> outcome = new CompletableFuture<>();
  private @Nullable Channel connecting;

  /// Each address gets its share of what is left of `limit` when its turn comes.
  Dial(EventLoop loop, Origin origin, UpstreamPool pool, Duration limit) {
    this.loop = loop;
    this.origin = origin;
    this.pool = pool;
    this.dueNanos = System.nanoTime() + limit.toNanos();
  }

  /// Completed on the loop: the connection, or why there is none.
  CompletableFuture<UpstreamConnection> outcome() {
    return outcome;
  }

  /// Connects by the ways that are `known` soon; they are told on the loop.
  void startOnLoop(CompletableFuture<Dialer.Ways> known) {
    var _ =
        known.whenComplete(
            (ways, failed) -> {
              if (ways != null) {
                tryOnLoop(ways, 0);
              } else {
                outcome.completeExceptionally(failed);
              }
            });
  }

  /// Makes no connection any more.
  void cancelOnLoop() {
    outcome.cancel(false);
    if (connecting != null) {
      var _ = connecting.close();
    }
  }

  private void tryOnLoop(Dialer.Ways ways, int next) {
    if (outcome.isDone()) {
      return;
    }
    try {
      connectOnLoop(ways, next);
    } catch (RuntimeException unusable) { // a port there cannot be
      outcome.completeExceptionally(unusable);
    }
  }

  private int millisFor(Dialer.Ways ways, int next) {
    long left = TimeUnit.NANOSECONDS.toMillis(dueNanos - System.nanoTime());
    return Math.clamp(left / (ways.addresses().length - next), 1, MOST_MILLIS);
  }

  private void connectOnLoop(Dialer.Ways ways, int next) {
    UpstreamConnection connection = new UpstreamConnection(pool, origin);
    SslHandler[] securing = new SslHandler[1];
    ChannelFuture connected =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .disableResolver()
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millisFor(ways, next))
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel made) {
                    if (ways.tls() != null) {
                      securing[0] = secured(ways.tls(), made);
                      made.pipeline().addLast(securing[0]);
                    }
                    made.pipeline().addLast(new ReplyDecoder(connection), connection);
                  }
                })
            .connect(new InetSocketAddress(ways.addresses()[next], origin.port()));
    connecting = connected.channel();
    connected.addListener(
        _ ->
            onLoop(
                () -> {
                  if (connected.isSuccess()) {
                    readyOnLoop(connection, securing[0]);
                  } else if (next + 1 < ways.addresses().length) {
                    tryOnLoop(ways, next + 1);
                  } else {
                    outcome.completeExceptionally(connected.cause());
                  }
                }));
  }

  /// Runs `step` on the loop: Netty tells of what it could not register on another thread.
  private void onLoop(Runnable step) {
    if (loop.inEventLoop()) {
      step.run();
      return;
    }
    try {
      loop.execute(step);
    } catch (RejectedExecutionException stopped) {
      outcome.completeExceptionally(stopped);
    }
  }

  private SslHandler secured(SslContext tls, Channel made) {
    SslHandler handler = tls.newHandler(made.alloc(), origin.host(), origin.port());
    handler.setHandshakeTimeoutMillis(MOST_MILLIS);
    handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
    return handler;
  }

  private void readyOnLoop(UpstreamConnection connection, @Nullable SslHandler securing) {
    if (securing == null) {
      offerOnLoop(connection);
      return;
    }
    securing
        .handshakeFuture()
        .addListener(
            agreed -> {
              if (agreed.isSuccess()) {
                offerOnLoop(connection);
              } else {
                connection.closeOnLoop();
                outcome.completeExceptionally(agreed.cause());
              }
            });
  }

  private void offerOnLoop(UpstreamConnection connection) {
    if (outcome.isDone()) {
      connection.closeOnLoop();
    } else if (connection.isOpen()) {
      connection.dialledOnLoop();
      outcome.complete(connection);
    } else {
      outcome.completeExceptionally(new ClosedChannelException());
    }
  }
}
