// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a provider says with its answer about its own limits: how much there is, what is left, and
/// when it is whole again.
public record RateLimits(List<Limit> limits) {
  public static final RateLimits UNSAID = new RateLimits(List.of());

  private static final List<String> PREFIXES =
      List.of("x-ratelimit-", "anthropic-ratelimit-", "anthropic-priority-", "anthropic-fast-");

  public RateLimits {
    limits = List.copyOf(limits);
  }

  /// What is limited.
  public enum Unit {
    REQUESTS,
    TOKENS,
    INPUT_TOKENS,
    OUTPUT_TOKENS;

    private final String token = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /// As header names say it: `requests`, `input-tokens`.
    public String token() {
      return token;
    }
  }

  /// One limit; each part is absent where it is not said.
  public record Limit(
      Unit unit, @Nullable Long most, @Nullable Long remaining, @Nullable Duration reset) {

    boolean isSaid() {
      return most != null || remaining != null || reset != null;
    }
  }

  /// How one unit's limit is read from headers.
  public interface Reading {
    Limit read(Unit unit);
  }

  /// The limits of all units of which `reading` finds something said.
  public static RateLimits of(Reading reading) {
    List<Limit> said = new ArrayList<>();
    for (Unit unit : Unit.values()) {
      Limit limit = reading.read(unit);
      if (limit.isSaid()) {
        said.add(limit);
      }
    }
    return said.isEmpty() ? UNSAID : new RateLimits(said);
  }

  /// The fields of an answer that say something about limits, as they came.
  public static Headers fields(Headers answer) {
    List<Headers.Field> fields = new ArrayList<>(0);
    for (Headers.Field field : answer.fields()) {
      if (PREFIXES.stream().anyMatch(prefix -> begins(field.name(), prefix))) {
        fields.add(field);
      }
    }
    return fields.isEmpty() ? Headers.NONE : Headers.of(fields);
  }

  private static boolean begins(String name, String prefix) {
    return name.regionMatches(true, 0, prefix, 0, prefix.length());
  }

  /// `text` as a whole number from 0 up, null when it is none.
  public static @Nullable Long number(@Nullable String text) {
    try {
      return text == null ? null : Long.parseUnsignedLong(text.strip());
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }
}
