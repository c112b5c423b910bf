// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.completion.Task;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is expected of models beforehand, and how routes that choose the best learn.
///
/// @param exploration the share of choices that is spread evenly over all that can serve, from 0 to 0.5
/// @param leastOutcomes how many outcomes of a model at a task must have been told before they count
/// @param mostOfOneCaller the most outcomes of one key that count
/// @param priorWeight how many outcomes a prior weighs as much as
/// @param priors the expected qualities, from above 0 to below 1; of two for the same model that for a
///     task counts at that task
public record LearningConfig(
    double exploration,
    int leastOutcomes,
    int mostOfOneCaller,
    int priorWeight,
    Map<Skill, Double> priors) {

  /// A model at a task.
  ///
  /// @param task absent for all of them
  /// @param model as the catalogue names it: a deployment's `base-model`, `model` or own name
  public record Skill(@Nullable Task task, String model) {}

  public static final LearningConfig USUAL = new LearningConfig(0.02, 10, 100, 10, Map.of());

  public LearningConfig {
    requireShare("exploration", exploration, exploration >= 0 && exploration <= 0.5);
    requireCount("least-outcomes", leastOutcomes);
    requireCount("most-of-one-caller", mostOfOneCaller);
    requireCount("prior-weight", priorWeight);
    priors = Collections.unmodifiableMap(new LinkedHashMap<>(priors));
    priors.forEach(
        (skill, quality) -> requireShare("the prior of " + skill.model, quality, quality > 0 && quality < 1));
  }

  public LearningConfig withExploration(double share) {
    return new LearningConfig(share, leastOutcomes, mostOfOneCaller, priorWeight, priors);
  }

  /// What must have been told before it counts, and how much of one key's counts at the most.
  public LearningConfig withBounds(int least, int most) {
    return new LearningConfig(exploration, least, most, priorWeight, priors);
  }

  public LearningConfig withPriorWeight(int outcomes) {
    return new LearningConfig(exploration, leastOutcomes, mostOfOneCaller, outcomes, priors);
  }

  /// What is expected of `model` at every task that nothing else is said of.
  public LearningConfig withPrior(String model, double quality) {
    return with(new Skill(null, model), quality);
  }

  public LearningConfig withPrior(Task task, String model, double quality) {
    return with(new Skill(task, model), quality);
  }

  private LearningConfig with(Skill skill, double quality) {
    Map<Skill, Double> more = new LinkedHashMap<>(priors);
    more.put(skill, quality);
    return new LearningConfig(exploration, leastOutcomes, mostOfOneCaller, priorWeight, more);
  }

  private static void requireShare(String name, double share, boolean fits) {
    if (!fits) {
      throw new IllegalArgumentException("%s is out of range: %s".formatted(name, share));
    }
  }

  private static void requireCount(String name, int count) {
    if (count < 1 || count > 1_000_000) {
      throw new IllegalArgumentException("%s is from 1 to 1000000, not %d".formatted(name, count));
    }
  }
}
