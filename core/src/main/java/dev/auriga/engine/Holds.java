// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.resilience.Time;
import dev.auriga.route.Conversation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where conversations are: where their prompt cache and their signed reasoning is.
///
/// The conversations that were silent for longest are forgotten first, all after the time a prompt cache
/// is kept at the most. Thread-safe; every method takes the object's lock and no other.
final class Holds {
  private static final int MOST = 50_000;

  private record Kept(Hold hold, long sinceNanos) {}

  private final Time time;
  private final Map<String, Kept> holds =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
          return size() > MOST;
        }
      };

  Holds(Time time) {
    this.time = time;
  }

  /// Where the conversation is; null when that is not known.
  @Nullable Hold of(Conversation conversation) {
    Hold hold = of(conversation.key());
    String before = conversation.before();
    return hold == null && before != null ? of(before) : hold;
  }

  private synchronized @Nullable Hold of(String key) {
    Kept kept = holds.get(key);
    if (kept == null) {
      return null;
    }
    Duration silence = Duration.ofNanos(time.nanos() - kept.sinceNanos);
    if (silence.compareTo(Hold.LONG_CACHE) > 0) {
      holds.remove(key);
      return null;
    }
    return kept.hold.after(silence);
  }

  synchronized void keep(Conversation conversation, Hold hold) {
    holds.put(conversation.key(), new Kept(hold, time.nanos()));
  }
}
