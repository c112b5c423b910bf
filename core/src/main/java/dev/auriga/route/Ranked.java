// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The arms of a strategy in the order they are to be tried, each with its score and propensity.
record Ranked(String strategy, List<Arm> arms) {
  /// The share of requests that tries who did not answer lately.
  private static final double TRIALS = 0.05;

  /// @param costMicros what is expected to be paid, where that was looked at
  record Arm(Plan plan, @Nullable Double score, @Nullable Long costMicros, double propensity) {}

  /// By weight: the first is drawn, then the next of the rest, and so on.
  static Ranked byWeight(List<Plan> plans, double[] weights, Draw draw) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double[] left = weights.clone();
    List<Arm> arms = new ArrayList<>(plans.size());
    for (int i = 0; i < plans.size(); i++) {
      int drawn = draw.index(left);
      left[drawn] = 0;
      arms.add(new Arm(plans.get(drawn), weights[drawn], null, weights[drawn] / sum));
    }
    return new Ranked("weighted", arms);
  }

  /// The one that is expected to cost least first; those without a price last.
  static Ranked cheapest(List<Plan> plans, List<OptionalLong> costs) {
    List<Arm> arms = new ArrayList<>(plans.size());
    for (int i : ascending(costs)) {
      arms.add(arm(plans.get(i), costs.get(i), arms.isEmpty() ? 1 : 0));
    }
    return new Ranked("cheapest", arms);
  }

  /// The fastest first; a share of requests tries one first that did not answer lately, because nothing
  /// else would ever show that it has become the faster. Where nobody did, they stay as they are.
  static Ranked fastest(List<Plan> plans, List<OptionalLong> waits, Draw draw) {
    List<Integer> order = ascending(waits);
    int known = (int) waits.stream().filter(OptionalLong::isPresent).count();
    int unknown = plans.size() - known;
    double trials = known == 0 || unknown == 0 ? 0 : TRIALS;
    int best = order.getFirst();
    if (draw.share() < trials) {
      int position = known + Math.min(unknown - 1, (int) (draw.share() * unknown));
      Collections.rotate(order.subList(0, position + 1), 1);
    }
    List<Arm> arms = new ArrayList<>(plans.size());
    for (int i : order) {
      double propensity = i == best ? 1 - trials : waits.get(i).isEmpty() ? trials / unknown : 0;
      arms.add(arm(plans.get(i), waits.get(i), propensity));
    }
    return new Ranked("fastest", arms);
  }

  private static Arm arm(Plan plan, OptionalLong score, double propensity) {
    return new Arm(plan, score.isEmpty() ? null : (double) score.getAsLong(), null, propensity);
  }

  /// The lowest first, what is not known last; what is equal stays as it was.
  private static List<Integer> ascending(List<OptionalLong> scores) {
    List<Integer> order = new ArrayList<>(scores.size());
    for (int i = 0; i < scores.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingLong(i -> scores.get(i).orElse(Long.MAX_VALUE)));
    return order;
  }

  List<Plan> plans() {
    return arms.stream().map(Arm::plan).toList();
  }

  Decision.Choice choice() {
    return new Decision.Choice(
        strategy,
        arms.stream()
            .map(arm -> new Decision.Choice.Arm(
                        arm.plan.primary(), arm.score, arm.costMicros, arm.propensity))
            .toList());
  }
}
