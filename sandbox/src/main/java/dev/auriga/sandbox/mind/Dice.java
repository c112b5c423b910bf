// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.mind;

import java.util.List;
import java.util.SplittableRandom;

/// Seeded chance: the same seed and the same reasons throw the same numbers, on every run.
public final class Dice {
  private final SplittableRandom random;

  private Dice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /// Dice for a seed and what they are thrown about.
  public static Dice of(long seed, String... about) {
    return new Dice(hash(seed, about));
  }

  /// A 64-bit mix (FNV-1a, then a SplitMix finish) of the seed and the texts.
  public static long hash(long seed, String... about) {
    long hash = 0xcbf29ce484222325L ^ seed;
    for (String text : about) {
      for (int index = 0; index < text.length(); index++) {
        hash = (hash ^ text.charAt(index)) * 0x100000001b3L;
      }
      hash = (hash ^ 0xff) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }

  /// 64 throws of a coin.
  public long bits() {
    return random.nextLong();
  }

  /// True with that probability.
  public boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /// A number from 0 inclusive to `bound` exclusive.
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /// One of the items.
  public <T> T pick(List<T> items) {
    return items.get(below(items.size()));
  }

  /// `length` letters and digits, as provider ids have.
  public String letters(int length) {
    String alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789";
    StringBuilder letters = new StringBuilder(length);
    for (int index = 0; index < length; index++) {
      letters.append(alphabet.charAt(below(alphabet.length())));
    }
    return letters.toString();
  }

  /// `length` hexadecimal digits.
  public String hex(int length) {
    StringBuilder digits = new StringBuilder(length);
    for (int index = 0; index < length; index++) {
      digits.append(Character.forDigit(below(16), 16));
    }
    return digits.toString();
  }

  /// A normally distributed number of mean 0 and deviation 1.
  public double gaussian() {
    return random.nextGaussian();
  }

  /// An exponentially distributed number of that mean.
  public double exponential(double mean) {
    return random.nextExponential() * mean;
  }

  /// A gamma-distributed number of shape 4 (coefficient of variation 0.5) and that mean: the sum of
  /// four exponential ones.
  public double gamma(double mean) {
    double sum = 0;
    for (int part = 0; part < 4; part++) {
      sum += random.nextExponential();
    }
    return sum * mean / 4;
  }
}
