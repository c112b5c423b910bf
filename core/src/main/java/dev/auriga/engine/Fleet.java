// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.completion.Operation;
import dev.auriga.provider.Deployment;
import dev.auriga.resilience.Allowance;
import dev.auriga.resilience.CircuitBreaker;
import dev.auriga.resilience.Respite;
import dev.auriga.resilience.Slots;
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
import org.jspecify.annotations.Nullable;

/// Every deployment there is, each with what guards it.
///
/// Which there are never changes; what is known of them may, all at once and seen by every thread.
public final class Fleet {
  /// Extra calls to a deployment for each ordinary one, and how many there may be before any.
  private static final double EXTRA_CALLS = 0.2;

  private static final int FEWEST_EXTRA_CALLS = 10;

  /// How long a router that refused to be told how to choose is not told again.
  private static final Duration UNGUIDED = Duration.ofMinutes(10);

  private volatile SequencedMap<String, Deployment> deployments;
  private final Map<String, Place> places = new HashMap<>();
  private final Time time;

  public Fleet(List<Deployment> all, CircuitBreaker.Settings settings, Time time) {
    this.time = time;
    deployments = named(all);
    for (Deployment deployment : all) {
      places.put(
          deployment.name(),
          new Place(
              new CircuitBreaker(settings, time),
              new Slots(deployment.limits().slots(), time),
              new Allowance(EXTRA_CALLS, FEWEST_EXTRA_CALLS),
              new Respite(UNGUIDED, time)));
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
    return place(name).breaker();
  }

  public Slots slots(String name) {
    return place(name).slots();
  }

  Place place(String name) {
    return known(places.get(name), name);
  }

  /// What guards a deployment against us, and us against it.
  ///
  /// @param breaker its cooldown
  /// @param slots the calls it may have under way
  /// @param extraCalls what is left for retries, and for fallbacks to it while it ails
  /// @param unguided while it is not told how to choose, being a router that refused to be
  record Place(CircuitBreaker breaker, Slots slots, Allowance extraCalls, Respite unguided) {}

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
    for (Map.Entry<String, Place> entry : places.entrySet()) {
      Duration left = entry.getValue().breaker().cooldownLeft();
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

  private static <T> T known(@Nullable T found, String name) {
    if (found == null) {
      throw new IllegalStateException(
          "a plan names the deployment \"%s\", which does not exist".formatted(name));
    }
    return found;
  }
}
