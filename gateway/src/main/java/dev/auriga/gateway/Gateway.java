// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import dev.auriga.Orchestrator;
import dev.auriga.config.Config;
import dev.auriga.gateway.metrics.Metrics;
import dev.auriga.gateway.metrics.MetricsPage;
import dev.auriga.gateway.transport.EventLoops;
import dev.auriga.gateway.transport.HttpServer;
import dev.auriga.gateway.transport.Threads;
import java.net.URI;
import java.util.List;

/// A running gateway: an HTTP server in front of an orchestrator.
///
/// Closing stops accepting, lets answers under way finish within the configured limit, and leaves
/// the orchestrator to whoever made it. Thread-safe.
public final class Gateway implements AutoCloseable {
  private final HttpServer server;
  private final Config config;

  private Gateway(HttpServer server, Config config) {
    this.server = server;
    this.config = config;
  }

  /// Starts to listen where the orchestrator's configuration says, on `loops`, which stay the
  /// caller's.
  ///
  /// `metrics` are those the orchestrator tells its records to; they are shown at `/metrics`. `keys`
  /// are who may call; an empty list is refused, because a gateway without keys would serve
  /// everybody. Throws [IllegalStateException] when the address cannot be listened on.
  public static Gateway start(
      Orchestrator orchestrator, List<Key> keys, EventLoops loops, Metrics metrics) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("a gateway needs at least one key");
    }
    metrics.know(orchestrator);
    Config config = orchestrator.config();
    HttpServer.Limits limits =
        HttpServer.Limits.USUAL
            .withBodyBytes(config.limits().bodyBytes())
            .withDrain(config.limits().drain());
    HttpServer server =
        HttpServer.start(
            loops,
            HttpServer.Settings.on(config.listen().host(), config.listen().port())
                .withLimits(limits)
                .withBodies(orchestrator.bodies()),
            new Front(orchestrator, new Keys(keys), new MetricsPage(metrics, loops)));
    return new Gateway(server, config);
  }

  /// Where it listens, such as `http://127.0.0.1:8080`.
  public URI address() {
    String host = config.listen().host();
    return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port());
  }

  /// How the server's threads run, for the line that says so at the start.
  public Threads threads() {
    return server.mode();
  }

  @Override
  public void close() {
    server.close();
  }
}
