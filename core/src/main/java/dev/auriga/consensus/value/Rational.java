// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// An exact number: a fraction in lowest terms, the denominator positive.
public record Rational(BigInteger numerator, BigInteger denominator) implements Comparable<Rational> {
  public static final Rational ZERO = of(0);
  public static final Rational ONE = of(1);

  public Rational {
    if (denominator.signum() == 0) {
      throw new ArithmeticException("a fraction over 0");
    }
    BigInteger common = numerator.gcd(denominator);
    BigInteger by = denominator.signum() < 0 ? common.negate() : common;
    numerator = numerator.divide(by);
    denominator = denominator.divide(by);
  }

  public static Rational of(long whole) {
    return of(whole, 1);
  }

  public static Rational of(long numerator, long denominator) {
    return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  /// The value of a decimal; its exponent is the caller's to bound.
  public static Rational of(BigDecimal decimal) {
    return decimal.scale() <= 0
        ? new Rational(decimal.toBigIntegerExact(), BigInteger.ONE)
        : new Rational(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()));
  }

  public Rational plus(Rational other) {
    return new Rational(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator));
  }

  public Rational times(Rational other) {
    return new Rational(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
  }

  public Rational over(Rational other) {
    return new Rational(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
  }

  public Rational negated() {
    return new Rational(numerator.negate(), denominator);
  }

  public int signum() {
    return numerator.signum();
  }

  /// Rounded to so many decimal places, halves away from zero.
  public Rational rounded(int places) {
    return of(decimal(places));
  }

  /// The nearest floating-point number.
  public double approximately() {
    return decimal(20).doubleValue();
  }

  private BigDecimal decimal(int places) {
    return new BigDecimal(numerator).divide(new BigDecimal(denominator), places, RoundingMode.HALF_UP);
  }

  @Override
  public int compareTo(Rational other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  /// As a decimal where it has an end, else as a fraction.
  @Override
  public String toString() {
    BigInteger rest = denominator;
    int places = 0;
    while (!rest.equals(BigInteger.ONE) && places <= 40) {
      rest = rest.divide(rest.gcd(BigInteger.TEN));
      places++;
      if (rest.gcd(BigInteger.TEN).equals(BigInteger.ONE)) {
        break;
      }
    }
    if (!rest.equals(BigInteger.ONE)) {
      return numerator + "/" + denominator;
    }
    BigDecimal decimal = decimal(places).stripTrailingZeros();
    return decimal.signum() == 0 ? "0" : decimal.toPlainString();
  }
}
