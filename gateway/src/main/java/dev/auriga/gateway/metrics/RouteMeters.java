// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.metrics;

import dev.auriga.completion.Loss;
import dev.auriga.completion.Operation;
import dev.auriga.observe.RequestRecord;
import dev.auriga.observe.RequestRecord.Ending;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.IntStream;

/// What is measured of one route. Thread-safe.
final class RouteMeters {
  /// The boundaries that OpenTelemetry advises for durations, in milliseconds.
  private static final Duration[] BOUNDARIES =
      IntStream.of(10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120, 10_240, 20_480, 40_960, 81_920)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRow<Operation, MeterRow<Ending, Counter>> requests;
  private final MeterRow<Ending, Counter> shadows;
  private final MeterRow<Loss.Reason, Counter> losses;
  private final MeterRow<Operation, Timer> durations;
  private final MeterRow<Operation, Timer> firstChunks;

  RouteMeters(String route, MeterRegistry registry) {
    this.requests =
        new MeterRow<>(
            operation -> new MeterRow<>(ending -> requests(route, operation, ending).register(registry)));
    this.shadows =
        new MeterRow<>(
            ending ->
                Counter.builder(MetricNames.SHADOWS)
                    .tag(MetricNames.ROUTE, route)
                    .tag(MetricNames.ENDING, token(ending))
                    .register(registry));
    this.losses =
        new MeterRow<>(
            reason ->
                Counter.builder(MetricNames.LOSSES)
                    .tag(MetricNames.ROUTE, route)
                    .tag(MetricNames.REASON, reason.token())
                    .register(registry));
    this.durations =
        new MeterRow<>(operation -> timer(MetricNames.DURATION, route, operation).register(registry));
    this.firstChunks =
        new MeterRow<>(
            operation -> timer(MetricNames.FIRST_CHUNK, route, operation).register(registry));
  }

  private static Counter.Builder requests(String route, Operation operation, Ending ending) {
    return Counter.builder(MetricNames.REQUESTS)
        .tag(MetricNames.ROUTE, route)
        .tag(MetricNames.OPERATION, operation.token())
        .tag(MetricNames.ENDING, token(ending));
  }

  private static String token(Ending ending) {
    return ending.name().toLowerCase(Locale.ROOT);
  }

  private static Timer.Builder timer(String name, String route, Operation operation) {
    return Timer.builder(name)
        .tag(MetricNames.ROUTE, route)
        .tag(MetricNames.OPERATION, operation.token())
        .serviceLevelObjectives(BOUNDARIES);
  }

  void note(RequestRecord request) {
    if (request.shadowOf() != null) {
      shadows.of(request.ending()).increment();
      return;
    }
    Operation operation = request.operation();
    requests.of(operation).of(request.ending()).increment();
    durations.of(operation).record(request.took());
    Duration first = request.firstToken();
    if (first != null && request.streamed()) {
      firstChunks.of(operation).record(first);
    }
    for (Loss loss : request.losses()) {
      losses.of(loss.reason()).increment();
    }
  }
}
