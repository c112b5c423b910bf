// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

/// How members' voices weigh.
///
/// @param byReliability whether a member weighs `log(q / (1 − q))` of how often it is right, or 1
/// @param kinship how much the errors within a family correlate, from 0 to 1: k members of one weigh as
///     `k / (1 + (k − 1) × kinship)`
public record Weighing(boolean byReliability, double kinship) {
  /// Each member weighs 1.
  public static final Weighing EVEN = new Weighing(false, 0);

  public Weighing {
    if (!(kinship >= 0 && kinship <= 1)) {
      throw new IllegalArgumentException("kinship is from 0 to 1, not " + kinship);
    }
  }
}
