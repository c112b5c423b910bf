// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.properties;

import java.util.Random;
import java.util.function.Consumer;

/// Runs a property under many seeds, one after another from `-Dauriga.seed`, else from 1 so that a build
/// says the same twice.
public final class Seeds {
  private Seeds() {}

  public static void each(int runs, Consumer<Random> property) {
    long first = Long.getLong("auriga.seed", 1);
    for (long seed = first; seed < first + runs; seed++) {
      try {
        property.accept(new Random(seed));
      } catch (AssertionError | RuntimeException broken) {
        throw new AssertionError("-Dauriga.seed=%d: %s".formatted(seed, broken.getMessage()), broken);
      }
    }
  }
}
