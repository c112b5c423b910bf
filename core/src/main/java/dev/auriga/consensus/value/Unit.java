// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.value;

/// A unit: a value in it is `(value + offset) × factor` in the base unit of its dimension.
///
/// @param dimension what it measures; empty for plain ratios such as percent
/// @param offset 0 but for temperatures
public record Unit(String name, String dimension, Rational factor, Rational offset) {

  Rational inBase(Rational value) {
    return value.plus(offset).times(factor);
  }

  /// One of these for each of the other, such as kilometres per hour.
  Unit per(Unit other) {
    return new Unit(
        name + "/" + other.name, dimension + "/" + other.dimension, factor.over(other.factor), Rational.ZERO);
  }

  public boolean isMoney() {
    return dimension.startsWith("money");
  }
}
