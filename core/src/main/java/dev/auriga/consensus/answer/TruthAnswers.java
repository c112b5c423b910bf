// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.answer;

import dev.auriga.consensus.value.PlainText;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads answers to yes-or-no questions by how they lead; caveats do not change it.
final class TruthAnswers {
  private static final Pattern LEAD =
      Pattern.compile(
          "^\\W*(?:(yes|true|correct|yep|yeah|absolutely|definitely)\\b(?! not\\b)|(no|false|incorrect|nope)(?=[\\W_]*$|[,.;:!)\\n]|\\s*[-–—(]|\\s+(?:it|they|he|she|i|you|we|that|this|there)\\b)"
              + "|(it depends|depends|maybe|perhaps|possibly|unclear|it is unclear|uncertain|cannot be determined|unknown)\\b)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern VERDICT =
      Pattern.compile("\\b(?:it|this|that|the (?:statement|claim|assertion)) is (true|false|correct|incorrect)\\b", Pattern.CASE_INSENSITIVE);

  private TruthAnswers() {}

  static Content read(String answer) {
    Content marked = Marked.in(answer).map(PlainText::of).map(TruthAnswers::lead).orElse(Content.Nothing.UNREAD);
    if (marked.isValid()) {
      return marked;
    }
    String plain = PlainText.of(answer);
    Content lead = lead(plain);
    if (lead.isValid()) {
      return lead;
    }
    Matcher verdict = VERDICT.matcher(plain.lines().findFirst().orElse(""));
    return verdict.find() ? isTrue(verdict.group(1)) ? Content.Truth.YES : Content.Truth.NO : Content.Nothing.UNREAD;
  }

  private static boolean isTrue(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "true", "correct" -> true;
      default -> false;
    };
  }

  private static Content lead(String text) {
    Matcher lead = LEAD.matcher(text);
    if (!lead.find()) {
      return Content.Nothing.UNREAD;
    }
    if (lead.group(1) != null) {
      return Content.Truth.YES;
    }
    return lead.group(2) != null ? Content.Truth.NO : Content.Truth.NEITHER;
  }
}
