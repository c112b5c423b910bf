// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.answer;

import dev.auriga.consensus.claim.Prose;
import dev.auriga.consensus.value.PlainText;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads answers of a few words, also where they repeat the question: "The capital of Peru is Lima".
final class SpanAnswers {
  private static final int FEW_WORDS = 6;
  private static final int LONGEST = 400;
  private static final Pattern SENTENCE_END = Pattern.compile("[.!?](?=\\s+\\p{Lu})");
  private static final Pattern COPULA = Pattern.compile("\\s(?:is|are|was|were)(?: called| named)?:?\\s+");
  private static final Set<String> LITTLE = Set.of("it", "this", "that", "that's", "is", "are", "was", "were", "of", "in", "by", "to");

  private final Set<String> asked;

  SpanAnswers(String prompt) {
    asked = new HashSet<>(Prose.tokens(prompt));
  }

  Content read(String answer) {
    String text = PlainText.of(Marked.in(answer).orElse(answer));
    if (text.length() > LONGEST || text.indexOf('\n') >= 0 || SENTENCE_END.matcher(text).find()) {
      return Content.Nothing.UNREAD;
    }
    String span = PlainText.withoutEnd(withoutQuestion(text), ".!").strip();
    List<String> words = Prose.tokens(span);
    return words.isEmpty() || span.split(" ", -1).length > FEW_WORDS
        ? Content.Nothing.UNREAD
        : new Content.Span(words, Prose.of(span));
  }

  /// What follows "is" where all that stands before it is in the question.
  private String withoutQuestion(String text) {
    Matcher copula = COPULA.matcher(" " + text);
    if (!copula.find()) {
      return text;
    }
    String before = (" " + text).substring(0, copula.start()).strip();
    boolean isRepeated =
        Prose.tokens(before).stream().allMatch(word -> asked.contains(word) || LITTLE.contains(word.toLowerCase(Locale.ROOT)));
    return isRepeated ? (" " + text).substring(copula.end()) : text;
  }
}
