// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.completion.Failure;
import dev.auriga.dialect.Headers;
import dev.auriga.resilience.Time;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Several keys of one provider, of which one is used until it is at fault: then the next, and the
/// faulty one rests.
///
/// A key that is rate-limited rests as long as its provider asks for; one that is refused or whose
/// quota is used up rests longer, because waiting rarely mends it. Whatever else fails is not the key's
/// fault. Staying at one key keeps its account's prompt caches warm. Where all rest, the one that has
/// rested most is used. Thread-safe: every method takes the object's lock and no other.
public final class KeyRing implements Credential {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LIMITED = Duration.ofSeconds(10);
  private static final Duration UNUSABLE = Duration.ofMinutes(5);

  private final List<Headers.Field> keys;
  private final long[] restingUntil;
  private final Time time;
  private int current;

  /// @param keys what each key is sent as; not empty
  public KeyRing(List<Headers.Field> keys, Time time) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("a ring of no keys");
    }
    this.keys = keys.stream().distinct().toList();
    this.time = time;
    this.restingUntil = new long[this.keys.size()];
    Arrays.fill(restingUntil, time.nanos());
  }

  @Override
  public synchronized Headers.Field header() {
    if (rests(current)) {
      current = next();
    }
    return keys.get(current);
  }

  @Override
  public synchronized Next failed(Headers.Field sent, Failure failure) {
    int faulty = keys.indexOf(sent);
    Duration rest = rest(failure);
    if (rest == null || faulty < 0) {
      return Next.SAME;
    }
    long until = time.nanos() + rest.toNanos();
    restingUntil[faulty] = rests(faulty) ? Math.max(restingUntil[faulty], until) : until;
    current = rests(current) ? next() : current;
    return rests(current) || current == faulty ? Next.SAME : Next.ANOTHER;
  }

  private boolean rests(int key) {
    return restingUntil[key] - time.nanos() > 0;
  }

  /// The first one after the current that does not rest, else the one whose rest is over first.
  private int next() {
    int best = current;
    for (int i = 1; i <= keys.size(); i++) {
      int key = (current + i) % keys.size();
      if (!rests(key)) {
        return key;
      }
      best = restingUntil[key] - restingUntil[best] < 0 ? key : best;
    }
    return best;
  }

  /// How long the key is to rest; null where it is not at fault.
  private static @Nullable Duration rest(Failure failure) {
    Duration asked = failure.retryAfter();
    return switch (failure.kind()) {
      case RATE_LIMITED ->
          asked == null ? LIMITED : asked.compareTo(SHORTEST) < 0 ? SHORTEST : asked;
      case QUOTA_EXHAUSTED -> asked == null || asked.compareTo(UNUSABLE) < 0 ? UNUSABLE : asked;
      case UNAUTHORISED -> UNUSABLE;
      case OVERLOADED, TIMED_OUT, UNREACHABLE, NOT_FOUND, TOO_LONG, CONTENT_FILTERED, STATE_REFUSED, CONTROL_REFUSED,
          INVALID, BROKEN_STREAM, UNKNOWN -> null;
    };
  }
}
