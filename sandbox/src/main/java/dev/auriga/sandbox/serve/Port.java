// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.auriga.sandbox.protocol.Ask;
import dev.auriga.sandbox.protocol.Json;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// One loopback port with a service behind it. It can be taken down, which closes the socket and
/// every connection, and brought up again on the same number. Each event loop has its own server on
/// the port, so that load spreads. Guarded by its monitor; never called from a loop.
public final class Port implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Port.class.getName());
  private static final String LOOPBACK = "127.0.0.1";
  private static final int MOST_TRIES = 10;
  private static final int SECONDS_TO_CLOSE = 5;

  private final Loops loops;
  private final Service service;
  private final List<HttpServer> servers = new ArrayList<>();
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
    return !servers.isEmpty();
  }

  /// Listens again; does nothing when it already does.
  public synchronized void up() {
    if (!servers.isEmpty()) {
      return;
    }
    down = false;
    for (int tries = 1; number == 0; tries++) {
      int free = freePort();
      try {
        listen(free);
        number = free;
      } catch (IllegalStateException taken) {
        down();
        if (tries == MOST_TRIES) {
          throw taken;
        }
      }
    }
    if (servers.isEmpty()) {
      listen(number);
    }
    down = false;
  }

  /// Several servers can share a port only when its number is known beforehand.
  private void listen(int wanted) {
    for (int loop = 0; loop < loops.count(); loop++) {
      HttpServer server = loops.vertx().createHttpServer(options()).requestHandler(this::receive);
      servers.add(Loops.settled(server.listen(wanted, LOOPBACK)));
    }
  }

  /// A port that is free now; someone else may take it before we do, so the caller tries again.
  private static int freePort() {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException failure) {
      throw new IllegalStateException("no free loopback port", failure);
    }
  }

  /// Closes the socket and all connections; does nothing when it is down.
  public synchronized void down() {
    if (servers.isEmpty()) {
      return;
    }
    down = true;
    servers.forEach(server -> Loops.settled(server.close()));
    servers.clear();
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

  private static HttpServerOptions options() {
    return new HttpServerOptions()
        .setTcpNoDelay(true)
        .setReuseAddress(true)
        .setAcceptBacklog(4096)
        .setHttp2ClearTextEnabled(false)
        .setMaxHeaderSize(64 * 1024)
        .setMaxInitialLineLength(16 * 1024);
  }

  private void receive(HttpServerRequest request) {
    long arrived = System.nanoTime();
    Context loop = loops.vertx().getOrCreateContext();
    request
        .body()
        .onSuccess(
            body -> {
              Ask ask = ask(request, body.getBytes());
              Exchange exchange = new Exchange(this, loops.vertx(), request, arrived);
              if (service.blocks()) {
                Thread.startVirtualThread(
                    () -> {
                      Performance performance = performed(ask);
                      loop.runOnContext(_ -> exchange.play(performance));
                    });
              } else {
                exchange.play(performed(ask));
              }
            });
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

  private static Ask ask(HttpServerRequest request, byte[] body) {
    QueryStringDecoder target = new QueryStringDecoder(request.uri());
    Map<String, String> query = new LinkedHashMap<>();
    target.parameters().forEach((name, values) -> query.put(name, values.getFirst()));
    Map<String, List<String>> headers = new LinkedHashMap<>();
    request
        .headers()
        .forEach(
            (name, value) ->
                headers
                    .computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(value));
    return new Ask(request.method().name(), target.path(), query, headers, body, Json.read(body));
  }
}
