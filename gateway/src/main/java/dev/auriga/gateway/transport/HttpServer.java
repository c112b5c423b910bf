// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import dev.auriga.resilience.Room;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An HTTP/1.1 server that reads each request whole on an event loop and serves it on one virtual
/// thread, which blocks as it likes.
///
/// A client that leaves interrupts the thread that serves it. Requests that can be read in two ways
/// are refused.
public final class HttpServer implements AutoCloseable {
  /// How long handlers may take to come to an end after their connections were closed.
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private static final System.Logger LOG = System.getLogger(HttpServer.class.getName());

  /// Where to listen, and the limits.
  ///
  /// @param port 0 takes a free one
  /// @param bodies the room for the bodies of all requests in flight; over it, [Handler#crowded] answers
  public record Settings(String host, int port, Limits limits, Room bodies) {
    private static final long USUAL_BODIES = 128 * 1024 * 1024;

    public static Settings on(String host, int port) {
      return new Settings(host, port, Limits.USUAL, new Room(USUAL_BODIES));
    }

    public Settings withLimits(Limits limits) {
      return new Settings(host, port, limits, bodies);
    }

    public Settings withBodies(Room room) {
      return new Settings(host, port, limits, room);
    }
  }

  /// What one client, or all of them, may take.
  ///
  /// @param headBytes of the header fields of a request; its first line has 8 KiB
  /// @param bodyBytes of a request body; over it, [Handler#tooLarge] answers
  /// @param connections open at once; more are closed as they come
  /// @param idle between requests, and for the head of one to come
  /// @param receive for the body of a request to come
  /// @param write without the client taking anything of an answer
  /// @param drain for answers under way when the server closes
  public record Limits(
      int headBytes,
      int bodyBytes,
      int connections,
      Duration idle,
      Duration receive,
      Duration write,
      Duration drain) {
    public static final Limits USUAL =
        new Limits(
            32 * 1024,
            32 * 1024 * 1024,
            20_000,
            Duration.ofSeconds(75),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            Duration.ofSeconds(30));

    public Limits withBodyBytes(int bytes) {
      return new Limits(headBytes, bytes, connections, idle, receive, write, drain);
    }

    public Limits withConnections(int most) {
      return new Limits(headBytes, bodyBytes, most, idle, receive, write, drain);
    }

    public Limits withIdle(Duration limit) {
      return new Limits(headBytes, bodyBytes, connections, limit, receive, write, drain);
    }

    public Limits withReceive(Duration limit) {
      return new Limits(headBytes, bodyBytes, connections, idle, limit, write, drain);
    }

    public Limits withWrite(Duration limit) {
      return new Limits(headBytes, bodyBytes, connections, idle, receive, limit, drain);
    }

    public Limits withDrain(Duration limit) {
      return new Limits(headBytes, bodyBytes, connections, idle, receive, write, limit);
    }
  }

  private final EventLoops loops;
  private final boolean ownsLoops;
  private final Limits limits;
  private final Map<io.netty.channel.EventLoop, ServerLoop> parts;
  private final Room bodyRoom;
  private final AtomicInteger connections = new AtomicInteger();
  // Connections and threads that serve, and the server as one, so that it is only quiet once it is closed.
  private final AtomicInteger busy = new AtomicInteger(1);
  private final CountDownLatch quiet = new CountDownLatch(1);
  private final AtomicBoolean draining = new AtomicBoolean();
  private @Nullable Channel listener;

  private HttpServer(EventLoops loops, boolean ownsLoops, Settings settings, Handler handler) {
    this.loops = loops;
    this.ownsLoops = ownsLoops;
    this.limits = settings.limits();
    this.bodyRoom = settings.bodies();
    this.parts =
        loops.all().stream()
            .collect(Collectors.toMap(EventLoop::netty, loop -> new ServerLoop(this, loop, handler, limits)));
  }

  /// Listens, on event loops of its own.
  public static HttpServer start(Settings settings, Handler handler) {
    EventLoops loops = EventLoops.start();
    return start(loops, true, settings, handler);
  }

  /// Listens on `loops`, which are shared with the [LoopTransport] and closed after this.
  ///
  /// Throws [IllegalStateException] when the address cannot be had.
  public static HttpServer start(EventLoops loops, Settings settings, Handler handler) {
    return start(loops, false, settings, handler);
  }

  private static HttpServer start(
      EventLoops loops, boolean ownsLoops, Settings settings, Handler handler) {
    HttpServer server = new HttpServer(loops, ownsLoops, settings, handler);
    ChannelFuture bound =
        server.bootstrap().bind(new InetSocketAddress(settings.host(), settings.port())).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      server.close();
      throw new IllegalStateException(
          "cannot listen on " + settings.host() + ":" + settings.port(), bound.cause());
    }
    server.listener = bound.channel();
    server.parts.values().forEach(ServerLoop::startSweeping);
    return server;
  }

  private ServerBootstrap bootstrap() {
    return new ServerBootstrap()
        .group(loops.group())
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, 1024)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childOption(
            ChannelOption.WRITE_BUFFER_WATER_MARK,
            new WriteBufferWaterMark((int) Outflow.LOW, (int) Outflow.HIGH))
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel accepted) {
                Objects.requireNonNull(parts.get(accepted.eventLoop())).connectedOnLoop(accepted);
              }
            });
  }

  /// The port it listens on.
  public int port() {
    return ((InetSocketAddress) Objects.requireNonNull(listener).localAddress()).getPort();
  }

  /// What carries the threads that serve.
  public Threads mode() {
    return loops.mode();
  }

  Room bodyRoom() {
    return bodyRoom;
  }

  boolean draining() {
    return draining.get();
  }

  boolean admitConnection() {
    if (connections.incrementAndGet() > limits.connections() || draining.get()) {
      connections.decrementAndGet();
      return false;
    }
    busy.incrementAndGet();
    return true;
  }

  void connectionLeft() {
    connections.decrementAndGet();
    rest();
  }

  void serving() {
    busy.incrementAndGet();
  }

  void served() {
    rest();
  }

  private void rest() {
    if (busy.decrementAndGet() == 0) {
      quiet.countDown();
    }
  }

  /// Accepts no more, waits for the answers under way as long as the drain limit, then closes their
  /// connections and waits a few seconds for the interrupted handlers.
  @Override
  public void close() {
    if (draining.getAndSet(true)) {
      return;
    }
    if (listener != null) {
      var _ = listener.close().awaitUninterruptibly(LAST_WORDS.toMillis());
    }
    parts.values().forEach(part -> part.loop().post(part::drainOnLoop));
    rest();
    try {
      if (!quiet.await(limits.drain().toMillis(), TimeUnit.MILLISECONDS)) {
        parts.values().forEach(part -> part.loop().post(part::cutOnLoop));
        if (!quiet.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
          LOG.log(Level.WARNING, "{0} requests are still being served while the server closes", busy.get());
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    parts.values().forEach(ServerLoop::stopSweeping);
    if (ownsLoops) {
      loops.close();
    }
  }
}
