// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.completion.Fidelity;
import dev.auriga.completion.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One decision being made: follows a route's expression to a plan, and notes why.
///
/// For one decision and one thread.
final class Deciding {
  /// What is overlooked where nothing else can serve, each with what stands before it.
  enum Leniency {
    NONE,
    /// Deployments that cool down are taken all the same.
    COOLDOWNS,
    /// Deployments that answer with fewer tokens than were asked for are taken too.
    SHORT_ANSWERS,
    /// Deployments that do not hold themselves to the form of the answer are taken too.
    LOOSE_FORMS
  }

  private final Policy policy;
  private final Question question;
  private final Snapshot snapshot;
  private final Filters filters;
  private final Expectations expectations;
  private final Draw draw;
  private final Leniency leniency;
  private final List<String> reasons = new ArrayList<>(4);
  private final SequencedMap<String, String> excluded = new LinkedHashMap<>();
  private final List<Decision.Choice> choices = new ArrayList<>(2);
  private @Nullable Finding finding;

  Deciding(Policy policy, Question question, Snapshot snapshot, long seed, Leniency leniency) {
    this.policy = policy;
    this.question = question;
    this.snapshot = snapshot;
    this.filters = new Filters(policy, question, snapshot);
    this.expectations = new Expectations(policy, question, snapshot);
    this.draw = new Draw(seed);
    this.leniency = leniency;
  }

  /// Notes what had to be overlooked.
  void overlooked() {
    switch (leniency) {
      case NONE -> {}
      case COOLDOWNS -> reasons.add("every deployment is cooling down, so all are tried in their order");
      case SHORT_ANSWERS -> reasons.add("no deployment gives as long an answer as was asked for");
      case LOOSE_FORMS -> reasons.add("no deployment promises an answer of the form that was asked for");
    }
  }

  /// What the request was found to be; null while no strategy has asked.
  @Nullable Finding finding() {
    return finding;
  }

  private @Nullable Task knownTask() {
    return finding == null ? null : finding.task();
  }

  List<String> reasons() {
    return reasons;
  }

  /// The deployments that were left out, each with the reason.
  SequencedMap<String, String> excluded() {
    return excluded;
  }

  List<Decision.Choice> choices() {
    return choices;
  }

  /// The plan for `route`; null when nothing it leads to can serve.
  @Nullable Plan plan(Route route) {
    return switch (route) {
      case Route.To to -> single(to.deployment());
      case Route.InTurn inTurn -> held(Plan.inTurn(plans(inTurn.routes())));
      case Route.Classify classify -> plan(branch(classify));
      case Route.Weighted weighted -> weighted(weighted);
      case Route.Fastest fastest ->
          ranked(
              plans(fastest.routes()),
              plans -> Ranked.fastest(plans, scores(plans, expectations::waiting), draw));
      case Route.Cheapest cheapest ->
          ranked(
              plans(cheapest.routes()),
              plans ->
                  Ranked.cheapest(
                      plans, scores(plans, name -> expectations.cost(name, knownTask()))));
      case Route.Best best -> ranked(plans(best.routes()), plans -> best(plans, best.mode()));
      case Route.Hedge hedge -> hedged(hedge);
      case Route.Shadow shadow -> shadowed(shadow);
      case Route.Panel panel -> panel(panel);
    };
  }

  private @Nullable Plan single(String deployment) {
    String reason = filters.forbids(deployment);
    if (reason == null && leniency.compareTo(Leniency.COOLDOWNS) < 0) {
      reason = filters.ails(deployment);
    }
    if (reason == null && leniency.compareTo(Leniency.SHORT_ANSWERS) < 0) {
      reason = filters.cutsShort(deployment);
    }
    if (reason == null && leniency.compareTo(Leniency.LOOSE_FORMS) < 0) {
      reason = filters.losesForm(deployment);
    }
    if (reason != null) {
      excluded.putIfAbsent(deployment, reason);
      return null;
    }
    return new Plan.Single(deployment);
  }

  private List<Plan> plans(List<Route> routes) {
    List<Plan> plans = new ArrayList<>(routes.size());
    for (Route route : routes) {
      Plan plan = plan(route);
      if (plan != null) {
        plans.add(plan);
      }
    }
    return plans;
  }

  /// The plans in the order `ranking` gives them, with the choice noted where there is one.
  private @Nullable Plan ranked(List<Plan> plans, Function<List<Plan>, Ranked> ranking) {
    if (plans.size() < 2) {
      return plans.isEmpty() ? null : plans.getFirst();
    }
    Ranked ranked = ranking.apply(plans);
    Plan order = Plan.inTurn(ranked.plans());
    String holder = holder(order);
    choices.add(holder == null ? ranked.choice() : ranked.choice().heldBy(holder));
    return held(order);
  }

  private @Nullable Plan weighted(Route.Weighted weighted) {
    List<Plan> plans = new ArrayList<>(weighted.arms().size());
    double[] weights = new double[weighted.arms().size()];
    for (Route.Weighted.Arm arm : weighted.arms()) {
      Plan plan = plan(arm.route());
      if (plan != null) {
        weights[plans.size()] = arm.weight();
        plans.add(plan);
      }
    }
    double[] eligible = Arrays.copyOf(weights, plans.size());
    return ranked(plans, _ -> Ranked.byWeight(plans, eligible, steadyDraw()));
  }

  /// A conversation draws the same every time, also on another node that never saw it.
  private Draw steadyDraw() {
    Conversation conversation = question.conversation();
    return conversation == null || !conversation.binds() ? draw : new Draw(Draw.seedOf(conversation.key()));
  }

  private static List<OptionalLong> scores(List<Plan> plans, Function<String, OptionalLong> score) {
    return plans.stream().map(plan -> score.apply(plan.primary())).toList();
  }

  private Ranked best(List<Plan> plans, Route.Best.Mode mode) {
    BestOf best = new BestOf(plans, mode, task(), expectations);
    return holder(Plan.inTurn(plans)) == null ? best.drawn(draw, policy.learning().exploration()) : best.settled();
  }

  private @Nullable Plan hedged(Route.Hedge hedge) {
    Plan first = plan(hedge.first());
    Plan second = plan(hedge.second());
    if (first == null || second == null || first.equals(second)) {
      return first == null ? second : first;
    }
    Duration after = hedge.after();
    if (after == null) {
      Snapshot.Speed speed = snapshot.speeds().get(first.primary());
      after =
          speed == null ? null : question.outline().streamed() ? speed.lateFirstToken() : speed.lateWhole();
    }
    if (after == null) {
      reasons.add("not hedged: too little is known of how fast " + first.primary() + " is");
      return held(Plan.inTurn(List.of(first, second)));
    }
    return held(new Plan.Hedged(first, second, after));
  }

  private @Nullable Plan shadowed(Route.Shadow shadow) {
    Plan main = plan(shadow.main());
    if (main == null || draw.share() >= shadow.sample()) {
      return main;
    }
    Plan with = plan(shadow.with());
    if (with == null) {
      return main;
    }
    reasons.add("shadowed by " + with.primary());
    return new Plan.Shadowed(main, with);
  }

  /// Members that cannot serve are left out; null where too few are left, or nobody to judge or write.
  private @Nullable Plan panel(Route.Panel panel) {
    Plan.Panel.Aim aim = aim(panel.aim());
    List<Plan> members = plans(panel.routes()).stream().distinct().toList();
    int least = aim instanceof Plan.Panel.Agree ? Math.max(2, panel.terms().quorum()) : panel.terms().quorum();
    if (members.size() < least) {
      reasons.add("no panel: %d of the %d members it needs can serve".formatted(members.size(), least));
    }
    return aim == null || members.size() < least ? null : new Plan.Panel(members, aim, panel.terms());
  }

  private Plan.Panel.@Nullable Aim aim(Route.Panel.Aim aim) {
    return switch (aim) {
      case Route.Panel.Agree agree -> {
        Plan opinion = agree.opinion() == null ? null : plan(agree.opinion());
        if (opinion == null && agree.opinion() != null) {
          reasons.add("nobody can be asked for a second opinion");
        }
        yield new Plan.Panel.Agree(agree.agreement(), opinion);
      }
      case Route.Panel.Judge judge -> {
        Plan by = plan(judge.by());
        yield by == null ? null : new Plan.Panel.Judge(by);
      }
      case Route.Panel.Fuse fuse -> {
        Plan by = plan(fuse.by());
        yield by == null ? null : new Plan.Panel.Fuse(by);
      }
    };
  }

  /// `plan` with the deployment that holds the conversation before everything else.
  private @Nullable Plan held(@Nullable Plan plan) {
    String holder = holder(plan);
    if (plan == null || holder == null || plan.primary().equals(holder)) {
      return plan;
    }
    reasons.add("the conversation stays at " + holder);
    List<Plan> order = new ArrayList<>(2);
    order.add(new Plan.Single(holder));
    Plan rest = plan.without(holder);
    if (rest != null) {
      order.add(rest);
    }
    return Plan.inTurn(order);
  }

  /// The deployment that holds the conversation, where `plan` may ask it; else null.
  private @Nullable String holder(@Nullable Plan plan) {
    String held = bound();
    if (plan == null || held == null || plan.isPanel()) {
      return null;
    }
    boolean[] found = {false};
    plan.each(deployment -> found[0] |= deployment.equals(held));
    return found[0] ? held : null;
  }

  /// The deployment the conversation is bound to; null where it is free.
  private @Nullable String bound() {
    Conversation conversation = question.conversation();
    Snapshot.Held held = snapshot.held();
    boolean isFree = conversation != null && !conversation.binds();
    return held == null || isFree ? null : held.deployment();
  }

  /// The deployment the conversation stays at by this plan; null where it does not stay.
  @Nullable String heldAt(Plan plan) {
    String held = bound();
    return plan.primary().equals(held) && !plan.isPanel() ? held : null;
  }

  private Route branch(Route.Classify classify) {
    Task found = task();
    Route own = classify.branches().get(found);
    if (own == null) {
      reasons.add("there is no branch " + found.token() + ", so analysis is taken");
      own = Objects.requireNonNull(classify.branches().get(Task.ANALYSIS));
    }
    Conversation conversation = question.conversation();
    String held = bound();
    if (held == null
        || conversation == null
        || conversation.bond() == Conversation.Bond.PREFIX
        || question.hints().task() != null
        || own.leadsTo(held)
        || !policy.deployments().containsKey(held)
        || filters.forbids(held) != null
        || filters.ails(held) != null) {
      return own;
    }
    return classify.branches().entrySet().stream()
        .filter(branch -> branch.getValue().leadsTo(held))
        .min(Comparator.comparing(Map.Entry::getKey))
        .map(
            branch -> {
              reasons.add("the session is held by " + held + ", so the branch " + branch.getKey().token() + " is taken");
              return branch.getValue();
            })
        .orElse(own);
  }

  /// The caller may ask for more than the configuration does, not for less.
  Fidelity fidelity() {
    Fidelity configured = policy.fidelity().of(question.outline().model());
    Fidelity asked = question.hints().fidelity();
    if (configured == Fidelity.REPORT && asked == Fidelity.STRICT) {
      reasons.add("nothing may be lost: the caller says so");
    } else if (configured == Fidelity.STRICT) {
      reasons.add("nothing may be lost: the configuration says so");
    }
    return configured.and(asked);
  }

  private Task task() {
    Finding known = finding;
    if (known == null) {
      known = question.foundBy(policy.classifier());
      reasons.add("task " + known.task().token() + ": " + known.why());
      finding = known;
    }
    return known.task();
  }
}
