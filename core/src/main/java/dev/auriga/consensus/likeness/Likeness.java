// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.likeness;

/// Whether two answers say the same.
public enum Likeness {
  SAME,
  DIFFERENT,
  /// The rules cannot tell: a second opinion may be asked, and without one it is not agreement.
  UNSURE;

  /// What is so when both must be the same for the whole to be: the worse of the two.
  public Likeness and(Likeness other) {
    if (this == DIFFERENT || other == DIFFERENT) {
      return DIFFERENT;
    }
    return this == SAME ? other : this;
  }
}
