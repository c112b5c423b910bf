// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.completion.Fidelity;
import dev.auriga.completion.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the router chose for one request, and why.
///
/// @param route the route or deployment that was asked for
/// @param finding the task it was classified as, by whom and why; absent when no strategy asked
/// @param reasons in words, in the order they arose
/// @param candidates every deployment that was considered, best first, the excluded ones last
/// @param choices what each strategy that had a choice made of it, in the order they were asked
/// @param held the deployment the conversation stays at, absent where it was free to go anywhere
/// @param fidelity whether deployments may be asked that would lose something of the request
/// @param seed what was drawn by; the same inputs and seed give the same decision, bit for bit
public record Decision(
    String route,
    @Nullable Finding finding,
    List<String> reasons,
    List<Candidate> candidates,
    List<Choice> choices,
    @Nullable String held,
    Fidelity fidelity,
    Plan plan,
    long seed) {

  public Decision {
    reasons = List.copyOf(reasons);
    candidates = List.copyOf(candidates);
    choices = List.copyOf(choices);
  }

  /// The probability with which the first of the plan was to be asked first, as far as strategies chose
  /// it; 1 where they had no choice.
  public double propensity() {
    String first = plan.primary();
    double propensity = 1;
    for (Choice choice : choices) {
      Choice.Arm chosen = choice.arms().getFirst();
      propensity *= chosen.deployment().equals(first) ? chosen.propensity() : 1;
    }
    return propensity;
  }

  /// The task it was classified as, absent when no strategy asked.
  public @Nullable Task task() {
    return finding == null ? null : finding.task();
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
              .map(arm -> new Arm(arm.deployment, arm.score, arm.costMicros, arm.deployment.equals(deployment) ? 1 : 0))
              .toList());
    }

    /// @param deployment the one the arm asks first
    /// @param score what it was judged by: a weight, milliseconds, millionths of a dollar, a quality
    ///     from 0 to 1; absent when not known
    /// @param costMicros what this request is expected to cost there, in millionths of a dollar, where
    ///     the choice looked at that; absent elsewhere and when not known
    /// @param propensity the probability with which it was to be tried first
    public record Arm(String deployment, @Nullable Double score, @Nullable Long costMicros, double propensity) {}
  }
}
