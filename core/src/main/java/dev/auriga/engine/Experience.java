// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.route.Learning;
import dev.auriga.route.Snapshot.Outcomes;
import dev.auriga.route.Snapshot.Skill;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was learned of models at tasks: the outcomes that were told, on top of what the policy expects
/// beforehand, and how long their answers are.
///
/// An outcome is told for an answered request, once, by who sent it or an admin; older ones count less,
/// half as much every 500. Nothing counts before as many were told as the policy asks for, and of one
/// caller no more than it allows.
///
/// Thread-safe: every change takes the object's lock and no other; [#now] takes none.
final class Experience {
  /*
   * Which model answers is chosen by what is learned, so outcomes are no even sample of the requests: a
   * request that was likely to go where it went stands for fewer others than one that was not. Each
   * outcome therefore weighs one over the probability of its choice, no more than HEAVIEST, and the mean
   * is that of the weights (the self-normalised estimate: Swaminathan and Joachims, The Self-Normalized
   * Estimator for Counterfactual Learning, 2015). Uneven weights tell less than as many even ones: the
   * sum of the weights squared over the sum of their squares is how many (Kish, Survey Sampling, 1965).
   */
  private static final double FADING = Math.pow(0.5, 1.0 / 500);

  /// What the newest answer counts for in the mean length.
  private static final double NEWEST = 0.1;

  /// Requests whose outcome can still be told.
  private static final int PENDING = 20_000;

  /// The most an outcome weighs: what is chosen once in a hundred times would else rule the mean.
  private static final double HEAVIEST = 10;

  private final Learning rule;
  private final Map<Skill, Learned> learned = new HashMap<>();
  private final Map<String, Answered> pending =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answered> eldest) {
          return size() > PENDING;
        }
      };
  private volatile @Nullable Map<Skill, Outcomes> known = Map.of();

  /// An answer whose outcome is awaited.
  ///
  /// @param caller whose request it was
  /// @param skill who answered what
  /// @param propensity the probability with which that one was to be asked, above 0
  record Answered(String caller, Skill skill, double propensity) {}

  private static final class Learned {
    private final Map<String, Tally> callers = new HashMap<>();
    private int told;
    private double tokens;
  }

  /// The outcomes of one caller, faded.
  private static final class Tally {
    private double weights;
    private double squares;
    private double scores;

    void fade() {
      weights *= FADING;
      squares *= FADING;
      scores *= FADING;
    }

    void add(double weight, double score) {
      weights += weight;
      squares += weight * weight;
      scores += weight * score;
    }

    /// As many even outcomes tell as much.
    double count() {
      return weights * weights / squares;
    }

    double mean() {
      return scores / weights;
    }
  }

  Experience(Learning rule) {
    this.rule = rule;
  }

  /// Request `id` was answered, with that many tokens.
  synchronized void answered(String id, Answered answer, long outputTokens) {
    pending.put(id, answer);
    Skill skill = answer.skill();
    Learned so = learned.computeIfAbsent(skill, _ -> new Learned());
    so.tokens = so.tokens == 0 ? outputTokens : so.tokens + NEWEST * (outputTokens - so.tokens);
    known = null;
  }

  /// Request `id` came out well (1), badly (0) or between; false when no such request of that caller's
  /// is waiting.
  synchronized boolean cameOut(String id, Caller by, double score) {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("an outcome is from 0 to 1: " + score);
    }
    Answered answered = pending.get(id);
    if (answered == null || !by.owns(answered.caller())) {
      return false;
    }
    pending.remove(id);
    Learned so = learned.computeIfAbsent(answered.skill(), _ -> new Learned());
    so.callers.values().forEach(Tally::fade);
    so.callers
        .computeIfAbsent(answered.caller(), _ -> new Tally())
        .add(Math.min(1 / answered.propensity(), HEAVIEST), score);
    so.told++;
    known = null;
    return true;
  }

  /// What is known now.
  Map<Skill, Outcomes> now() {
    Map<Skill, Outcomes> outcomes = known;
    return outcomes != null ? outcomes : gathered();
  }

  private synchronized Map<Skill, Outcomes> gathered() {
    Map<Skill, Outcomes> outcomes = new HashMap<>();
    learned.forEach((skill, so) -> outcomes.put(skill, outcomes(rule.prior(skill), so)));
    known = Map.copyOf(outcomes);
    return outcomes;
  }

  private Outcomes outcomes(Outcomes prior, Learned so) {
    double good = prior.good();
    double bad = prior.bad();
    if (so.told >= rule.leastOutcomes()) {
      for (Tally tally : so.callers.values()) {
        double count = Math.min(tally.count(), rule.mostOfOneCaller());
        good += count * tally.mean();
        bad += count * (1 - tally.mean());
      }
    }
    return new Outcomes(good, bad, Math.round(so.tokens));
  }
}
