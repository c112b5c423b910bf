// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.value;

import dev.auriga.consensus.likeness.Aspect;
import dev.auriga.consensus.likeness.Comparison;
import dev.auriga.consensus.likeness.Likeness;
import org.jspecify.annotations.Nullable;

/// A number with its unit, as it stands in an answer.
///
/// @param value as written, in the unit; a multiplier such as "million" is in it
/// @param written how it stands in the text
public record Quantity(Rational value, @Nullable Unit unit, Bound bound, String written) {

  /// In the base unit of its dimension.
  public Rational base() {
    return unit == null ? value : unit.inBase(value);
  }

  /// What it measures; empty for plain numbers and ratios.
  public String dimension() {
    return unit == null ? "" : unit.dimension();
  }

  /// The same number read in `other`, where it was written without a unit.
  public Quantity orIn(@Nullable Unit other) {
    return unit == null ? new Quantity(value, other, bound, written) : this;
  }

  public Quantity rounded(int places) {
    return new Quantity(value.rounded(places), unit, bound, written);
  }

  /// Equal forms for equal amounts, however they are written.
  public String canonical() {
    return base() + " " + dimension() + (bound == Bound.EXACTLY ? "" : " " + bound);
  }

  /// Compares by exact value after conversion. A currency may be left unsaid; a unit that only one of
  /// them names leaves open whether they are the same.
  public Comparison comparedWith(Quantity other) {
    if (bound != other.bound) {
      return Comparison.of(opposing(bound, other.bound), Aspect.MODALITY, written, other.written);
    }
    if (dimension().equals(other.dimension())) {
      return base().equals(other.base())
          ? Comparison.SAME
          : Comparison.different(Aspect.NUMBER, written, other.written);
    }
    if (!dimension().isEmpty() && !other.dimension().isEmpty()) {
      boolean isPerOther =
          (dimension() + "/").startsWith(other.dimension() + "/") || (other.dimension() + "/").startsWith(dimension() + "/");
      return Comparison.of(isPerOther ? Likeness.UNSURE : Likeness.DIFFERENT, Aspect.UNIT, written, other.written);
    }
    if (isMoney(unit) || isMoney(other.unit)) {
      return value.equals(other.value) && (unit == null || other.unit == null)
          ? Comparison.SAME
          : Comparison.different(Aspect.NUMBER, written, other.written);
    }
    return Comparison.unsure(Aspect.UNIT, written, other.written);
  }

  private static boolean isMoney(@Nullable Unit unit) {
    return unit != null && unit.isMoney();
  }

  /// Two limits exclude each other; an exact number may lie within a limit or be the rough one.
  private static Likeness opposing(Bound one, Bound other) {
    boolean isOpen = one == Bound.EXACTLY || other == Bound.EXACTLY || one == Bound.ABOUT || other == Bound.ABOUT;
    return isOpen ? Likeness.UNSURE : Likeness.DIFFERENT;
  }
}
