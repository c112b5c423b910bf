// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.completion.Usage;
import dev.auriga.provider.Deployment;
import dev.auriga.route.Snapshot;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where a conversation is, and what is there of it.
///
/// @param where the deployment that served it last, and what its provider has cached
/// @param place who made the reasoning state of the last turns
/// @param foreign how many messages at the beginning are from before the conversation came there, whose
///     state, if any, was made elsewhere
/// @param cache how long what is cached stays so
record Hold(Snapshot.Held where, String place, int foreign, Duration cache) {
  /// Prompt caches are kept for an hour at the most, and for five minutes where nothing else is asked
  /// for (Anthropic documentation, Prompt caching; OpenAI says five to ten minutes).
  static final Duration LONG_CACHE = Duration.ofHours(1);
  private static final Duration USUAL_CACHE = Duration.ofMinutes(5);

  /// After `server` answered.
  ///
  /// @param before where the conversation was, absent when that is not known
  /// @param messages how many messages it had in the request
  /// @param usage what the provider counted, absent when nothing
  static Hold at(Deployment server, @Nullable Hold before, int messages, @Nullable Usage usage) {
    int foreign = before == null ? 0 : Math.min(messages, before.foreignTo(server.place()));
    Duration cache = usage != null && usage.cacheWrite1h() > 0 ? LONG_CACHE : USUAL_CACHE;
    long cached = usage == null ? 0 : usage.input() - usage.freshInput();
    return new Hold(new Snapshot.Held(server.name(), cached), server.place(), foreign, cache);
  }

  /// How many messages at the beginning hold state, if any, that was not made at `other`.
  int foreignTo(String other) {
    return other.equals(place) ? foreign : Integer.MAX_VALUE;
  }

  /// The same when the conversation was silent for so long.
  Hold after(Duration silence) {
    return silence.compareTo(cache) <= 0
        ? this
        : new Hold(new Snapshot.Held(where.deployment(), 0), place, foreign, cache);
  }
}
