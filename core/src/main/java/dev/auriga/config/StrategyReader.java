// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.completion.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the strategy a mapping stands for, such as `classify: {task: …}`.
final class StrategyReader {
  private static final List<String> STRATEGIES =
      List.of(
          "classify", "weighted", "fastest", "cheapest", "best", "hedge", "consensus", "judge", "fuse", "shadow");

  private final Section section;
  private final String path;
  private final RouteReader routes;
  private final Findings findings;

  StrategyReader(Section section, String path, RouteReader routes) {
    this.section = section;
    this.path = path;
    this.routes = routes;
    this.findings = section.findings();
  }

  /// The strategy, null when it cannot be made out; problems then say why.
  @Nullable RouteConfig read(List<Node.Entry> entries) {
    if (entries.isEmpty()) {
      findings.add(path, "an empty mapping", "a route is " + RouteReader.FORMS);
      return null;
    }
    boolean known = true;
    for (Node.Entry entry : entries) {
      if (!STRATEGIES.contains(entry.key())) {
        String message = "unknown strategy \"%s\"".formatted(entry.key());
        findings.unknown(section.path(entry.key()), message, entry.key(), STRATEGIES);
        known = false;
      }
    }
    if (known && entries.size() > 1) {
      findings.add(path, "two strategies in one mapping", "put one inside the other");
      return null;
    }
    return known ? strategy(entries.getFirst().key()) : null;
  }

  private @Nullable RouteConfig strategy(String name) {
    return switch (name) {
      case "classify" -> classify();
      case "weighted" -> weighted();
      case "fastest" -> ofMembers(name, RouteConfig.Fastest::new);
      case "cheapest" -> ofMembers(name, RouteConfig.Cheapest::new);
      case "best" -> best(section.section(name));
      case "hedge" -> hedge(section.section(name));
      case "consensus", "judge", "fuse" -> new PanelReader(section.section(name), routes).read(name);
      case "shadow" -> shadow(section.section(name));
      default -> throw new IllegalStateException("a strategy without a reader: " + name);
    };
  }

  private @Nullable RouteConfig ofMembers(String name, Function<List<RouteConfig>, RouteConfig> strategy) {
    List<RouteConfig> members = routes.members(section, name);
    return members == null ? null : strategy.apply(members);
  }

  private @Nullable RouteConfig classify() {
    Map<Task, RouteConfig> branches = new EnumMap<>(Task.class);
    List<String> unread = new ArrayList<>();
    section.each(
        "classify",
        (name, node, at) -> {
          Optional<Task> task = Task.of(name);
          if (task.isEmpty()) {
            findings.unknown(at, "unknown task \"%s\"".formatted(name), name, Task.names());
            unread.add(name);
          }
          RouteConfig branch = routes.read(node, at);
          if (branch == null) {
            unread.add(name);
          } else {
            task.ifPresent(known -> branches.put(known, branch));
          }
        });
    return unread.isEmpty() ? new RouteConfig.Classify(branches) : null;
  }

  private @Nullable RouteConfig weighted() {
    SequencedMap<String, Double> weights = new LinkedHashMap<>();
    Section arms = section.section("weighted");
    section.each(
        "weighted",
        (name, _, _) -> {
          Double weight = arms.parsed(name, StrategyReader::weight);
          weights.put(name, weight == null ? 1.0 : weight);
        });
    if (weights.isEmpty()) {
      findings.add(section.path("weighted"), "nothing to choose from", "as in weighted: { stable: 95, canary: 5 }");
      return null;
    }
    return new RouteConfig.Weighted(weights);
  }

  private static double weight(String text) {
    if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,6})?") || Double.parseDouble(text) == 0) {
      throw new IllegalArgumentException("a weight is a number above 0, not \"" + text + "\"");
    }
    return Double.parseDouble(text);
  }

  private @Nullable RouteConfig best(Section best) {
    List<RouteConfig> members = routes.members(best, "of");
    RouteConfig.Best.Mode mode = best.parsed("mode", StrategyReader::mode);
    best.finish();
    return members == null
        ? null
        : new RouteConfig.Best(members, mode == null ? RouteConfig.Best.Mode.BALANCED : mode);
  }

  private static RouteConfig.Best.Mode mode(String text) {
    return switch (text) {
      case "quality", "balanced", "cost" -> RouteConfig.Best.Mode.valueOf(text.toUpperCase(Locale.ROOT));
      default ->
          throw new IllegalArgumentException("must be quality, balanced or cost, not \"" + text + "\"");
    };
  }

  private @Nullable RouteConfig hedge(Section hedge) {
    RouteConfig first = routes.member(hedge, "first");
    RouteConfig second = routes.member(hedge, "second");
    Optional<Duration> after = hedge.parsed("after", StrategyReader::delay);
    hedge.finish();
    return first == null || second == null
        ? null
        : new RouteConfig.Hedge(first, second, after == null ? null : after.orElse(null));
  }

  /// Empty for the observed 95th percentile.
  private static Optional<Duration> delay(String text) {
    return text.equals("p95") ? Optional.empty() : Optional.of(Units.duration(text));
  }

  private @Nullable RouteConfig shadow(Section shadow) {
    RouteConfig main = routes.member(shadow, "main");
    RouteConfig with = routes.member(shadow, "with");
    Double sample = shadow.parsed("sample", Units::share);
    if (!shadow.has("sample")) {
      findings.add(section.path("shadow"), "\"sample\" is missing", "the share of requests, as in sample: 5%");
    }
    shadow.finish();
    return main == null || with == null || sample == null ? null : new RouteConfig.Shadow(main, with, sample);
  }
}
