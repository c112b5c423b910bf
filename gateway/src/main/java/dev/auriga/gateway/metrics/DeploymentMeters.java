// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.metrics;

import dev.auriga.completion.Failure;
import dev.auriga.completion.Usage;
import dev.auriga.ledger.Cost;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/// What is measured of one deployment. Thread-safe.
final class DeploymentMeters {
  private static final String ANSWERED = "answered";
  private static final double MICROS = 1_000_000;

  private final MeterRow<String, Counter> attempts;
  private final MeterRow<String, Counter> tokens;
  private final Counter cost;
  private final Counter unpriced;

  DeploymentMeters(String deployment, MeterRegistry registry) {
    this.attempts =
        new MeterRow<>(
            outcome ->
                counter(MetricNames.ATTEMPTS, deployment)
                    .tag(MetricNames.OUTCOME, outcome)
                    .register(registry));
    this.tokens =
        new MeterRow<>(
            type ->
                counter(MetricNames.TOKENS, deployment)
                    .tag(MetricNames.TOKEN_TYPE, type)
                    .register(registry));
    this.cost = counter(MetricNames.COST, deployment).register(registry);
    this.unpriced = counter(MetricNames.UNPRICED, deployment).register(registry);
  }

  private static Counter.Builder counter(String name, String deployment) {
    return Counter.builder(name).tag(MetricNames.DEPLOYMENT, deployment);
  }

  void attempted(@Nullable Failure failure) {
    attempts.of(failure == null ? ANSWERED : failure.kind().token()).increment();
  }

  void served(@Nullable Usage usage, @Nullable Cost price) {
    if (usage != null) {
      count("input", usage.freshInput());
      count("cache_read", usage.cacheRead());
      count("cache_write_5m", usage.cacheWrite5m());
      count("cache_write_1h", usage.cacheWrite1h());
      count("output", usage.output());
      count("reasoning", usage.reasoning());
    }
    switch (price) {
      case null -> {}
      case Cost.Priced priced -> cost.increment(priced.micros() / MICROS);
      case Cost.Unpriced _ -> unpriced.increment();
    }
  }

  private void count(String type, long many) {
    if (many > 0) {
      tokens.of(type).increment((double) many);
    }
  }
}
