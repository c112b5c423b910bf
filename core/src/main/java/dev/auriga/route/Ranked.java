// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// The arms of a strategy in the order they are to be tried, each with its score and propensity.
record Ranked(String strategy, List<Arm> arms) {

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

  /// The lowest first; what is not known takes `unknown` of the known ones. What is equal stays as
  /// it was.
  static Ranked ascending(
      String strategy, List<Plan> plans, List<OptionalLong> scores, ToLongFunction<List<OptionalLong>> unknown) {
    long instead = unknown.applyAsLong(scores);
    List<Integer> order = new ArrayList<>(plans.size());
    for (int i = 0; i < plans.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingLong(i -> scores.get(i).orElse(instead)));
    List<Arm> arms = new ArrayList<>(plans.size());
    for (int i : order) {
      OptionalLong score = scores.get(i);
      arms.add(
          new Arm(
              plans.get(i), score.isEmpty() ? null : (double) score.getAsLong(), null, arms.isEmpty() ? 1 : 0));
    }
    return new Ranked(strategy, arms);
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
