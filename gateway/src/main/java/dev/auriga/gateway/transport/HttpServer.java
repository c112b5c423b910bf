// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// An HTTP/1.1 server that reads each request whole on an event loop and serves it on one virtual
/// thread, which blocks as it likes.
///
/// A client that leaves interrupts the thread that serves it. Requests that can be read in two ways
/// are refused.
public final class HttpServer implements AutoCloseable {
  static final int MAX_LINE_BYTES = 8 * 1024;
  static final int MAX_PIECE_BYTES = 64 * 1024;

  /// How long handlers may take to come to an end after their connections were closed.
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  /// Tells the servers apart that listen on a free port, each on the same one with all its loops.
  private static final AtomicInteger SERVERS = new AtomicInteger();

  private static final System.Logger LOG = System.getLogger(HttpServer.class.getName());

  /// Where to listen, and the limits.
  ///
  /// @param port 0 takes a free one
  public record Settings(String host, int port, Limits limits) {
    public static Settings on(String host, int port) {
      return new Settings(host, port, Limits.USUAL);
    }

    public Settings withLimits(Limits limits) {
      return new Settings(host, port, limits);
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
  private final List<io.vertx.core.http.HttpServer> listeners = new ArrayList<>();
  private final List<ServerLoop> parts = new ArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  // The server counts as one, so that it is only quiet once it is closed.
  private final AtomicInteger serving = new AtomicInteger(1);
  private final CountDownLatch quiet = new CountDownLatch(1);
  private final AtomicBoolean draining = new AtomicBoolean();
  private int port;

  private HttpServer(EventLoops loops, boolean ownsLoops, Limits limits) {
    this.loops = loops;
    this.ownsLoops = ownsLoops;
    this.limits = limits;
  }

  /// Listens, on event loops of its own.
  public static HttpServer start(Settings settings, Handler handler) {
    EventLoops loops = EventLoops.start();
    return start(loops, true, settings, handler);
  }

  /// Listens on `loops`, which are shared with the [VertxTransport] and closed after this.
  ///
  /// Throws [IllegalStateException] when the address cannot be had.
  public static HttpServer start(EventLoops loops, Settings settings, Handler handler) {
    return start(loops, false, settings, handler);
  }

  private static HttpServer start(
      EventLoops loops, boolean ownsLoops, Settings settings, Handler handler) {
    HttpServer server = new HttpServer(loops, ownsLoops, settings.limits());
    HttpServerOptions options = options(settings);
    SocketAddress address =
        settings.port() == 0
            ? SocketAddress.sharedRandomPort(SERVERS.incrementAndGet(), settings.host())
            : SocketAddress.inetSocketAddress(settings.port(), settings.host());
    for (EventLoop loop : loops.all()) {
      ServerLoop part = new ServerLoop(server, loop, handler, settings.limits());
      server.parts.add(part);
      io.vertx.core.http.HttpServer listener =
          loops
              .vertx()
              .createHttpServer(options)
              .connectionHandler(part::connectedOnLoop)
              .requestHandler(part::requestOnLoop)
              .exceptionHandler(lost -> LOG.log(Level.DEBUG, "A connection failed", lost));
      server.listeners.add(listener);
      CompletableFuture<io.vertx.core.http.HttpServer> bound = new CompletableFuture<>();
      loop.context()
          .runOnContext(
              _ -> {
                part.startSweepingOnLoop();
                listener.listen(address).onComplete(bound::complete, bound::completeExceptionally);
              });
      try {
        server.port = bound.join().actualPort();
      } catch (CompletionException unbound) {
        server.close();
        throw new IllegalStateException(
            "cannot listen on " + settings.host() + ":" + settings.port(), unbound.getCause());
      }
    }
    return server;
  }

  private static HttpServerOptions options(Settings settings) {
    return new HttpServerOptions()
        .setTcpNoDelay(true)
        .setTcpKeepAlive(true)
        .setAcceptBacklog(1024)
        .setHttp2ClearTextEnabled(false)
        // No WebSockets here: their handlers would stand in the way of every request.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setHandle100ContinueAutomatically(false)
        .setMaxHeaderSize(settings.limits().headBytes())
        .setMaxInitialLineLength(MAX_LINE_BYTES)
        .setMaxChunkSize(MAX_PIECE_BYTES);
  }

  /// The port it listens on.
  public int port() {
    return port;
  }

  /// What carries the threads that serve.
  public Threads mode() {
    return loops.mode();
  }

  boolean draining() {
    return draining.get();
  }

  boolean admitConnection() {
    if (connections.incrementAndGet() <= limits.connections()) {
      return true;
    }
    connections.decrementAndGet();
    return false;
  }

  void connectionLeft() {
    connections.decrementAndGet();
  }

  void serving() {
    serving.incrementAndGet();
  }

  void served() {
    if (serving.decrementAndGet() == 0) {
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
    List<Future<Void>> drained =
        listeners.stream().map(listener -> listener.shutdown(limits.drain())).toList();
    try {
      long patience = limits.drain().plus(LAST_WORDS).toMillis();
      Future.join(drained).toCompletionStage().toCompletableFuture().get(patience, TimeUnit.MILLISECONDS);
      served();
      if (!quiet.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(Level.WARNING, "{0} requests are still being served while the server closes", serving.get());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException unclean) {
      LOG.log(Level.WARNING, "The server did not close cleanly", unclean);
    }
    parts.forEach(ServerLoop::stopSweeping);
    if (ownsLoops) {
      loops.close();
    }
  }
}
