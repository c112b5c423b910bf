// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.fault;

import dev.auriga.sandbox.mind.Dice;

/// The slow wandering of one model's median latency: a first-order autoregression over minutes with
/// a standard deviation of 0.4 in the logarithm. Guarded by its monitor.
final class Drift {
  private static final double MEMORY = 0.8;
  private static final double DEVIATION = 0.4;

  private final Dice dice;
  private long minute;
  private double value;

  Drift(Dice dice) {
    this.dice = dice;
    this.value = dice.gaussian() * DEVIATION;
  }

  /// The factor on the median in that minute; minutes are asked for in order.
  synchronized double factor(long atMinute) {
    while (minute < atMinute) {
      minute++;
      value = MEMORY * value + DEVIATION * Math.sqrt(1 - MEMORY * MEMORY) * dice.gaussian();
    }
    return Math.exp(value);
  }
}
