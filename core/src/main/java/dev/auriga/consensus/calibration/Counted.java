// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.calibration;

/// How many panels were observed in a situation, and how many of them were right.
record Counted(long panels, long right) {
  static final Counted NONE = new Counted(0, 0);

  Counted {
    if (right < 0 || right > panels) {
      throw new IllegalArgumentException("%d of %d panels cannot be right".formatted(right, panels));
    }
  }

  Counted plus(Counted other) {
    return new Counted(panels + other.panels, right + other.right);
  }
}
