// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.fault;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as people write them: `250ms`, `2s`, `1.5s`, `3m`, `1h`.
final class Span {
  private static final Pattern NOTATION = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|h)");

  private Span() {}

  static Duration read(String text) {
    Matcher matcher = NOTATION.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "not a duration: \"" + text + "\"; write 250ms, 2s, 3m or 1h");
    }
    double amount = Double.parseDouble(matcher.group(1));
    double millis =
        switch (matcher.group(2)) {
          case "ms" -> amount;
          case "s" -> amount * 1_000;
          case "m" -> amount * 60_000;
          case String _ -> amount * 3_600_000;
        };
    return Duration.ofMillis(Math.round(millis));
  }
}
