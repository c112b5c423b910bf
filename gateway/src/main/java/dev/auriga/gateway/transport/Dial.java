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
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One connection to an origin being made: the addresses of its host are tried in turn, then TLS is
/// agreed on. Everything in here runs on the loop.
final class Dial {
  /// The caller's own limit is shorter, as a rule.
  private static final int LIMIT_MILLIS = 30_000;

  /// An upstream that takes no more must not hold the socket for long after we left.
  private static final int CLOSE_NOTIFY_MILLIS = 200;

  private final EventLoop loop;
  private final Origin origin;
  private final UpstreamPool pool;
  private final CompletableFuture<UpstreamConnection> outcome = new CompletableFuture<>();
  private @Nullable Channel connecting;

  Dial(EventLoop loop, Origin origin, UpstreamPool pool) {
    this.loop = loop;
    this.origin = origin;
    this.pool = pool;
  }

  /// Completed on the loop: the connection, or why there is none.
  CompletableFuture<UpstreamConnection> outcome() {
    return outcome;
  }

  void startOnLoop(Dialer dialer) {
    var _ =
        dialer
            .waysOnLoop(origin, loop)
            .whenComplete(
                (ways, failed) -> {
                  if (ways != null) {
                    connectOnLoop(ways, 0);
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

  private void connectOnLoop(Dialer.Ways ways, int next) {
    if (outcome.isDone()) {
      return;
    }
    UpstreamConnection connection = new UpstreamConnection(pool, origin);
    SslHandler[] securing = new SslHandler[1];
    ChannelFuture connected =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .disableResolver()
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, LIMIT_MILLIS)
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
        _ -> {
          if (connected.isSuccess()) {
            readyOnLoop(connection, securing[0]);
          } else if (next + 1 < ways.addresses().length) {
            connectOnLoop(ways, next + 1);
          } else {
            outcome.completeExceptionally(connected.cause());
          }
        });
  }

  private SslHandler secured(SslContext tls, Channel made) {
    SslHandler handler = tls.newHandler(made.alloc(), origin.host(), origin.port());
    handler.setHandshakeTimeoutMillis(LIMIT_MILLIS);
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
