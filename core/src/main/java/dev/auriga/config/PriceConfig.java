// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What a model costs, in US dollars for a million tokens; replaces the catalogue's price.
///
/// @param input fresh input
/// @param cached input read from a cache, absent when it costs as fresh input
/// @param cacheWrite5m input written to a cache for five minutes, absent when as fresh input
/// @param cacheWrite1h input written to a cache for an hour, absent when as fresh input
/// @param output visible output and reasoning
public record PriceConfig(
    BigDecimal input,
    @Nullable BigDecimal cached,
    @Nullable BigDecimal cacheWrite5m,
    @Nullable BigDecimal cacheWrite1h,
    BigDecimal output) {

  public PriceConfig {
    input = checked("input", input);
    cached = cached == null ? null : checked("cached", cached);
    cacheWrite5m = cacheWrite5m == null ? null : checked("cache-write-5m", cacheWrite5m);
    cacheWrite1h = cacheWrite1h == null ? null : checked("cache-write-1h", cacheWrite1h);
    output = checked("output", output);
  }

  /// A price without cache: `PriceConfig.of("2.5", "10")`.
  public static PriceConfig of(String input, String output) {
    return new PriceConfig(new BigDecimal(input), null, null, null, new BigDecimal(output));
  }

  public PriceConfig withCached(String perMillion) {
    return new PriceConfig(input, new BigDecimal(perMillion), cacheWrite5m, cacheWrite1h, output);
  }

  /// Why `dollars` is no price, null when it is one.
  static @Nullable String fault(BigDecimal dollars) {
    if (dollars.signum() < 0) {
      return "a price must not be negative";
    }
    if (dollars.compareTo(BigDecimal.valueOf(100_000)) > 0) {
      return "a price is in US dollars for a million tokens, at most 100000";
    }
    return dollars.stripTrailingZeros().scale() > 6 ? "a price has at most six decimals" : null;
  }

  private static BigDecimal checked(String name, BigDecimal dollars) {
    String fault = fault(dollars);
    if (fault != null) {
      throw new IllegalArgumentException("%s: %s: %s".formatted(name, fault, dollars));
    }
    BigDecimal plain = dollars.stripTrailingZeros();
    return plain.scale() < 0 ? plain.setScale(0) : plain;
  }
}
