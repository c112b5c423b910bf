// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.completion.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/// Learned quality against price: the cheapest among those whose quality is within the mode's band of
/// the best.
///
/// What is known of quality is uncertain, so the rule is applied to many joint draws of it; how often
/// an arm wins is its probability, with a floor for every one. The arm is then drawn from those
/// probabilities, so that the propensity that is recorded is exact: choices can be evaluated
/// afterwards. Source of the method: RATIONALE.md, learned choice.
final class BestOf {
  /// Joint draws of quality: the smallest probability they can tell is one in as many.
  private static final int DRAWS = 64;

  private final List<Plan> plans;
  private final double[] qualities;
  private final double[] deviations;
  private final long[] costs;
  private final double band;

  /// The arms with the cheapest first, what costs the same as it stands.
  private final int[] byCost;

  BestOf(List<Plan> plans, Route.Best.Mode mode, Task task, Expectations expectations) {
    this.plans = plans;
    this.band = mode.band();
    this.qualities = new double[plans.size()];
    this.deviations = new double[plans.size()];
    this.costs = new long[plans.size()];
    for (int i = 0; i < plans.size(); i++) {
      String deployment = plans.get(i).primary();
      Snapshot.Outcomes outcomes = expectations.outcomes(deployment, task);
      OptionalLong cost = expectations.cost(deployment, task);
      qualities[i] = outcomes.quality();
      deviations[i] = outcomes.deviation();
      costs[i] = cost.orElse(Long.MAX_VALUE);
    }
    this.byCost = sorted(costs);
  }

  /// By insertion: there are few.
  private static int[] sorted(long[] costs) {
    int[] order = new int[costs.length];
    for (int i = 0; i < order.length; i++) {
      int place = i;
      for (; place > 0 && costs[order[place - 1]] > costs[i]; place--) {
        order[place] = order[place - 1];
      }
      order[place] = i;
    }
    return order;
  }

  /// By what is expected, without a draw.
  Ranked settled() {
    double[] propensities = new double[plans.size()];
    int winner = winner(qualities);
    propensities[winner] = 1;
    return ranked(winner, propensities);
  }

  /// Drawn; `exploration` is the share that is spread evenly.
  Ranked drawn(Draw draw, double exploration) {
    int[] wins = new int[plans.size()];
    double[] drawn = new double[plans.size()];
    for (int n = 0; n < DRAWS; n++) {
      for (int i = 0; i < drawn.length; i++) {
        double quality = qualities[i] + deviations[i] * draw.normal();
        drawn[i] = quality < 0 ? 0 : quality > 1 ? 1 : quality;
      }
      wins[winner(drawn)]++;
    }
    double[] propensities = new double[plans.size()];
    for (int i = 0; i < propensities.length; i++) {
      propensities[i] = (1 - exploration) * wins[i] / DRAWS + exploration / propensities.length;
    }
    return ranked(draw.index(propensities), propensities);
  }

  /// The cheapest within the band of the best; of equal ones the better, then the one named first.
  private int winner(double[] quality) {
    double best = 0;
    for (double each : quality) {
      best = each > best ? each : best;
    }
    double least = best * (1 - band);
    int winner = -1;
    for (int i : byCost) {
      if (winner >= 0 && costs[i] > costs[winner] && band > 0) {
        break;
      }
      if (quality[i] >= least && (winner < 0 || quality[i] > quality[winner])) {
        winner = i;
      }
    }
    return winner;
  }

  /// The winner first, then by quality: a fallback is asked when something is wrong already.
  private Ranked ranked(int winner, double[] propensities) {
    List<Integer> order = new ArrayList<>(plans.size());
    for (int i = 0; i < plans.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparing((Integer i) -> i != winner).thenComparingDouble(i -> -qualities[i]));
    return new Ranked(
        "best",
        order.stream()
            .map(i -> new Ranked.Arm(
                        plans.get(i), qualities[i], costs[i] == Long.MAX_VALUE ? null : costs[i], propensities[i]))
            .toList());
  }
}
