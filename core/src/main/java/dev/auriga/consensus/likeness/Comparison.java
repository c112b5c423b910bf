// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.likeness;

import java.util.List;

/// What comparing two answers found.
///
/// @param share how much of them is the same, from 0 to 1: of JSON the share of its fields, of anything
///     else all or nothing
public record Comparison(Likeness likeness, List<Contrast> contrasts, double share) {
  public static final Comparison SAME = new Comparison(Likeness.SAME, List.of(), 1);
  public static final Comparison UNSURE = new Comparison(Likeness.UNSURE, List.of(), 0);

  public Comparison {
    contrasts = List.copyOf(contrasts);
  }

  public static Comparison different(Aspect aspect, String one, String other) {
    return new Comparison(Likeness.DIFFERENT, List.of(new Contrast(aspect, one, other)), 0);
  }

  public static Comparison unsure(Aspect aspect, String one, String other) {
    return new Comparison(Likeness.UNSURE, List.of(new Contrast(aspect, one, other)), 0);
  }

  /// That likeness, with its contrast where it is not the same.
  public static Comparison of(Likeness likeness, Aspect aspect, String one, String other) {
    return switch (likeness) {
      case SAME -> SAME;
      case DIFFERENT -> different(aspect, one, other);
      case UNSURE -> unsure(aspect, one, other);
    };
  }

  public boolean isSame() {
    return likeness == Likeness.SAME;
  }
}
