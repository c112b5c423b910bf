// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.mind;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The telling words of a text, and sentences made of them.
final class Words {
  private static final Pattern WORD = Pattern.compile("[\\p{L}][\\p{L}\\p{N}]*");
  private static final Pattern NAME = Pattern.compile("\\b\\p{Lu}[\\p{L}]+(?: \\p{Lu}[\\p{L}]+)*");
  private static final Set<String> PLAIN =
      Set.of(
          "about",
          "after",
          "also",
          "answer",
          "before",
          "briefly",
          "could",
          "current",
          "does",
          "each",
          "explain",
          "find",
          "from",
          "function",
          "given",
          "have",
          "into",
          "just",
          "like",
          "list",
          "make",
          "more",
          "must",
          "name",
          "need",
          "number",
          "only",
          "please",
          "returns",
          "return",
          "should",
          "some",
          "string",
          "tell",
          "than",
          "that",
          "their",
          "them",
          "then",
          "there",
          "these",
          "they",
          "this",
          "tool",
          "used",
          "user",
          "using",
          "value",
          "values",
          "want",
          "what",
          "when",
          "where",
          "which",
          "will",
          "with",
          "would",
          "write",
          "your",
          "create",
          "update",
          "delete",
          "look",
          "search",
          "fetch",
          "retrieve",
          "retrieves",
          "gets",
          "call",
          "calls");
  private static final List<String> FRAMES =
      List.of(
          "The question turns on %s, and %s decides most of it.",
          "%s matters here because it shapes how %s behaves in practice.",
          "It helps to look at %s first and at %s only after that.",
          "In most cases %s follows from %s rather than the other way round.",
          "A good next step is to write down what is known of %s and compare it with %s.",
          "Where %s is uncertain, %s gives the safer reading.");

  private Words() {}

  /// The distinct telling words, in lower case and in order: four letters or more, not among the
  /// words every text has.
  static List<String> telling(String text) {
    Set<String> telling = new LinkedHashSet<>();
    Matcher words = WORD.matcher(text);
    while (words.find()) {
      String word = words.group().toLowerCase(Locale.ROOT);
      if (word.length() >= 4 && !PLAIN.contains(word)) {
        telling.add(word);
      }
    }
    return List.copyOf(telling);
  }

  /// The names in a text: runs of capitalised words that do not begin a sentence.
  static List<String> names(String text) {
    List<String> names = new ArrayList<>();
    Matcher matcher = NAME.matcher(text);
    while (matcher.find()) {
      String before = text.substring(0, matcher.start()).stripTrailing();
      if (!before.isEmpty() && !before.matches("(?s).*[.!?:\"]")) {
        names.add(matcher.group());
      }
    }
    return names;
  }

  /// So many sentences about the text's telling words.
  static List<String> sentences(String text, int count, Dice dice) {
    List<String> telling = telling(text);
    List<String> about = telling.isEmpty() ? List.of("the request", "its context") : telling;
    List<String> sentences = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      String sentence = dice.pick(FRAMES).formatted(dice.pick(about), dice.pick(about));
      sentences.add(Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1));
    }
    return sentences;
  }
}
