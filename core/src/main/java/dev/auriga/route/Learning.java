// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import java.util.Map;

/// What is expected of models beforehand, and how learned choices come about.
///
/// @param priors the expected quality of models at tasks before anything was learned
/// @param exploration the share of learned choices that is spread evenly over all that can serve, from
///     0 to 0.5
/// @param leastOutcomes how many outcomes of a model at a task must have been told before they count
/// @param mostOfOneCaller the most outcomes of one caller that count
public record Learning(
    Map<Snapshot.Skill, Snapshot.Outcomes> priors,
    double exploration,
    int leastOutcomes,
    int mostOfOneCaller) {

  /// What is expected of a model nobody said anything about, with the weight of ten outcomes.
  public static final Snapshot.Outcomes UNKNOWN = new Snapshot.Outcomes(7, 3, 0);

  /// Nothing is said of any model.
  public static final Learning USUAL = new Learning(Map.of(), 0.02, 10, 100);

  public Learning {
    priors = Map.copyOf(priors);
    if (!(exploration >= 0 && exploration <= 0.5)) {
      throw new IllegalArgumentException("exploration is a share from 0 to 0.5: " + exploration);
    }
    if (leastOutcomes < 1 || mostOfOneCaller < 1) {
      throw new IllegalArgumentException(
          "outcomes are counted from 1: least %d, most of one caller %d"
              .formatted(leastOutcomes, mostOfOneCaller));
    }
  }

  /// What is expected of a model at a task before anything was learned.
  public Snapshot.Outcomes prior(Snapshot.Skill skill) {
    return priors.getOrDefault(skill, UNKNOWN);
  }
}
