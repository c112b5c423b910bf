// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.metrics;

import dev.auriga.Orchestrator;
import dev.auriga.engine.Fleet;
import dev.auriga.observe.Observer;
import dev.auriga.observe.RequestRecord;
import dev.auriga.provider.Deployment;
import dev.auriga.records.Records;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Measures what the records say. Thread-safe; noting a record takes a few lookups and no lock.
///
/// The labels are the names of the configuration: whatever else a client asks for is counted under
/// `other`, so that nobody can fill the memory with names.
public final class Metrics implements Observer {
  private static final String OTHER = "other";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicInteger inFlight = new AtomicInteger();
  private final RouteMeters otherRoutes = new RouteMeters(OTHER, registry);
  private volatile Map<String, RouteMeters> routes = Map.of();
  private volatile Map<String, DeploymentMeters> deployments = Map.of();

  public Metrics() {
    Gauge.builder(MetricNames.IN_FLIGHT, inFlight, AtomicInteger::get).register(registry);
  }

  /// From now on the routes and deployments of `orchestrator` are known by their names.
  public void know(Orchestrator orchestrator) {
    Map<String, RouteMeters> named = new HashMap<>();
    orchestrator.policy().names().forEach(name -> named.put(name, new RouteMeters(name, registry)));
    routes = Map.copyOf(named);
    FunctionCounter.builder(MetricNames.RECORDS_LOST, orchestrator.records(), Records::lost)
        .register(registry);
    Fleet fleet = orchestrator.fleet();
    Map<String, DeploymentMeters> measured = new HashMap<>();
    for (Deployment deployment : fleet.deployments()) {
      String name = deployment.name();
      measured.put(name, new DeploymentMeters(name, registry));
      Gauge.builder(MetricNames.COOLDOWN, fleet.breaker(name), each -> each.cooldownLeft().toMillis() / 1000.0)
          .tag(MetricNames.DEPLOYMENT, name)
          .baseUnit("seconds")
          .strongReference(true)
          .register(registry);
    }
    deployments = Map.copyOf(measured);
  }

  /// A request has begun to be answered; [#left] follows.
  public void entered() {
    inFlight.incrementAndGet();
  }

  public void left() {
    inFlight.decrementAndGet();
  }

  @Override
  public void ended(RequestRecord request) {
    routes.getOrDefault(request.route(), otherRoutes).note(request);
    List<RequestRecord.Attempt> attempts = request.attempts();
    DeploymentMeters server = null;
    for (RequestRecord.Attempt attempt : attempts) {
      DeploymentMeters meters = deployments.get(attempt.deployment());
      if (meters != null) {
        meters.attempted(attempt.failure());
        server = attempt.failure() == null ? meters : server;
      }
    }
    if (server != null) {
      server.served(request.usage(), request.cost());
    }
  }

  /// Everything measured, in Prometheus' text format.
  String text() {
    return registry.scrape();
  }
}
