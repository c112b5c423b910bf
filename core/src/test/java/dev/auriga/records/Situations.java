// SPDX-License-Identifier: Apache-2.0
package dev.auriga.records;

import dev.auriga.capability.Api;
import dev.auriga.capability.Capabilities;
import dev.auriga.capability.CapabilityBook;
import dev.auriga.capability.Fact;
import dev.auriga.capability.Facts;
import dev.auriga.completion.Cargo;
import dev.auriga.completion.Fidelity;
import dev.auriga.completion.FidelityRule;
import dev.auriga.completion.LazyText;
import dev.auriga.completion.Lineage;
import dev.auriga.completion.Modality;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Surcharge;
import dev.auriga.completion.Task;
import dev.auriga.completion.Thinking;
import dev.auriga.ledger.PriceBook;
import dev.auriga.route.Allowed;
import dev.auriga.route.Conversation;
import dev.auriga.route.Hints;
import dev.auriga.route.Keywords;
import dev.auriga.route.Learning;
import dev.auriga.route.Policy;
import dev.auriga.route.Profile;
import dev.auriga.route.Question;
import dev.auriga.route.Route;
import dev.auriga.route.Snapshot;
import dev.auriga.route.Snapshot.Held;
import dev.auriga.route.Snapshot.Outcomes;
import dev.auriga.route.Snapshot.Skill;
import dev.auriga.route.Snapshot.Speed;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Policies, questions and snapshots by chance, of every kind there is.
final class Situations {
  private static final CapabilityBook BOOK = CapabilityBook.shipped(LocalDate.of(2026, 11, 1));
  private static final PriceBook PRICES = PriceBook.shipped();
  private static final List<String> MODELS =
      List.of(
          "claude-sonnet-4-5", "claude-haiku-4-5", "gpt-4o", "gpt-4o-mini", "gemini-2.5-pro", "gpt-3.5-turbo",
          "a model of nobody's", "größer");
  private static final List<String> TEXTS =
      List.of("debug this", "tell me a STORY", "Evaluate and compare", "hello", "x".repeat(200), "");
  private static final long YEAR_NANOS = Duration.ofDays(365).toNanos();

  private final Random random;

  Situations(Random random) {
    this.random = random;
  }

  Policy policy() {
    Map<String, Profile> deployments = new HashMap<>();
    for (String model : MODELS) {
      deployments.put("at-" + model, profile(model));
    }
    Map<String, Route> routes = new HashMap<>();
    for (int i = 0; i < 4; i++) {
      routes.put("route-" + i, route(3));
    }
    Map<Skill, Outcomes> priors = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      priors.put(skill(), outcomes());
    }
    return new Policy(
        routes, deployments, new Keywords(), PRICES,
        new FidelityRule(one(Fidelity.values()), Map.of("route-1", one(Fidelity.values()))),
        new Learning(priors, random.nextInt(51) / 100.0, 1 + random.nextInt(20), 100));
  }

  private Profile profile(String model) {
    Facts facts = Facts.NONE;
    if (random.nextInt(3) == 0) {
      facts = facts.with(Fact.CONTEXT, 1 + random.nextInt(20_000));
    }
    if (random.nextInt(3) == 0) {
      facts = facts.with(Fact.OUTPUT, 1 + random.nextInt(5_000));
    }
    Capabilities known = BOOK.of(one(Api.values()), model, facts, Facts.NONE);
    return new Profile(
        random.nextBoolean() ? List.of(model) : List.of("unpriced", model),
        model, chance() ? one("eu", "us") : null, chance() ? known : null);
  }

  private Route route(int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(9);
    return switch (kind) {
      case 0 -> new Route.To("at-" + one(MODELS));
      case 1 -> new Route.InTurn(routes(depth));
      case 2 -> {
        Map<Task, Route> branches = new EnumMap<>(Task.class);
        branches.put(Task.ANALYSIS, route(depth - 1));
        for (Task task : Task.values()) {
          if (chance()) {
            branches.put(task, route(depth - 1));
          }
        }
        yield new Route.Classify(branches);
      }
      case 3 -> new Route.Weighted(
          routes(depth).stream().map(each -> new Route.Weighted.Arm(each, 0.01 + random.nextDouble() * 100)).toList());
      case 4 -> new Route.Fastest(routes(depth));
      case 5 -> new Route.Cheapest(routes(depth));
      case 6 -> new Route.Best(routes(depth), one(Route.Best.Mode.values()));
      case 7 -> new Route.Hedge(route(depth - 1), route(depth - 1), chance() ? duration() : null);
      default -> new Route.Shadow(route(depth - 1), route(depth - 1), random.nextDouble());
    };
  }

  private List<Route> routes(int depth) {
    List<Route> routes = new ArrayList<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      routes.add(route(depth - 1));
    }
    return routes;
  }

  Question question() {
    Cargo.Collector cargo = new Cargo.Collector();
    if (random.nextInt(4) == 0) {
      cargo.add(one(Modality.values()), random.nextInt(100_000), one(Cargo.Place.values()));
      cargo.add(one(Modality.values()), random.nextInt(1_000), one(Cargo.Place.values()));
    }
    String asked = random.nextInt(20) == 0 ? "nobody\n\"" : random.nextInt(4) == 0 ? "at-" + one(MODELS) : "route-" + random.nextInt(4);
    String text = one(TEXTS);
    Outline outline =
        new Outline(
            asked, chance(), new LazyText(() -> text), cargo.cargo(), chance(), one(Outline.Form.values()),
            chance() ? random.nextInt(10_000) : null, new Thinking.Unsaid(), chance(), surcharge(),
            lineage());
    Hints hints = hints();
    return new Question(outline, random.nextLong(200_000), Conversation.of("dev", hints.session(), outline), hints)
        .within(random.nextInt(4) == 0 ? new Allowed(names(), chance() ? Set.of() : Set.of("eu")) : Allowed.EVERYTHING);
  }

  private Surcharge surcharge() {
    return new Surcharge(chance() ? 1 : random.nextInt(1, 5), one("", "", "flex", "priority"));
  }

  private Lineage lineage() {
    return new Lineage(
        random.nextInt(4) == 0 ? "a session" : null, random.nextInt(4) == 0 ? "a cache" : null, 3,
        chance() ? random.nextLong() : 0, chance() ? random.nextLong() : 0);
  }

  private Hints hints() {
    Hints hints = new Hints(random.nextInt(6) == 0 ? one(Task.values()) : null, random.nextInt(6) == 0);
    hints = hints.keeping(one(Fidelity.values())).inSession(chance() ? "session 1" : null);
    if (random.nextInt(6) == 0) {
      hints = hints.in(Set.of(one("eu", "us")));
    }
    return random.nextInt(4) == 0 ? hints.within(random.nextLong(100_000)) : hints;
  }

  Snapshot snapshot() {
    Snapshot snapshot = Snapshot.at(Instant.ofEpochSecond(1_790_000_000 + random.nextInt(10_000_000), random.nextInt(1_000_000_000)));
    Map<String, Duration> cooldowns = new HashMap<>();
    names().forEach(name -> cooldowns.put(name, duration()));
    Map<String, Speed> speeds = new HashMap<>();
    names().forEach(name -> speeds.put(name, speed()));
    Map<Skill, Outcomes> outcomes = new HashMap<>();
    for (int i = random.nextInt(12); i > 0; i--) {
      outcomes.put(skill(), outcomes());
    }
    return snapshot
        .withCooldowns(chance() ? cooldowns : Map.of())
        .withSpeeds(speeds)
        .withOutcomes(outcomes)
        .holding(
            random.nextInt(4) == 0
                ? null
                : new Held(chance() ? "at-" + one(MODELS) : "gone", random.nextLong(100_000)))
        .withUnable(random.nextInt(8) == 0 ? names() : Set.of());
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (int i = random.nextInt(MODELS.size()); i > 0; i--) {
      names.add("at-" + one(MODELS));
    }
    return names;
  }

  private Speed speed() {
    return new Speed(duration(), chance() ? duration() : null, duration(), chance() ? duration() : null);
  }

  private Skill skill() {
    return new Skill(one(Task.values()), one(MODELS));
  }

  private Outcomes outcomes() {
    return new Outcomes(
        Math.exp(random.nextGaussian() * 8), Math.exp(random.nextGaussian() * 8), random.nextInt(4_000));
  }

  Duration duration() {
    return Duration.ofNanos(chance() ? random.nextLong(YEAR_NANOS) : random.nextLong(5_000) * 1_000_000);
  }

  boolean chance() {
    return random.nextBoolean();
  }

  @SafeVarargs
  final <T> T one(T... all) {
    return all[random.nextInt(all.length)];
  }

  <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
