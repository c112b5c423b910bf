// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.completion.Fidelity;
import dev.auriga.completion.Nearest;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Decides: follows the route's expression to the deployments it names, takes out what cannot
/// serve now, and says why.
public final class Router {
  private Router() {}

  /// The decision for a request; pure.
  ///
  /// Throws a [Refusal] of kind NOT_FOUND that names near matches when no route or deployment is
  /// called what the client asked for.
  public static Decision decide(Policy policy, Outline outline, Hints hints, Snapshot snapshot) {
    Deciding deciding = new Deciding(policy, outline, hints);
    SequencedSet<String> order = new LinkedHashSet<>();
    deciding.follow(named(policy, outline.model()), order);
    return decision(deciding, order, snapshot);
  }

  private static Route named(Policy policy, String name) {
    Route route = policy.routes().get(name);
    if (route != null) {
      return route;
    }
    if (policy.deployments().contains(name)) {
      return new Route.To(name);
    }
    throw new Refusal(
        Refusal.Kind.NOT_FOUND,
        "there is no route or deployment \"%s\"; %s".formatted(name, Nearest.advice(name, policy.names())),
        "model");
  }

  private static Decision decision(
      Deciding deciding, SequencedSet<String> order, Snapshot snapshot) {
    List<Decision.Candidate> picked = new ArrayList<>();
    List<Decision.Candidate> excluded = new ArrayList<>();
    List<String> able = order.stream().filter(each -> !snapshot.unable().contains(each)).toList();
    if (able.isEmpty()) {
      throw new Refusal(
          Refusal.Kind.INVALID,
          "no deployment of \"%s\" offers this; asked were %s"
              .formatted(deciding.outline.model(), String.join(", ", order)),
          "model");
    }
    for (String deployment : able) {
      Duration cooldown = snapshot.cooldowns().get(deployment);
      if (cooldown == null) {
        picked.add(new Decision.Candidate(deployment, null));
      } else {
        excluded.add(
            new Decision.Candidate(
                deployment, "cooling down for %.1f s more".formatted(cooldown.toMillis() / 1000.0)));
      }
    }
    if (picked.isEmpty()) {
      deciding.reasons.add("every deployment is cooling down, so all are tried in their order");
      excluded.clear();
      able.forEach(deployment -> picked.add(new Decision.Candidate(deployment, null)));
    }
    for (String deployment : snapshot.unable()) {
      if (order.contains(deployment)) {
        excluded.add(new Decision.Candidate(deployment, "its provider does not offer this"));
      }
    }
    List<Plan> plans =
        picked.stream().<Plan>map(candidate -> new Plan.Single(candidate.deployment())).toList();
    picked.addAll(excluded);
    Fidelity fidelity = deciding.fidelity();
    return new Decision(
        deciding.outline.model(), deciding.task, deciding.reasons, picked, fidelity,
        plans.size() == 1 ? plans.getFirst() : new Plan.InTurn(plans));
  }

  /// One decision being made.
  private static final class Deciding {
    private final Policy policy;
    private final Outline outline;
    private final Hints hints;
    private final List<String> reasons = new ArrayList<>();
    private @Nullable Task task;

    Deciding(Policy policy, Outline outline, Hints hints) {
      this.policy = policy;
      this.outline = outline;
      this.hints = hints;
    }

    /// Adds the deployments `route` leads to, in the order they are to be tried.
    void follow(Route route, SequencedSet<String> order) {
      switch (route) {
        case Route.To to -> order.add(to.deployment());
        case Route.InTurn inTurn -> inTurn.routes().forEach(member -> follow(member, order));
        case Route.Classify classify -> {
          Task found = task();
          Route branch = classify.branches().get(found);
          if (branch == null) {
            reasons.add("there is no branch " + found.token() + ", so analysis is taken");
            branch = java.util.Objects.requireNonNull(classify.branches().get(Task.ANALYSIS));
          }
          follow(branch, order);
        }
      }
    }

    private Task task() {
      Task known = task;
      if (known == null) {
        Classifier.Classified classified = classify();
        reasons.add("task %s: %s".formatted(classified.task().token(), classified.why()));
        known = classified.task();
        task = known;
      }
      return known;
    }

    /// The caller may ask for more than the configuration does, not for less.
    Fidelity fidelity() {
      Fidelity configured = policy.fidelity().of(outline.model());
      if (configured == Fidelity.REPORT && hints.fidelity() == Fidelity.STRICT) {
        reasons.add("nothing may be lost: the caller says so");
      } else if (configured == Fidelity.STRICT) {
        reasons.add("nothing may be lost: the configuration says so");
      }
      return configured.and(hints.fidelity());
    }

    /// What the caller says wins, then what the request is made of, then what it says.
    private Classifier.Classified classify() {
      if (hints.task() != null) {
        return new Classifier.Classified(hints.task(), "the caller named it");
      }
      if (!outline.modalities().isEmpty()) {
        String kinds =
            outline.modalities().stream().sorted()
                .map(kind -> kind.name().toLowerCase(java.util.Locale.ROOT))
                .collect(java.util.stream.Collectors.joining(" and "));
        return new Classifier.Classified(Task.MULTIMODAL, "the request carries " + kinds);
      }
      if (hints.highVolume()) {
        return new Classifier.Classified(Task.HIGH_VOLUME, "the caller is marked high-volume");
      }
      return policy.classifier().classify(outline);
    }
  }
}
