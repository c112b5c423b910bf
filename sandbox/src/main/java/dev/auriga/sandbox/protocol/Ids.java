// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.protocol;

import dev.auriga.sandbox.mind.Dice;
import java.util.concurrent.atomic.AtomicLong;

/// Makes identifiers that look like a provider's, each only once; the sequence follows the seed.
public final class Ids {
  private final long seed;
  private final String provider;
  private final AtomicLong made = new AtomicLong();

  public Ids(long seed, String provider) {
    this.seed = seed;
    this.provider = provider;
  }

  /// The prefix followed by so many letters and digits.
  public String next(String prefix, int length) {
    return prefix + dice().letters(length);
  }

  /// The prefix followed by so many hexadecimal digits.
  public String hex(String prefix, int length) {
    return prefix + dice().hex(length);
  }

  /// A UUID in its usual notation.
  public String uuid() {
    Dice dice = dice();
    return String.join(
        "-", dice.hex(8), dice.hex(4), "4" + dice.hex(3), "a" + dice.hex(3), dice.hex(12));
  }

  private Dice dice() {
    return Dice.of(seed, provider, "id", Long.toString(made.getAndIncrement()));
  }
}
