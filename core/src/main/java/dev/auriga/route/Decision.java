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
/// @param fidelity whether deployments may be asked that would lose something of the request
/// @param candidates every deployment that was considered, best first, the excluded ones last
public record Decision(
    String route,
    @Nullable Task task,
    List<String> reasons,
    List<Candidate> candidates,
    Fidelity fidelity,
    Plan plan) {

  public Decision {
    reasons = List.copyOf(reasons);
    candidates = List.copyOf(candidates);
  }

  /// A deployment that was considered; `excluded` says why it is not in the plan, absent when it is.
  public record Candidate(String deployment, @Nullable String excluded) {}
}
