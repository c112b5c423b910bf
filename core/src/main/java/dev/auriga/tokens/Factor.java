// SPDX-License-Identifier: Apache-2.0
package dev.auriga.tokens;

/// What an estimate for one model is to be multiplied with: a decaying mean of what its provider
/// counted over what was estimated.
///
/// Guarded by itself. Starts at 1, which counts as one observation.
final class Factor {
  private static final double LEAST = 0.5;
  private static final double MOST = 2.5;

  /// The weight of the newest observation once there are many.
  private static final double NEWEST = 0.1;

  private double mean = 1;
  private int observations = 1;
  private long nextNanos;

  synchronized double mean() {
    return mean;
  }

  /// Whether it is time for an observation: at most one in `everyNanos`.
  synchronized boolean isDue(long nowNanos, long everyNanos) {
    if (observations > 1 && nowNanos - nextNanos < 0) {
      return false;
    }
    nextNanos = nowNanos + everyNanos;
    return true;
  }

  /// Takes note of a ratio; one beyond all reason counts as the nearest within.
  synchronized void observe(double ratio) {
    observations = Math.min(observations + 1, 1_000);
    double weight = Math.max(NEWEST, 1.0 / observations);
    mean += weight * (Math.clamp(ratio, LEAST, MOST) - mean);
  }
}
