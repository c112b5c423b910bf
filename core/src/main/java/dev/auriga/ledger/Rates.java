// SPDX-License-Identifier: Apache-2.0
package dev.auriga.ledger;

import dev.auriga.completion.Usage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What a million tokens of each sort cost, in millionths of a US dollar; absent when not known.
///
/// With whole micro-dollars for a million tokens every price list is exact: 0.075 dollars are
/// 75,000.
///
/// @param output visible output and reasoning alike
public record Rates(
    @Nullable Long input,
    @Nullable Long cacheRead,
    @Nullable Long cacheWrite5m,
    @Nullable Long cacheWrite1h,
    @Nullable Long output) {

  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);
  private static final BigInteger HALF = BigInteger.valueOf(500_000);

  public Rates {
    requireNotNegative(input);
    requireNotNegative(cacheRead);
    requireNotNegative(cacheWrite5m);
    requireNotNegative(cacheWrite1h);
    requireNotNegative(output);
  }

  /// The rate of a price in US dollars for a million tokens. Throws [IllegalArgumentException] when
  /// it has more than six decimals.
  public static long micros(BigDecimal dollarsPerMillion) {
    try {
      return dollarsPerMillion.movePointRight(6).longValueExact();
    } catch (ArithmeticException notExact) {
      throw new IllegalArgumentException(
          "a price for a million tokens has at most six decimals: " + dollarsPerMillion, notExact);
    }
  }

  /// The cost of `usage` in millionths of a dollar; empty when a sort of token in it has no price.
  ///
  /// Everything is summed exactly and rounded once, half up: a single request is off by at most
  /// half a millionth of a dollar, a sum of N requests by at most N halves. An absurd usage gives
  /// [Long#MAX_VALUE] and not an overflow.
  public OptionalLong cost(Usage usage) {
    if (unknown(usage.freshInput(), input)
        || unknown(usage.cacheRead(), cacheRead)
        || unknown(usage.cacheWrite5m(), cacheWrite5m)
        || unknown(usage.cacheWrite1h(), cacheWrite1h)
        || unknown(usage.output(), output)
        || unknown(usage.reasoning(), output)) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(rounded(usage));
    } catch (ArithmeticException tooLargeForALong) {
      return OptionalLong.of(large(usage));
    }
  }

  /// Throws [ArithmeticException] where a `long` does not hold the sum.
  private long rounded(Usage usage) {
    long sum = exact(usage.freshInput(), input);
    sum = Math.addExact(sum, exact(usage.cacheRead(), cacheRead));
    sum = Math.addExact(sum, exact(usage.cacheWrite5m(), cacheWrite5m));
    sum = Math.addExact(sum, exact(usage.cacheWrite1h(), cacheWrite1h));
    sum = Math.addExact(sum, exact(usage.output(), output));
    sum = Math.addExact(sum, exact(usage.reasoning(), output));
    return Math.addExact(sum, 500_000) / 1_000_000;
  }

  private static long exact(long tokens, @Nullable Long rate) {
    return rate == null ? 0 : Math.multiplyExact(tokens, rate);
  }

  private long large(Usage usage) {
    BigInteger millionths =
        product(usage.freshInput(), input)
            .add(product(usage.cacheRead(), cacheRead))
            .add(product(usage.cacheWrite5m(), cacheWrite5m))
            .add(product(usage.cacheWrite1h(), cacheWrite1h))
            .add(product(usage.output(), output))
            .add(product(usage.reasoning(), output));
    BigInteger micros = millionths.add(HALF).divide(MILLION);
    return micros.bitLength() > 63 ? Long.MAX_VALUE : micros.longValueExact();
  }

  /// The most that so many tokens can cost, whatever sort of input they are: read from a cache, written
  /// to one or neither. In millionths of a dollar; empty when input or output has no price.
  public OptionalLong most(long inputTokens, long outputTokens) {
    if (input == null || output == null) {
      return OptionalLong.empty();
    }
    long dearest = input;
    for (Long other : new Long[] {cacheRead, cacheWrite5m, cacheWrite1h}) {
      dearest = other == null ? dearest : Math.max(dearest, other);
    }
    BigInteger millionths = product(inputTokens, dearest).add(product(outputTokens, output));
    // Rounded up, so that it stays the most.
    BigInteger micros = millionths.add(MILLION.subtract(BigInteger.ONE)).divide(MILLION);
    return OptionalLong.of(micros.bitLength() > 63 ? Long.MAX_VALUE : micros.longValueExact());
  }

  /// These rates times `factor`, each rounded half up to a millionth of a dollar.
  Rates times(BigDecimal factor) {
    return new Rates(
        times(input, factor),
        times(cacheRead, factor),
        times(cacheWrite5m, factor),
        times(cacheWrite1h, factor),
        times(output, factor));
  }

  private static @Nullable Long times(@Nullable Long rate, BigDecimal factor) {
    return rate == null
        ? null
        : BigDecimal.valueOf(rate).multiply(factor).setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  /// As `2.5/1.25/-/-/10`: what stands in a price version that no catalogue names.
  String text() {
    String cache = "%s/%s/%s".formatted(dollars(cacheRead), dollars(cacheWrite5m), dollars(cacheWrite1h));
    return "%s/%s/%s".formatted(dollars(input), cache, dollars(output));
  }

  private static String dollars(@Nullable Long rate) {
    return rate == null ? "-" : BigDecimal.valueOf(rate, 6).stripTrailingZeros().toPlainString();
  }

  private static boolean unknown(long tokens, @Nullable Long rate) {
    return tokens > 0 && rate == null;
  }

  private static BigInteger product(long tokens, @Nullable Long rate) {
    return rate == null ? BigInteger.ZERO : BigInteger.valueOf(tokens).multiply(BigInteger.valueOf(rate));
  }

  private static void requireNotNegative(@Nullable Long rate) {
    if (rate != null && rate < 0) {
      throw new IllegalArgumentException("a rate must not be negative: " + rate);
    }
  }
}
