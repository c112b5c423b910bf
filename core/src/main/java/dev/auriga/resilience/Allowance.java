// SPDX-License-Identifier: Apache-2.0
package dev.auriga.resilience;

/// How many extra calls there may be: a share of the ordinary ones, and a few to begin with.
///
/// Each ordinary call earns the share, each extra call spends one; what is not spent adds up to the
/// floor at most, so that quiet hours do not pay for a storm. Thread-safe; every method takes the
/// object's lock and no other.
public final class Allowance {
  private final double share;
  private final double floor;
  private double left;

  /// @param share of an extra call that an ordinary one earns, such as 0.2
  /// @param floor extra calls at the start, and the most that adds up
  public Allowance(double share, int floor) {
    this.share = share;
    this.floor = floor;
    this.left = floor;
  }

  public synchronized void earn() {
    left = Math.min(floor, left + share);
  }

  /// Puts back an extra call that was not made.
  public synchronized void putBack() {
    left = Math.min(floor, left + 1);
  }

  /// Takes one extra call; false when there is none.
  public synchronized boolean spend() {
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
