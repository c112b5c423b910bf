// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.provider.Deployment;
import dev.auriga.resilience.CircuitBreaker;
import dev.auriga.resilience.Time;
import dev.auriga.route.Snapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Every deployment there is, each with its breaker.
public final class Fleet {
  private final SequencedMap<String, Deployment> deployments = new LinkedHashMap<>();
  private final Map<String, CircuitBreaker> breakers = new HashMap<>();

  public Fleet(List<Deployment> all, CircuitBreaker.Settings settings, Time time) {
    for (Deployment deployment : all) {
      deployments.put(deployment.name(), deployment);
      breakers.put(deployment.name(), new CircuitBreaker(settings, time));
    }
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

  /// What decisions may know of the deployments now.
  Snapshot snapshot() {
    Map<String, Duration> cooldowns = null;
    for (Map.Entry<String, CircuitBreaker> entry : breakers.entrySet()) {
      Duration left = entry.getValue().cooldownLeft();
      if (!left.isZero()) {
        cooldowns = cooldowns == null ? new HashMap<>() : cooldowns;
        cooldowns.put(entry.getKey(), left);
      }
    }
    return cooldowns == null ? Snapshot.ALL_WELL : new Snapshot(cooldowns);
  }

  private static <T> T known(@org.jspecify.annotations.Nullable T found, String name) {
    if (found == null) {
      throw new IllegalStateException(
          "a plan names the deployment \"%s\", which does not exist".formatted(name));
    }
    return found;
  }
}
