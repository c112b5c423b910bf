// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Quantities with units: `2.5%`, `800ms`, `2s`, `5m`, `1h`; `4096B`, `64KiB`, `32MiB`, `10MB`, `1GiB`.
final class Units {
  private static final Pattern QUANTITY = Pattern.compile("([0-9]{1,9}) ?([A-Za-z]+)");
  private static final Pattern SHARE = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,4})? ?%");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final Map<String, Duration> TIMES =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));
  private static final Map<String, Long> SIZES =
      Map.of(
          "B", 1L,
          "kB", 1_000L,
          "KB", 1_000L,
          "KiB", 1L << 10,
          "MB", 1_000_000L,
          "MiB", 1L << 20,
          "GB", 1_000_000_000L,
          "GiB", 1L << 30);

  private Units() {}

  /// More than nothing, at most 24 hours; throws [IllegalArgumentException] with advice.
  static Duration duration(String text) {
    Matcher matcher = QUANTITY.matcher(text);
    Duration unit = matcher.matches() ? TIMES.get(matcher.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException(
          "not a duration: \"" + text + "\"; write a whole number with ms, s, m or h, as in 800ms or 2s");
    }
    Duration duration = unit.multipliedBy(Long.parseLong(matcher.group(1)));
    if (duration.isZero() || duration.compareTo(Duration.ofHours(24)) > 0) {
      throw new IllegalArgumentException("a duration is more than 0 and at most 24h, not " + text);
    }
    return duration;
  }

  /// A share from 0 to 1, written as per cent; throws [IllegalArgumentException] with advice.
  static double share(String text) {
    if (!SHARE.matcher(text).matches() || new BigDecimal(text.replace("%", "").strip()).compareTo(HUNDRED) > 0) {
      throw new IllegalArgumentException("must be a share from 0% to 100%, not \"" + text + "\"");
    }
    return new BigDecimal(text.replace("%", "").strip()).movePointLeft(2).doubleValue();
  }

  /// In bytes, from 1 to 2 GiB less one; throws [IllegalArgumentException] with advice.
  static int size(String text) {
    Matcher matcher = QUANTITY.matcher(text);
    Long unit = matcher.matches() ? SIZES.get(matcher.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException(
          "not a size: \"%s\"; write a whole number with B, KiB, MiB, GiB, KB, MB or GB, as in 32MiB"
              .formatted(text));
    }
    long bytes = Long.parseLong(matcher.group(1)) * unit;
    if (bytes < 1 || bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a size is from 1B to less than 2GiB, not " + text);
    }
    return (int) bytes;
  }
}
