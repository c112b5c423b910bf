// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.completion.Refusal;
import dev.auriga.provider.Reply;
import dev.auriga.route.Plan;
import java.util.List;

/// Performs a plan: walks its tree and makes the attempts it names.
final class Performer {
  private final Attempts attempts;

  Performer(Attempts attempts) {
    this.attempts = attempts;
  }

  Reply perform(Plan plan, Journey journey) throws InterruptedException {
    return perform(plan, journey, Attempts.Next.NOTHING);
  }

  private Reply perform(Plan plan, Journey journey, Attempts.Next next) throws InterruptedException {
    return switch (plan) {
      case Plan.Single single -> attempts.at(single.deployment(), journey, next);
      case Plan.InTurn inTurn -> inTurn(inTurn.plans(), journey, next);
    };
  }

  /// Goes on to the next plan while the failure allows it and something is left to spend, also from
  /// one the request cannot be said to; the last failure is the answer. That the request cannot be
  /// said hides no failure, and is the answer where it can be said to nobody.
  private Reply inTurn(List<Plan> plans, Journey journey, Attempts.Next after)
      throws InterruptedException {
    Reply reply = null;
    Refusal unsayable = null;
    for (int i = 0; i < plans.size(); i++) {
      Attempts.Next next = i + 1 < plans.size() ? Attempts.Next.A_FALLBACK : after;
      try {
        reply = perform(plans.get(i), journey, next);
      } catch (Refusal here) {
        unsayable = unsayable == null ? here : unsayable;
        continue;
      }
      if (!(reply instanceof Reply.Failed failed)
          || !failed.failure().kind().fallsBack()
          || attempts.spent(journey) != null) {
        return reply;
      }
    }
    if (reply == null && unsayable != null) {
      throw unsayable;
    }
    return java.util.Objects.requireNonNull(reply, "a plan in turn is never empty");
  }
}
