// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.route.Policy;
import dev.auriga.route.Snapshot.Outcomes;
import dev.auriga.route.Snapshot.Skill;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What was learned of models at tasks: the outcomes that were told, on top of what the policy expects
/// beforehand, and how long their answers are.
///
/// An outcome is told for an answered request, once, by who sent it or an admin; older ones count less,
/// half as much every 500.
/// Thread-safe: every change takes the object's lock and no other; [#now] takes none.
final class Experience {
  private static final double FADING = Math.pow(0.5, 1.0 / 500);

  /// What the newest answer counts for in the mean length.
  private static final double NEWEST = 0.1;

  /// Requests whose outcome can still be told.
  private static final int PENDING = 20_000;

  private final Function<Skill, Outcomes> priors;
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

  /// An answer whose outcome is awaited: whose request it was, and who answered what.
  private record Answered(String caller, Skill skill) {}

  private static final class Learned {
    private double good;
    private double bad;
    private double tokens;
  }

  Experience(Policy policy) {
    this.priors = policy.learning()::prior;
  }

  /// Request `id` of `caller` was answered, with that many tokens.
  synchronized void answered(String id, Caller caller, Skill skill, long outputTokens) {
    pending.put(id, new Answered(caller.name(), skill));
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
    so.good = so.good * FADING + score;
    so.bad = so.bad * FADING + 1 - score;
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
    learned.forEach(
        (skill, so) -> {
          Outcomes prior = priors.apply(skill);
          outcomes.put(
              skill, new Outcomes(prior.good() + so.good, prior.bad() + so.bad, Math.round(so.tokens)));
        });
    known = Map.copyOf(outcomes);
    return outcomes;
  }
}
