// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.completion.Task;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A route's expression, with every name resolved: the strategy behind a public model name.
public sealed interface Route {

  /// One deployment, by name.
  record To(String deployment) implements Route {}

  /// Tried in turn: the first is primary, the rest are fallbacks.
  record InTurn(List<Route> routes) implements Route {
    public InTurn {
      routes = members("in turn", routes);
    }
  }

  /// By task; a task that is not listed takes the branch of [Task#ANALYSIS].
  record Classify(Map<Task, Route> branches) implements Route {
    public Classify {
      Map<Task, Route> ordered = new EnumMap<>(Task.class);
      ordered.putAll(branches);
      branches = Collections.unmodifiableMap(ordered);
      if (!branches.containsKey(Task.ANALYSIS) && branches.size() < Task.values().length) {
        throw new IllegalArgumentException("classify needs every task or the branch analysis");
      }
    }
  }

  /// One by weight, the rest its fallbacks; a conversation keeps its choice.
  record Weighted(List<Arm> arms) implements Route {

    /// @param weight above 0; only its share of the sum counts
    public record Arm(Route route, double weight) {
      public Arm {
        if (!(weight > 0) || Double.isInfinite(weight)) {
          throw new IllegalArgumentException("a weight must be above 0: " + weight);
        }
      }
    }

    public Weighted {
      arms = members("by weight", arms);
    }
  }

  /// By how fast they answered lately: a stream by its first token, a whole answer by its end.
  record Fastest(List<Route> routes) implements Route {
    public Fastest {
      routes = members("by speed", routes);
    }
  }

  /// By the expected price of this request.
  record Cheapest(List<Route> routes) implements Route {
    public Cheapest {
      routes = members("by price", routes);
    }
  }

  /// By learned quality against price.
  record Best(List<Route> routes, Mode mode) implements Route {

    /// How much quality may be given up for a lower price.
    public enum Mode {
      /// None: the best.
      QUALITY(0),
      /// The cheapest within 2 % of the best.
      BALANCED(0.02),
      /// The cheapest within 5 % of the best.
      COST(0.05);

      private final double band;

      Mode(double band) {
        this.band = band;
      }

      /// The share of the best quality that may be given up.
      public double band() {
        return band;
      }
    }

    public Best {
      routes = members("by quality", routes);
    }
  }

  /// The first, and the second too when no token of the first has come after a while.
  ///
  /// @param after how long to wait; absent for the 95th percentile of the first's time to first token
  record Hedge(Route first, Route second, @Nullable Duration after) implements Route {}

  /// The main one answers; a share of requests is sent to the other as well, whose answer is only
  /// recorded.
  ///
  /// @param sample from 0 to 1
  record Shadow(Route main, Route with, double sample) implements Route {
    public Shadow {
      if (!(sample >= 0 && sample <= 1)) {
        throw new IllegalArgumentException("a sample is a share from 0 to 1: " + sample);
      }
    }
  }

  /// Several asked the same, and what they come to.
  ///
  /// @param routes the members, at least two
  record Panel(List<Route> routes, Aim aim, Plan.Terms terms) implements Route {

    /// What is made of the members' answers.
    public sealed interface Aim {}

    /// Whether more than `agreement` of the valid answers say the same; `opinion` is asked where the rules
    /// cannot tell, nobody where it is absent.
    public record Agree(double agreement, @Nullable Route opinion) implements Aim {}

    /// The best one, as `by` says.
    public record Judge(Route by) implements Aim {}

    /// One that `by` writes out of all.
    public record Fuse(Route by) implements Aim {}

    public Panel {
      routes = members("as a panel", routes);
    }

    /// The members, and who makes one answer of theirs.
    private List<Route> all() {
      return switch (aim) {
        case Agree agree -> agree.opinion() == null ? routes : with(agree.opinion());
        case Judge judge -> with(judge.by());
        case Fuse fuse -> with(fuse.by());
      };
    }

    private List<Route> with(Route by) {
      return Stream.concat(routes.stream(), Stream.of(by)).toList();
    }
  }

  private static <T> List<T> members(String how, List<T> members) {
    if (members.isEmpty()) {
      throw new IllegalArgumentException("a route tried " + how + " needs at least one member");
    }
    return List.copyOf(members);
  }

  /// The expressions an answer of this one may come from, or that have a say in it.
  default List<Route> parts() {
    return switch (this) {
      case To _ -> List.of();
      case InTurn inTurn -> inTurn.routes();
      case Classify classify -> List.copyOf(classify.branches().values());
      case Weighted weighted -> weighted.arms().stream().map(Weighted.Arm::route).toList();
      case Fastest fastest -> fastest.routes();
      case Cheapest cheapest -> cheapest.routes();
      case Best best -> best.routes();
      case Hedge hedge -> List.of(hedge.first(), hedge.second());
      case Shadow shadow -> List.of(shadow.main());
      case Panel panel -> panel.all();
    };
  }

  /// Whether an answer of this expression may come from the deployment.
  default boolean leadsTo(String deployment) {
    return this instanceof To to
        ? to.deployment().equals(deployment)
        : parts().stream().anyMatch(branch -> branch.leadsTo(deployment));
  }

  /// Whether there is more than one place it may lead to.
  default boolean hasChoice() {
    return !(this instanceof To) && (parts().size() > 1 || parts().stream().anyMatch(Route::hasChoice));
  }

  /// Whether a choice in it depends on how fast deployments answered lately.
  default boolean looksAtSpeeds() {
    return this instanceof Fastest || this instanceof Hedge || parts().stream().anyMatch(Route::looksAtSpeeds);
  }

  /// Whether a choice in it depends on what was learned of models.
  default boolean looksAtOutcomes() {
    return this instanceof Best
        || this instanceof Cheapest
        || parts().stream().anyMatch(Route::looksAtOutcomes);
  }
}
