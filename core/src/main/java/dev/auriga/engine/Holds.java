// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.resilience.Time;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which deployment served a conversation last: where its prompt cache and its signed reasoning are.
///
/// The conversations that were silent for longest are forgotten first. Thread-safe; every method
/// takes the object's lock and no other.
final class Holds {
  /// Prompt caches are kept for an hour at the most (Anthropic documentation, Prompt caching).
  private static final Duration KEPT = Duration.ofHours(1);
  private static final int MOST = 50_000;

  private record Hold(String deployment, long sinceNanos) {}

  private final Time time;
  private final Map<String, Hold> holds =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Hold> eldest) {
          return size() > MOST;
        }
      };

  Holds(Time time) {
    this.time = time;
  }

  /// The deployment that holds the conversation; null when none is known.
  synchronized @Nullable String holder(String conversation) {
    Hold hold = holds.get(conversation);
    if (hold != null && time.nanos() - hold.sinceNanos > KEPT.toNanos()) {
      holds.remove(conversation);
      return null;
    }
    return hold == null ? null : hold.deployment;
  }

  synchronized void keep(String conversation, String deployment) {
    holds.put(conversation, new Hold(deployment, time.nanos()));
  }
}
