// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a Gemini model can do, as far as its name tells: its generation and its size.
///
/// A name without a version (`gemini-flash-latest`, a deployment of one's own) is taken for the
/// newest generation. Sources: Gemini API documentation, Thinking; Google Cloud documentation,
/// Thinking (supported levels and budgets by model).
record GeminiModel(int major, int minor, Size size) {

  enum Size { PRO, FLASH, FLASH_LITE, OTHER }

  private static final Pattern VERSION = Pattern.compile("gemini-(\\d{1,3})(?:\\.(\\d{1,3}))?");
  private static final int NEWEST = 4;

  static GeminiModel of(String name) {
    Matcher version = VERSION.matcher(name);
    Size size =
        name.contains("flash-lite") ? Size.FLASH_LITE
            : name.contains("flash") ? Size.FLASH
            : name.contains("-pro") ? Size.PRO
            : Size.OTHER;
    if (!version.find()) {
      return new GeminiModel(NEWEST, 0, size);
    }
    String minor = version.group(2);
    return new GeminiModel(
        Integer.parseInt(version.group(1)), minor == null ? 0 : Integer.parseInt(minor), size);
  }

  /// Whether `parametersJsonSchema` and `responseJsonSchema` are taken (2.5 and later).
  boolean takesJsonSchema() {
    return isAtLeast(2, 5);
  }

  /// Whether an answer format can be combined with functions (3 and later).
  boolean formatsBesideTools() {
    return isAtLeast(3, 0);
  }

  /// Whether a function call in the history needs a thought signature, and a function response may
  /// carry media (3 and later).
  boolean signsCalls() {
    return isAtLeast(3, 0);
  }

  /// Whether thinking is steered by a budget of tokens (2.5).
  boolean takesThinkingBudget() {
    return isAtLeast(2, 5) && !isAtLeast(3, 0);
  }

  int leastThinkingBudget() {
    return switch (size) {
      case PRO -> 128;
      case FLASH_LITE -> 512;
      case FLASH, OTHER -> 1;
    };
  }

  int mostThinkingBudget() {
    return size == Size.PRO ? 32_768 : 24_576;
  }

  /// Whether a budget of 0 turns thinking off.
  boolean canStopThinking() {
    return size != Size.PRO;
  }

  /// The values `thinkingLevel` may have, from least to most; empty before Gemini 3.
  List<String> thinkingLevels() {
    if (!isAtLeast(3, 0)) {
      return List.of();
    }
    if (size == Size.PRO && major == 3 && minor == 0) {
      return List.of("LOW", "HIGH");
    }
    boolean small = size == Size.FLASH || size == Size.FLASH_LITE;
    if (small && major == 3 && minor <= 6) {
      return List.of("MINIMAL", "LOW", "MEDIUM", "HIGH");
    }
    return List.of("LOW", "MEDIUM", "HIGH");
  }

  private boolean isAtLeast(int generation, int revision) {
    return major > generation || (major == generation && minor >= revision);
  }
}
