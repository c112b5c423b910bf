// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.completion.Fidelity;
import dev.auriga.completion.Nearest;
import dev.auriga.completion.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/// Decides: follows the route's expression to the deployments it names, takes out what cannot
/// serve, and says why.
public final class Router {
  private static final List<Deciding.Leniency> LENIENT =
      List.of(
          Deciding.Leniency.COOLDOWNS, Deciding.Leniency.SHORT_ANSWERS, Deciding.Leniency.LOOSE_FORMS);

  private Router() {}

  /// The decision for a request; pure: the same arguments give the same decision, bit for bit.
  ///
  /// Throws a [Refusal] of kind NOT_FOUND that names near matches when no route or deployment is
  /// called what the client asked for, and one of kind INVALID that says why of each when no
  /// deployment behind it can serve such a request.
  public static Decision decide(Policy policy, Question question, Snapshot snapshot, long seed) {
    Route route = named(policy, question.outline().model());
    Deciding deciding = new Deciding(policy, question, snapshot, seed, Deciding.Leniency.NONE);
    Plan plan = deciding.plan(route);
    // Rather somebody who failed lately, or who says less, than nobody.
    for (Deciding.Leniency leniency : LENIENT) {
      if (plan == null) {
        deciding = new Deciding(policy, question, snapshot, seed, leniency);
        plan = deciding.plan(route);
        deciding.overlooked();
      }
    }
    if (plan == null) {
      throw unservable(question.outline().model(), deciding);
    }
    return decision(question, deciding, plan, seed);
  }

  private static Route named(Policy policy, String name) {
    Route route = policy.routes().get(name);
    if (route != null) {
      return route;
    }
    if (policy.deployments().containsKey(name)) {
      return new Route.To(name);
    }
    throw new Refusal(
        Refusal.Kind.NOT_FOUND,
        "there is no route or deployment \"%s\"; %s".formatted(name, Nearest.advice(name, policy.names())),
        "model");
  }

  private static Refusal unservable(String name, Deciding deciding) {
    String why =
        deciding.excluded().entrySet().stream()
            .map(each -> each.getKey() + ": " + each.getValue())
            .collect(Collectors.joining("; "));
    return new Refusal(
        Refusal.Kind.INVALID, "nothing behind \"%s\" can serve this request: %s".formatted(name, why), "model");
  }

  private static Decision decision(Question question, Deciding deciding, Plan plan, long seed) {
    Fidelity fidelity = deciding.fidelity();
    SequencedSet<String> picked = new LinkedHashSet<>();
    plan.each(picked::add);
    List<Decision.Candidate> candidates = new ArrayList<>(picked.size() + deciding.excluded().size());
    picked.forEach(deployment -> candidates.add(new Decision.Candidate(deployment, null)));
    deciding
        .excluded()
        .forEach((deployment, why) -> candidates.add(new Decision.Candidate(deployment, why)));
    return new Decision(
        question.outline().model(), deciding.finding(), deciding.reasons(), candidates,
        deciding.choices(), deciding.heldAt(plan), fidelity, plan, seed);
  }
}
