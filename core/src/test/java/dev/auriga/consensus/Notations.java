// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Writes one number as models do: with separators, in other notations, marked or in a sentence.
final class Notations {
  private static final List<String> FRAMES =
      List.of(
          "%s", "%s.", "The answer is %s.", "**%s**", "#### %s", "\\boxed{%s}", "$\\boxed{%s}$", "Answer: %s",
          "**Answer:** %s", "First 3 + 4 = 7.\nThen we add the rest.\n#### %s", "Let's see: 12 and 5.\nThe final answer is %s.",
          "We begin with 100 of them.\n\nSo the total is %s.", "{\"answer\": \"%s\"}", "```json\n{\"answer\": \"%s\"}\n```",
          "It takes 2 steps. The answer is: %s", "Therefore, \\( x = %s \\).", "So 17 were there.\nIn the end there are %s left.",
          "The result is %s");

  private Notations() {}

  static String framed(String number, Random random) {
    return FRAMES.get(random.nextInt(FRAMES.size())).formatted(number);
  }

  /// The number itself, exactly, in one of its notations.
  static String written(BigDecimal value, Random random) {
    String plain = value.toPlainString();
    return switch (random.nextInt(7)) {
      case 0 -> String.format(Locale.ROOT, "%,." + Math.max(0, value.scale()) + "f", value);
      case 1 -> value.setScale(Math.max(0, value.scale()) + 2).toPlainString();
      case 2 -> value.unscaledValue() + "e" + -value.scale();
      case 3 -> value.unscaledValue() + " × 10^" + -value.scale();
      case 4 -> value.movePointRight(2).toPlainString() + "%";
      case 5 -> "$" + plain;
      default -> plain;
    };
  }
}
