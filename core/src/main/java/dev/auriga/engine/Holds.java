// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.completion.Usage;
import dev.auriga.resilience.Time;
import dev.auriga.route.Conversation;
import dev.auriga.route.Snapshot.Held;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which deployment served a conversation last: where its prompt cache and its signed reasoning are.
///
/// The conversations that were silent for longest are forgotten first. Thread-safe; every method
/// takes the object's lock and no other.
final class Holds {
  /// Prompt caches are kept for an hour at the most, and for five minutes where nothing else is asked
  /// for (Anthropic documentation, Prompt caching; OpenAI says five to ten minutes).
  private static final Duration LONG_CACHE = Duration.ofHours(1);
  private static final Duration USUAL_CACHE = Duration.ofMinutes(5);

  private static final Duration KEPT = LONG_CACHE;
  private static final int MOST = 50_000;

  private record Hold(Held where, Duration cache, long sinceNanos) {}

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

  /// Where the conversation is; null when that is not known.
  @Nullable Held of(Conversation conversation) {
    Held held = of(conversation.key());
    String before = conversation.before();
    return held == null && before != null ? of(before) : held;
  }

  private synchronized @Nullable Held of(String key) {
    Hold hold = holds.get(key);
    if (hold == null) {
      return null;
    }
    Duration silent = Duration.ofNanos(time.nanos() - hold.sinceNanos);
    if (silent.compareTo(KEPT) > 0) {
      holds.remove(key);
      return null;
    }
    return silent.compareTo(hold.cache) > 0 ? new Held(hold.where.deployment(), 0) : hold.where;
  }

  /// The conversation was served there; `usage` is what its provider counted, absent when nothing.
  synchronized void keep(Conversation conversation, String deployment, @Nullable Usage usage) {
    Duration cache = usage != null && usage.cacheWrite1h() > 0 ? LONG_CACHE : USUAL_CACHE;
    long cached =
        usage == null ? 0 : usage.cacheRead() + usage.cacheWrite5m() + usage.cacheWrite1h();
    holds.put(conversation.key(), new Hold(new Held(deployment, cached), cache, time.nanos()));
  }
}
