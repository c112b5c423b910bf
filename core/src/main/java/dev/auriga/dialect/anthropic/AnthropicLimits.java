// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.dialect.Headers;
import dev.auriga.dialect.RateLimits;
import dev.auriga.dialect.RateLimits.Limit;
import dev.auriga.dialect.RateLimits.Unit;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Limits in `anthropic-ratelimit-{unit}-{limit, remaining, reset}`; a reset is a moment.
///
/// Source: Anthropic API reference, Rate limits (response headers).
record AnthropicLimits(Instant now) {
  private static final String PREFIX = "anthropic-ratelimit-";

  RateLimits read(Headers headers) {
    return RateLimits.of(
        unit ->
            new Limit(
                unit,
                RateLimits.number(headers.first(name(unit, "limit"))),
                RateLimits.number(headers.first(name(unit, "remaining"))),
                reset(headers.first(name(unit, "reset")))));
  }

  private static String name(Unit unit, String what) {
    return PREFIX + unit.token() + "-" + what;
  }

  private @Nullable Duration reset(@Nullable String moment) {
    try {
      if (moment != null) {
        Duration wait = Duration.between(now, OffsetDateTime.parse(moment.strip()).toInstant());
        return wait.isNegative() ? Duration.ZERO : wait;
      }
    } catch (DateTimeException notAMoment) {
      // Nothing usable is said.
    }
    return null;
  }

  Headers write(RateLimits limits) {
    List<Headers.Field> fields = new ArrayList<>();
    for (Limit limit : limits.limits()) {
      Unit unit = limit.unit();
      if (limit.most() != null) {
        fields.add(new Headers.Field(name(unit, "limit"), Long.toString(limit.most())));
      }
      if (limit.remaining() != null) {
        fields.add(new Headers.Field(name(unit, "remaining"), Long.toString(limit.remaining())));
      }
      if (limit.reset() != null) {
        // A moment in whole seconds, and never one before the limit is whole.
        Instant then = now.plus(limit.reset()).plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
        fields.add(new Headers.Field(name(unit, "reset"), then.toString()));
      }
    }
    return Headers.of(fields);
  }
}
