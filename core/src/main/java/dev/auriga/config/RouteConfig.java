// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.completion.Task;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A route's expression: which deployments serve it and how they are chosen.
public sealed interface RouteConfig {

  /// A deployment or another route.
  record Name(String name) implements RouteConfig {}

  /// Tried in turn: the first is primary, the rest are fallbacks.
  record InTurn(List<RouteConfig> branches) implements RouteConfig {
    public InTurn {
      branches = List.copyOf(branches);
      if (branches.isEmpty()) {
        throw new IllegalArgumentException("a route tried in turn needs at least one branch");
      }
    }
  }

  /// One branch for each task. A task that is not listed takes the `analysis` branch, so that one
  /// must be there: without it a configuration is refused when it is loaded.
  record Classify(Map<Task, RouteConfig> branches) implements RouteConfig {
    public Classify {
      Map<Task, RouteConfig> ordered = new EnumMap<>(Task.class);
      ordered.putAll(branches);
      branches = Collections.unmodifiableMap(ordered);
    }

    /// The branch for `task`, or that for analysis.
    public RouteConfig branch(Task task) {
      RouteConfig branch = branches.get(branches.containsKey(task) ? task : Task.ANALYSIS);
      if (branch == null) {
        throw new IllegalStateException(
            "classify has no branch for %s, nor for analysis".formatted(task.token()));
      }
      return branch;
    }
  }

  /// One by weight, the rest its fallbacks.
  ///
  /// @param weights by the name of a deployment or route, above 0; only its share of the sum counts
  record Weighted(SequencedMap<String, Double> weights) implements RouteConfig {
    public Weighted {
      weights = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(weights));
    }
  }

  /// The one that answered fastest lately, the rest its fallbacks.
  record Fastest(List<RouteConfig> branches) implements RouteConfig {
    public Fastest {
      branches = List.copyOf(branches);
    }
  }

  /// The one that is expected to be cheapest for the request, the rest its fallbacks.
  record Cheapest(List<RouteConfig> branches) implements RouteConfig {
    public Cheapest {
      branches = List.copyOf(branches);
    }
  }

  /// By learned quality against price.
  record Best(List<RouteConfig> branches, Mode mode) implements RouteConfig {

    /// How much quality may be given up for a lower price: none, 2 %, 5 %.
    public enum Mode {
      QUALITY,
      BALANCED,
      COST
    }

    public Best {
      branches = List.copyOf(branches);
    }
  }

  /// The second beside the first when no token of that came for a while.
  ///
  /// @param after absent for the 95th percentile of the first's time to first token
  record Hedge(RouteConfig first, RouteConfig second, @Nullable Duration after) implements RouteConfig {}

  /// The main one answers; a share of requests goes to the other too.
  ///
  /// @param sample the share, from 0 to 1
  record Shadow(RouteConfig main, RouteConfig with, double sample) implements RouteConfig {}

  /// Several asked the same, and what they come to.
  ///
  /// @param branches the members, at least two
  record Panel(List<RouteConfig> branches, Aim aim, Terms terms) implements RouteConfig {

    /// What is made of the members' answers.
    public sealed interface Aim {}

    /// Whether they agree.
    ///
    /// @param agreement the share of valid answers that must be exceeded, from 0 to 1
    /// @param opinion who is asked about two answers of which the rules cannot tell whether they say the
    ///     same; absent for nobody, and then they do not
    public record Agree(double agreement, @Nullable RouteConfig opinion) implements Aim {
      /// More than 0.8, by the rules alone.
      public static final Agree USUAL = new Agree(0.8, null);
    }

    /// `by` says whose answer is the best, and that one is the answer.
    public record Judge(RouteConfig by) implements Aim {}

    /// `by` writes one answer out of all.
    public record Fuse(RouteConfig by) implements Aim {}

    /// How members are heard.
    ///
    /// @param quorum how many valid answers are needed at least
    /// @param start how many are asked at first, the others only where those differ; absent for all
    /// @param within how long members are waited for; absent for as long as the request may take
    public record Terms(int quorum, @Nullable Integer start, @Nullable Duration within) {
      public static final Terms USUAL = new Terms(2, null, null);
    }

    public Panel {
      branches = List.copyOf(branches);
    }

    /// What it is called in the file.
    String strategy() {
      return switch (aim) {
        case Agree _ -> "consensus";
        case Judge _ -> "judge";
        case Fuse _ -> "fuse";
      };
    }
  }

  /// The expressions this one is made of, each by its place in the file, such as `[0]` or
  /// `.classify.coding`.
  default SequencedMap<String, RouteConfig> parts() {
    SequencedMap<String, RouteConfig> parts = new LinkedHashMap<>();
    switch (this) {
      case Name _ -> {}
      case InTurn inTurn -> number(inTurn.branches(), "", parts);
      case Classify classify ->
          classify.branches().forEach((task, branch) -> parts.put(".classify." + task.token(), branch));
      case Weighted weighted ->
          weighted.weights().keySet().forEach(name -> parts.put(".weighted." + name, new Name(name)));
      case Fastest fastest -> number(fastest.branches(), ".fastest", parts);
      case Cheapest cheapest -> number(cheapest.branches(), ".cheapest", parts);
      case Best best -> number(best.branches(), ".best.of", parts);
      case Hedge hedge -> {
        parts.put(".hedge.first", hedge.first());
        parts.put(".hedge.second", hedge.second());
      }
      case Shadow shadow -> {
        parts.put(".shadow.main", shadow.main());
        parts.put(".shadow.with", shadow.with());
      }
      case Panel panel -> {
        number(panel.branches(), ".%s.of".formatted(panel.strategy()), parts);
        switch (panel.aim()) {
          case Panel.Agree agree -> {
            if (agree.opinion() != null) {
              parts.put(".consensus.opinion", agree.opinion());
            }
          }
          case Panel.Judge judge -> parts.put(".judge.by", judge.by());
          case Panel.Fuse fuse -> parts.put(".fuse.by", fuse.by());
        }
      }
    }
    return parts;
  }

  private static void number(List<RouteConfig> branches, String at, Map<String, RouteConfig> parts) {
    for (int i = 0; i < branches.size(); i++) {
      parts.put("%s[%d]".formatted(at, i), branches.get(i));
    }
  }

  static RouteConfig to(String name) {
    return new Name(name);
  }

  /// The named ones in turn; just the name when there is one.
  static RouteConfig inTurn(String... names) {
    return names.length == 1
        ? new Name(names[0])
        : new InTurn(Stream.of(names).<RouteConfig>map(Name::new).toList());
  }

  static RouteConfig inTurn(List<RouteConfig> branches) {
    return new InTurn(branches);
  }

  static RouteConfig classify(Map<Task, RouteConfig> branches) {
    return new Classify(branches);
  }
}
