// SPDX-License-Identifier: Apache-2.0
package dev.auriga.records;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Durations as milliseconds with up to six decimals, so that they are exact.
final class Millis {
  private Millis() {}

  static @Nullable BigDecimal of(@Nullable Duration duration) {
    if (duration == null) {
      return null;
    }
    BigDecimal millis = BigDecimal.valueOf(duration.toNanos(), 6).stripTrailingZeros();
    return millis.scale() < 0 ? millis.setScale(0) : millis;
  }

  /// Throws [ArithmeticException] for more than six decimals or over 292 years.
  static Duration read(BigDecimal millis) {
    return Duration.ofNanos(millis.movePointRight(6).longValueExact());
  }
}
