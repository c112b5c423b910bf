// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.calibration;

import org.jspecify.annotations.Nullable;

/// How a panel came out, as far as it tells how likely its largest group is right.
///
/// Members of one family count as fewer than they are, in both numbers.
///
/// @param kind of the answers: `number`, `choice`, …
/// @param task what kind of work it was, absent when nobody knows
/// @param size how many gave a valid answer, at least 1
/// @param largest how many of them say what most say, from 1 to `size`
/// @param groups how many different things were said
public record Situation(String kind, @Nullable String task, int size, int largest, int groups) {

  public Situation {
    if (largest < 1 || largest > size) {
      throw new IllegalArgumentException("the largest group has 1 to %d members, not %d".formatted(size, largest));
    }
  }

  Situation withLargest(int other) {
    return new Situation(kind, task, size, other, groups);
  }
}
