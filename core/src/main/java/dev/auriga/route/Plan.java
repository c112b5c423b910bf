// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The executable part of a decision: a small tree the engine performs.
public sealed interface Plan {

  /// One deployment, by name.
  record Single(String deployment) implements Plan {}

  /// The first that does not fail for a reason that allows going on.
  record InTurn(List<Plan> plans) implements Plan {
    public InTurn {
      plans = List.copyOf(plans);
    }
  }

  /// The first, and `after` that long without a first token the second beside it; whichever speaks
  /// first answers.
  record Hedged(Plan first, Plan second, Duration after) implements Plan {}

  /// The main plan answers; the other is performed beside it and its answer only recorded.
  record Shadowed(Plan main, Plan with) implements Plan {}

  /// Every member is asked the same, and the answer is what theirs come to.
  record Panel(List<Plan> members, Aim aim, Terms terms) implements Plan {

    /// What is made of the members' answers.
    public sealed interface Aim {}

    /// Whether more than `agreement` of the valid answers say the same; `opinion` is asked where the rules
    /// cannot tell, nobody where it is absent.
    public record Agree(double agreement, @Nullable Plan opinion) implements Aim {}

    /// The best one, as `by` says.
    public record Judge(Plan by) implements Aim {}

    /// One that `by` writes out of all.
    public record Fuse(Plan by) implements Aim {}

    public Panel {
      members = List.copyOf(members);
    }
  }

  /// How the members of a panel are heard.
  ///
  /// @param quorum how many valid answers are needed at least
  /// @param start how many are asked at first, the others only where those differ; absent for all
  /// @param within how long members are waited for; absent for as long as the request may take
  record Terms(int quorum, @Nullable Integer start, @Nullable Duration within) {}

  /// `plans` in turn, without nesting and each deployment once; null when there is none.
  static @Nullable Plan inTurn(List<Plan> plans) {
    List<Plan> flat = new ArrayList<>(plans.size());
    for (Plan plan : plans) {
      switch (plan) {
        case InTurn inner -> inner.plans().forEach(each -> addOnce(flat, each));
        case Single _, Hedged _, Shadowed _, Panel _ -> addOnce(flat, plan);
      }
    }
    return flat.isEmpty() ? null : flat.size() == 1 ? flat.getFirst() : new InTurn(flat);
  }

  private static void addOnce(List<Plan> flat, Plan plan) {
    if (!flat.contains(plan)) {
      flat.add(plan);
    }
  }

  /// The deployment that is asked first.
  default String primary() {
    return switch (this) {
      case Single single -> single.deployment();
      case InTurn inTurn -> inTurn.plans().getFirst().primary();
      case Hedged hedged -> hedged.first().primary();
      case Shadowed shadowed -> shadowed.main().primary();
      case Panel panel -> panel.members().getFirst().primary();
    };
  }

  /// Every deployment that may answer or has a say in the answer, in the order of the tree.
  default void each(Consumer<String> deployments) {
    switch (this) {
      case Single single -> deployments.accept(single.deployment());
      case InTurn inTurn -> inTurn.plans().forEach(plan -> plan.each(deployments));
      case Hedged hedged -> {
        hedged.first().each(deployments);
        hedged.second().each(deployments);
      }
      case Shadowed shadowed -> shadowed.main().each(deployments);
      case Panel panel -> {
        panel.members().forEach(member -> member.each(deployments));
        switch (panel.aim()) {
          case Panel.Agree agree -> {
            if (agree.opinion() != null) {
              agree.opinion().each(deployments);
            }
          }
          case Panel.Judge judge -> judge.by().each(deployments);
          case Panel.Fuse fuse -> fuse.by().each(deployments);
        }
      }
    }
  }

  /// Whether the answer may be put together of several: no single deployment then has the conversation.
  default boolean isPanel() {
    return switch (this) {
      case Single _ -> false;
      case InTurn inTurn -> inTurn.plans().stream().anyMatch(Plan::isPanel);
      case Hedged hedged -> hedged.first().isPanel() || hedged.second().isPanel();
      case Shadowed shadowed -> shadowed.main().isPanel();
      case Panel _ -> true;
    };
  }

  /// This plan without `deployment`, which a panel keeps; null when nothing is left.
  default @Nullable Plan without(String deployment) {
    return switch (this) {
      case Single single -> single.deployment().equals(deployment) ? null : single;
      case InTurn inTurn -> {
        List<Plan> rest = new ArrayList<>(inTurn.plans().size());
        for (Plan plan : inTurn.plans()) {
          Plan left = plan.without(deployment);
          if (left != null) {
            rest.add(left);
          }
        }
        yield inTurn(rest);
      }
      case Hedged hedged -> {
        Plan first = hedged.first().without(deployment);
        Plan second = hedged.second().without(deployment);
        yield first == null ? second : second == null ? first : new Hedged(first, second, hedged.after());
      }
      case Shadowed shadowed -> {
        Plan main = shadowed.main().without(deployment);
        yield main == null ? null : new Shadowed(main, shadowed.with());
      }
      case Panel panel -> panel;
    };
  }
}
