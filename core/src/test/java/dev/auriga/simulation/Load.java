// SPDX-License-Identifier: Apache-2.0
package dev.auriga.simulation;

import dev.auriga.observe.RequestRecord;
import dev.auriga.route.Plan;
import dev.auriga.route.Route;
import dev.auriga.simulation.Simulation.Told;
import dev.auriga.simulation.Simulation.Wish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Clients that come at random, evenly spread over time, and what became of them.
///
/// @param every the mean time between two of them
record Load(int requests, Duration every, Wish wish) {

  /// What the clients saw, and what it took.
  ///
  /// @param attempts by the number of the request
  /// @param calls that reached the services
  /// @param abandoned of those, the ones another answered before
  record Outcome(List<Told> told, Map<Integer, Integer> attempts, long calls, long abandoned, Duration lasted) {

    double share(Predicate<Told> which) {
      return (double) told.stream().filter(which).count() / told.size();
    }

    /// The wait for the first word, in seconds, that so large a share of the clients had at the most.
    double waited(double share) {
      List<Double> waits =
          told.stream().map(each -> each.waited().toNanos() / 1e9).sorted().toList();
      return waits.get((int) Math.min(waits.size() - 1, Math.floor(share * waits.size())));
    }

    /// Calls beside another that answered, as a share of the requests.
    double hedges() {
      return (double) abandoned / told.size();
    }

    /// The mean of `share` over the times, in seconds, after which the second was to be asked.
    double meanOverDelays(DoubleUnaryOperator share) {
      List<Double> delays =
          told.stream()
              .map(each -> each.decision() == null ? null : each.decision().plan())
              .filter(Plan.Hedged.class::isInstance)
              .map(plan -> ((Plan.Hedged) plan).after().toNanos() / 1e9)
              .toList();
      // Every hundredth will do.
      return IntStream.range(0, delays.size() / 100).mapToDouble(i -> share.applyAsDouble(delays.get(i * 100))).average().orElseThrow();
    }

    /// Requests whose first word came after the second was to be asked, which it was not, as a share.
    double denied() {
      return (double) told.stream().filter(each -> each.decision() != null && isDenied(each)).count() / told.size();
    }

    private boolean isDenied(Told each) {
      return Objects.requireNonNull(each.decision()).plan() instanceof Plan.Hedged hedged
          && each.waited().compareTo(hedged.after()) > 0
          && attempts.getOrDefault(each.number(), 0) == 1;
    }

    /// Calls beyond one for each request, as a share of the requests.
    double extraCalls() {
      return (double) calls / told.size() - 1;
    }
  }

  /// Asks `route` over what `services` makes in a world of its own.
  Outcome on(Route route, long seed, Function<World, List<Service>> services) throws Exception {
    World world = new World();
    Simulation simulation =
        new Simulation(
            world, services.apply(world), Map.of("r", route), seed, Simulation.timeouts(Duration.ofSeconds(10)));
    SplittableRandom random = new SplittableRandom(seed);
    List<Told> told = new ArrayList<>(requests);
    return world.run(
        () -> {
          for (int i = 0; i < requests; i++) {
            world.sleep(Duration.ofNanos((long) Weather.exponential(every.toNanos(), random)));
            int number = i;
            world.start(
                () -> {
                  told.add(simulation.ask(number, "r", wish));
                  return null;
                });
          }
          world.join();
          long calls = simulation.services().stream().mapToLong(service -> service.calls().size()).sum();
          long abandoned =
              simulation.records().stream()
                  .flatMap(record -> record.attempts().stream())
                  .filter(attempt -> attempt.outcome() == RequestRecord.Outcome.ABANDONED)
                  .count();
          Map<Integer, Integer> attempts = new HashMap<>();
          simulation.records().forEach(
              record -> attempts.put(Integer.parseInt(record.id().substring(1)), record.attempts().size()));
          return new Outcome(told, attempts, calls, abandoned, Duration.ofNanos(world.nanos()));
        });
  }
}
