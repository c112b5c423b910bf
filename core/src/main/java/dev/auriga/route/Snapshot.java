// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.completion.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known about the deployments at the moment of a decision.
///
/// @param at the moment, by which prices are looked up
/// @param cooldowns what is left of each cooldown, by deployment; a deployment that may be picked
///     is not in it
/// @param speeds how fast they answered lately; who did not answer lately is not in it
/// @param outcomes what was learned about models, by task
/// @param held where the conversation is, absent when that is not known
/// @param unable deployments whose provider does not offer what is asked
public record Snapshot(
    Instant at,
    Map<String, Duration> cooldowns,
    Map<String, Speed> speeds,
    Map<Skill, Outcomes> outcomes,
    @Nullable Held held,
    Set<String> unable) {

  /// Nothing is known and nothing is wrong.
  public static final Snapshot ALL_WELL = at(Instant.EPOCH);

  public Snapshot {
    cooldowns = Map.copyOf(cooldowns);
    speeds = Map.copyOf(speeds);
    outcomes = Map.copyOf(outcomes);
    unable = Set.copyOf(unable);
  }

  public static Snapshot at(Instant moment) {
    return new Snapshot(moment, Map.of(), Map.of(), Map.of(), null, Set.of());
  }

  public Snapshot withCooldowns(Map<String, Duration> others) {
    return new Snapshot(at, others, speeds, outcomes, held, unable);
  }

  public Snapshot withSpeeds(Map<String, Speed> others) {
    return new Snapshot(at, cooldowns, others, outcomes, held, unable);
  }

  public Snapshot withOutcomes(Map<Skill, Outcomes> others) {
    return new Snapshot(at, cooldowns, speeds, others, held, unable);
  }

  /// The same of a conversation that is at `deployment`, with nothing of it known to be cached.
  public Snapshot holding(String deployment) {
    return holding(new Held(deployment, 0));
  }

  public Snapshot holding(@Nullable Held where) {
    return new Snapshot(at, cooldowns, speeds, outcomes, where, unable);
  }

  public Snapshot withUnable(Set<String> deployments) {
    return new Snapshot(at, cooldowns, speeds, outcomes, held, deployments);
  }

  /// Where a conversation is.
  ///
  /// @param deployment the one that served it before
  /// @param cachedTokens how many tokens of its beginning are in the prompt cache there, by what the
  ///     provider said at the last turn; 0 when nothing is known
  public record Held(String deployment, long cachedTokens) {}

  /// How fast a deployment answered lately.
  ///
  /// @param firstToken the mean time to the first token
  /// @param lateFirstToken its 95th percentile; absent while there are too few to tell
  /// @param whole the mean time to the end of an answer
  /// @param lateWhole its 95th percentile; absent while there are too few to tell
  public record Speed(
      Duration firstToken,
      @Nullable Duration lateFirstToken,
      Duration whole,
      @Nullable Duration lateWhole) {}

  /// A model at a task.
  public record Skill(Task task, String model) {}

  /// What is known of a model at a task, older outcomes counting less.
  ///
  /// @param good the weight of good outcomes, of what is expected beforehand too
  /// @param bad the weight of bad ones
  /// @param outputTokens about how many tokens its answers have; 0 when not known
  public record Outcomes(double good, double bad, long outputTokens) {
    public Outcomes {
      if (!(good > 0) || !(bad > 0)) {
        throw new IllegalArgumentException("outcomes of weight %s to %s".formatted(good, bad));
      }
    }

    /// The expected quality, from 0 to 1.
    public double quality() {
      return good / (good + bad);
    }

    /// How uncertain it is: the standard deviation of the Beta distribution of that weight.
    public double deviation() {
      double weight = good + bad;
      return Math.sqrt(good * bad / (weight * weight * (weight + 1)));
    }
  }
}
