// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.completion.Fidelity;
import dev.auriga.completion.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the router chose for one request, and why.
///
/// @param route the route or deployment that was asked for
/// @param task the task it was classified as, absent when no strategy asked
/// @param reasons in words, in the order they arose
/// @param candidates every deployment that was considered, best first, the excluded ones last
/// @param choices what each strategy that had a choice made of it, in the order they were asked
/// @param fidelity whether deployments may be asked that would lose something of the request
/// @param seed what was drawn by; the same inputs and seed give the same decision, bit for bit
public record Decision(
    String route,
    @Nullable Task task,
    List<String> reasons,
    List<Candidate> candidates,
    List<Choice> choices,
    Fidelity fidelity,
    Plan plan,
    long seed) {

  public Decision {
    reasons = List.copyOf(reasons);
    candidates = List.copyOf(candidates);
    choices = List.copyOf(choices);
  }

  /// A deployment that was considered; `excluded` says why it is not in the plan, absent when it is.
  public record Candidate(String deployment, @Nullable String excluded) {}

  /// One strategy's choice among the arms that could serve.
  ///
  /// @param strategy as the file calls it: `weighted`, `fastest`, `cheapest`, `best`
  /// @param arms in the order they are to be tried
  public record Choice(String strategy, List<Arm> arms) {
    public Choice {
      arms = List.copyOf(arms);
    }

    /// The same where a conversation stays at `deployment`: nothing was left to the choice.
    Choice heldBy(String deployment) {
      return new Choice(
          strategy,
          arms.stream()
              .map(arm -> new Arm(arm.deployment, arm.score, arm.deployment.equals(deployment) ? 1 : 0))
              .toList());
    }

    /// @param deployment the one the arm asks first
    /// @param score what it was judged by: a weight, milliseconds, millionths of a dollar, a quality
    ///     from 0 to 1; absent when not known
    /// @param propensity the probability with which it was to be tried first
    public record Arm(String deployment, @Nullable Double score, double propensity) {}
  }
}
