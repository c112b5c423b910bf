// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.completion.Operation;
import dev.auriga.provider.Deployment;
import dev.auriga.resilience.CircuitBreaker;
import dev.auriga.resilience.Time;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Every deployment there is, each with its breaker.
///
/// Which there are never changes; what is known of them may, all at once and seen by every thread.
public final class Fleet {
  private volatile SequencedMap<String, Deployment> deployments;
  private final Map<String, CircuitBreaker> breakers = new HashMap<>();
  private final Time time;

  public Fleet(List<Deployment> all, CircuitBreaker.Settings settings, Time time) {
    this.time = time;
    deployments = named(all);
    for (Deployment deployment : all) {
      breakers.put(deployment.name(), new CircuitBreaker(settings, time));
    }
  }

  private static SequencedMap<String, Deployment> named(List<Deployment> all) {
    SequencedMap<String, Deployment> named = new LinkedHashMap<>();
    all.forEach(deployment -> named.put(deployment.name(), deployment));
    return named;
  }

  /// Puts for each deployment what `change` makes of it, which must keep its name.
  public synchronized void change(UnaryOperator<Deployment> change) {
    deployments = named(deployments().stream().map(change).toList());
  }

  public List<Deployment> deployments() {
    return List.copyOf(deployments.values());
  }

  Deployment deployment(String name) {
    return known(deployments.get(name), name);
  }

  public CircuitBreaker breaker(String name) {
    return known(breakers.get(name), name);
  }

  /// The deployments whose provider does not offer an `operation`. Tokens can be estimated for every
  /// one.
  Set<String> unable(Operation operation) {
    return switch (operation) {
      case COMPLETION, COUNT -> Set.of();
      case EMBEDDING ->
          deployments.values().stream()
              .filter(deployment -> !deployment.via().does(operation))
              .map(Deployment::name)
              .collect(Collectors.toSet());
    };
  }

  /// What is left of each cooldown; a deployment that may be picked is not in it.
  Map<String, Duration> cooldowns() {
    Map<String, Duration> cooldowns = null;
    for (Map.Entry<String, CircuitBreaker> entry : breakers.entrySet()) {
      Duration left = entry.getValue().cooldownLeft();
      if (!left.isZero()) {
        cooldowns = cooldowns == null ? new HashMap<>() : cooldowns;
        cooldowns.put(entry.getKey(), left);
      }
    }
    return cooldowns == null ? Map.of() : cooldowns;
  }

  Time time() {
    return time;
  }

  private static <T> T known(@org.jspecify.annotations.Nullable T found, String name) {
    if (found == null) {
      throw new IllegalStateException(
          "a plan names the deployment \"%s\", which does not exist".formatted(name));
    }
    return found;
  }
}
