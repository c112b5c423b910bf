// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.dialect.Headers;
import dev.auriga.dialect.RateLimits;
import dev.auriga.dialect.RateLimits.Limit;
import dev.auriga.dialect.RateLimits.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Limits in `x-ratelimit-{limit, remaining, reset}-{requests, tokens}`; a reset is a duration such
/// as `6m0s`. Another provider's limit on input alone is told as that on tokens.
///
/// Source: OpenAI documentation, Rate limits (headers).
public final class OpenAiLimits {
  private static final String PREFIX = "x-ratelimit-";

  private OpenAiLimits() {}

  public static RateLimits read(Headers headers) {
    return RateLimits.of(
        unit ->
            new Limit(
                unit,
                RateLimits.number(headers.first(name("limit", unit))),
                RateLimits.number(headers.first(name("remaining", unit))),
                reset(headers.first(name("reset", unit)))));
  }

  private static @Nullable Duration reset(@Nullable String duration) {
    return duration == null ? null : OpenAiRetryAfter.duration(duration.strip());
  }

  private static String name(String what, Unit unit) {
    return PREFIX + what + "-" + unit.token();
  }

  public static Headers write(RateLimits limits) {
    Map<Unit, Limit> told = new EnumMap<>(Unit.class);
    for (Limit limit : limits.limits()) {
      switch (limit.unit()) {
        case REQUESTS, TOKENS -> told.put(limit.unit(), limit);
        case INPUT_TOKENS -> told.putIfAbsent(Unit.TOKENS, limit);
        case OUTPUT_TOKENS -> {}
      }
    }
    List<Headers.Field> fields = new ArrayList<>();
    told.forEach((unit, limit) -> write(unit, limit, fields));
    return Headers.of(fields);
  }

  private static void write(Unit unit, Limit limit, List<Headers.Field> fields) {
    if (limit.most() != null) {
      fields.add(new Headers.Field(name("limit", unit), Long.toString(limit.most())));
    }
    if (limit.remaining() != null) {
      fields.add(new Headers.Field(name("remaining", unit), Long.toString(limit.remaining())));
    }
    if (limit.reset() != null) {
      fields.add(new Headers.Field(name("reset", unit), said(limit.reset())));
    }
  }

  /// `6m0s`, `12s`, `250ms`.
  private static String said(Duration reset) {
    if (reset.toMillis() < 1_000) {
      return reset.toMillis() + "ms";
    }
    long seconds = reset.toSeconds() + (reset.toMillisPart() > 0 ? 1 : 0);
    return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
  }
}
