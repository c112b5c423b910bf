// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.answer;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The blocks of an answer that stand between fences of backticks.
final class Fences {
  private static final Pattern FENCE = Pattern.compile("(?ms)^[ \\t]*(`{3,}|~{3,})[ \\t]*([\\w+#.-]*)[^\\n]*\\n(.*?)(?:^[ \\t]*\\1[ \\t]*$|\\z)");

  /// @param language as the fence names it, in lower case; empty when it does not
  record Block(String language, String text) {}

  private Fences() {}

  static Optional<Block> last(String answer) {
    Block last = null;
    Matcher fence = FENCE.matcher(answer);
    while (fence.find()) {
      last = new Block(fence.group(2).toLowerCase(Locale.ROOT), fence.group(3));
    }
    return Optional.ofNullable(last);
  }

  /// The last block's text, or all of an answer without one.
  static String unwrapped(String answer) {
    return last(answer).map(Block::text).orElse(answer).strip();
  }

  /// The share of the answer's characters that are inside fences.
  static double share(String answer) {
    long inside = FENCE.matcher(answer).results().mapToLong(found -> found.group(3).length()).sum();
    return answer.isEmpty() ? 0 : (double) inside / answer.length();
  }
}
