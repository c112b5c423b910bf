// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.auriga.sandbox.protocol.Ask;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One loopback port with a service behind it. It can be taken down, which closes the socket and
/// every connection, and brought up again on the same number. Guarded by its monitor; never called
/// from a loop.
public final class Port implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Port.class.getName());
  private static final String LOOPBACK = "127.0.0.1";
  private static final int SECONDS_TO_CLOSE = 5;
  private static final int MOST_LINE_BYTES = 16 * 1024;
  private static final int MOST_HEAD_BYTES = 64 * 1024;
  private static final int MOST_BODY_BYTES = 256 * 1024 * 1024;

  private final Loops loops;
  private final Service service;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private @Nullable Channel listener;
  private int number;
  private volatile boolean down;

  private Port(Loops loops, int number, Service service) {
    this.loops = loops;
    this.number = number;
    this.service = service;
  }

  /// Opens a port; number 0 takes any free one.
  public static Port open(Loops loops, int number, Service service) {
    Port port = new Port(loops, number, service);
    port.up();
    return port;
  }

  /// The port's number, the same after it was down.
  public synchronized int number() {
    return number;
  }

  /// Whether it listens.
  public synchronized boolean isUp() {
    return listener != null;
  }

  /// Listens again; does nothing when it already does.
  public synchronized void up() {
    if (listener != null) {
      return;
    }
    ChannelFuture bound = bootstrap().bind(LOOPBACK, number).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IllegalStateException("the sandbox could not open port " + number, bound.cause());
    }
    listener = bound.channel();
    number = ((InetSocketAddress) bound.channel().localAddress()).getPort();
    down = false;
  }

  private ServerBootstrap bootstrap() {
    return new ServerBootstrap()
        .group(loops.group())
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, 4096)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel accepted) {
                accepted
                    .pipeline()
                    .addLast(
                        new HttpServerCodec(MOST_LINE_BYTES, MOST_HEAD_BYTES, MOST_LINE_BYTES),
                        new HttpServerKeepAliveHandler(),
                        new HttpObjectAggregator(MOST_BODY_BYTES),
                        new Connection(Port.this));
              }
            });
  }

  /// Closes the socket and all connections; does nothing when it is down.
  public synchronized void down() {
    if (listener == null) {
      return;
    }
    down = true;
    listener.close().awaitUninterruptibly();
    listener = null;
    connections.close().awaitUninterruptibly();
    awaitRefusal();
  }

  /// The kernel goes on accepting for a moment after the close, until the selector lets go of the
  /// socket; whoever takes a port down relies on its being closed.
  private void awaitRefusal() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_CLOSE);
    while (number != 0 && System.nanoTime() < deadline) {
      try (Socket probe = new Socket()) {
        probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), number), 200);
      } catch (IOException _) {
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  boolean isGoingDown() {
    return down;
  }

  @Override
  public void close() {
    down();
  }

  /// A connection that came in; one that comes in while the port goes down is closed.
  void opened(Channel connection) {
    connections.add(connection);
    if (down) {
      var _ = connection.close();
    }
  }

  /// Has `ask` performed and played on `loop`.
  void perform(Ask ask, Exchange exchange, EventLoop loop) {
    if (service.blocks()) {
      Thread.startVirtualThread(
          () -> {
            Performance performance = performed(ask);
            loop.execute(() -> exchange.play(performance));
          });
    } else {
      exchange.play(performed(ask));
    }
  }

  private Performance performed(Ask ask) {
    try {
      return service.perform(ask);
    } catch (RuntimeException bug) {
      LOG.log(
          System.Logger.Level.ERROR,
          "the sandbox failed at " + ask.method() + " " + ask.path(),
          bug);
      byte[] body =
          ("{\"error\":\"a bug in the sandbox: " + bug.getClass().getSimpleName() + "\"}")
              .getBytes(UTF_8);
      Map<String, String> headers =
          Map.of("content-type", "application/json", "x-sandbox-bug", "true");
      return new Performance(
          new Performance.Head(500, headers, body.length, 0),
          List.of(new Performance.Piece(0, body)),
          Performance.Ending.COMPLETE,
          _ -> {});
    }
  }
}
