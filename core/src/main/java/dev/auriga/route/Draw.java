// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

/// A stream of numbers that is the same for the same seed, on every machine and every Java.
///
/// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014), because
/// decisions are replayed bit for bit and no generator of the JDK promises its numbers for ever.
final class Draw {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  /// 52 coins have a variance of 13, an even share one of a twelfth.
  private static final double PER_DEVIATION = 1 / Math.sqrt(13 + 1.0 / 12);

  private static final int COINS = 52;

  private long state;

  Draw(long seed) {
    state = seed;
  }

  private long next() {
    state += STEP;
    long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /// Evenly from 0 (included) to 1 (excluded).
  double share() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  /// From a normal distribution of mean 0 and deviation 1, about: 52 coins, and a share that fills the
  /// steps between their sums, all from one number. The tails beyond seven are missing, which no choice
  /// notices, and no logarithm is needed that machines round apart.
  double normal() {
    long word = next();
    long coins = Long.bitCount(word >>> (Long.SIZE - COINS));
    double share = (word & ((1 << (Long.SIZE - COINS)) - 1)) * 0x1p-12;
    return (coins - COINS / 2.0 + share - 0.5) * PER_DEVIATION;
  }

  /// The index drawn by `weights`, which are not negative and not all 0.
  int index(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double left = share() * sum;
    int last = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        last = i;
        left -= weights[i];
        if (left < 0) {
          return i;
        }
      }
    }
    return last;
  }

  /// A number that stands for `text`, the same on every machine (FNV-1a, 64 bits).
  static long seedOf(String text) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    return hash;
  }
}
