// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.answer;

import dev.auriga.consensus.claim.Prose;
import dev.auriga.consensus.value.Moment;
import dev.auriga.consensus.value.Moments;
import dev.auriga.consensus.value.NumberWords;
import dev.auriga.consensus.value.PlainText;
import dev.auriga.consensus.value.Quantities;
import dev.auriga.consensus.value.Quantities.Found;
import dev.auriga.consensus.value.Quantity;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads answers that are numbers.
final class NumberAnswers {
  private static final Pattern REASON =
      Pattern.compile("(?i),? (?:because|since|which|as (?:the|it|there|we|he|she|they)|so that|given that)\\b.*|[;(].*");
  private static final Pattern DENIAL =
      Pattern.compile("(?i)\\b(?:(?:not|no)(?! (?:more|less|fewer) than)|never|cannot|neither|unknown|impossible)\\b|n't\\b");
  private static final Pattern RESULT = Pattern.compile("=(?![=>])");
  private static final Pattern ONE = Pattern.compile("(?i)\\W*one\\W*");
  private static final Pattern OPENING =
      Pattern.compile("(?i)(?:\\W*(?:it|that|this|he|she|they|there|we|i|the total|the result) ?(?:'s|is|are|was|were|would be|equals)|=|:|\\()?\\s*");
  private static final Pattern OPERATOR_BEFORE = Pattern.compile(".*[\\p{L}\\p{N})]\\s*[-+*/^×÷·]\\s*");
  private static final Pattern OPERATOR_AFTER = Pattern.compile("\\s*[+*/^×÷·(].*|\\s*-\\s*[\\p{L}\\p{N}(].*");
  private static final Set<String> LITTLE =
      Set.of(
          "is", "it", "in", "of", "per", "total", "answer", "exactly", "equals", "to", "and", "there", "he", "she",
          "they", "has", "have", "will", "was", "for", "at", "on", "each", "every", "altogether", "all", "than", "by",
          "(", ")", "[", "]", ":");
  private static final Pattern WORD = Pattern.compile("\\p{L}{2,}(?:'\\p{L}+)?");
  private static final int FEW_WORDS = 3;

  private NumberAnswers() {}

  /// The answer's number; unread where none can be made out for certain.
  static Content read(String answer, Kind.Amount kind) {
    Optional<String> marked = Marked.in(answer);
    Content.Amount brief = brief(marked, answer, kind);
    if (brief != null && (brief.quantities().size() == 1 || marked.isPresent())) {
      return brief;
    }
    return kind.isAsked() && marked.isEmpty() ? lastOfFinalLine(finalLine(answer), kind) : Content.Nothing.UNREAD;
  }

  /// Whether the answer is plainly a number: marked as the answer, or hardly anything else.
  static boolean isPlain(String answer) {
    return brief(Marked.in(answer), answer, new Kind.Amount(null, null, false)) != null;
  }

  /// The numbers of what is marked, or of an answer that begins with one, where few words and no sum
  /// stand beside them.
  private static Content.@Nullable Amount brief(Optional<String> marked, String answer, Kind.Amount kind) {
    String text = PlainText.of(marked.orElse(answer));
    if (text.indexOf('\n') >= 0 || text.length() > 200) {
      return null;
    }
    String result = result(REASON.matcher(text).replaceFirst(""));
    List<Found> found = numbers(result);
    Set<String> words = wordsBeside(result);
    boolean isNumber =
        !found.isEmpty()
            && (marked.isPresent() || kind.isAsked() || OPENING.matcher(result.substring(0, found.getFirst().start())).matches())
            && words.size() <= FEW_WORDS
            && words.stream().allMatch(word -> WORD.matcher(word).matches())
            && !DENIAL.matcher(result).find();
    return isNumber
        ? new Content.Amount(found.stream().map(each -> meant(each, kind)).toList(), kind.isAsked() ? Set.of() : words)
        : null;
  }

  private static String result(String text) {
    String[] sides = RESULT.split(text, -1);
    String last = sides[sides.length - 1];
    return last.isBlank() ? text : last;
  }

  /// The last number of a line; none where the line denies something or the number is part of a sum.
  private static Content lastOfFinalLine(String line, Kind.Amount kind) {
    String text = result(line);
    List<Found> found = numbers(text);
    if (found.isEmpty() || DENIAL.matcher(text).find()) {
      return Content.Nothing.UNREAD;
    }
    Found last = found.getLast();
    String digits = inDigits(text);
    boolean isOperand =
        OPERATOR_BEFORE.matcher(digits.substring(0, last.start())).matches()
            || OPERATOR_AFTER.matcher(digits.substring(last.end())).matches();
    return isOperand ? Content.Nothing.UNREAD : new Content.Amount(List.of(meant(last, kind)), Set.of());
  }

  private static String finalLine(String answer) {
    return PlainText.of(answer).lines().filter(line -> !line.isBlank()).reduce("", (_, last) -> last);
  }

  private static String inDigits(String plain) {
    return ONE.matcher(plain).matches() ? "1" : NumberWords.inDigits(plain);
  }

  private static List<Found> numbers(String plain) {
    return Quantities.in(withoutMoments(inDigits(plain)));
  }

  /// As the question has it: in its unit and rounded.
  private static Quantity meant(Found found, Kind.Amount kind) {
    Quantity quantity = found.quantity().orIn(kind.unit());
    Integer places = kind.places();
    return places == null ? quantity : quantity.rounded(places);
  }

  private static String withoutMoments(String text) {
    StringBuilder masked = new StringBuilder(text);
    for (Moments.Found found : Moments.in(text, Moment.Order.UNKNOWN)) {
      masked.replace(found.start(), found.end(), "|".repeat(found.end() - found.start()));
    }
    return masked.toString();
  }

  private static Set<String> wordsBeside(String text) {
    return new HashSet<>(Prose.tokens(text))
        .stream()
            .filter(token -> !token.startsWith("amount ") && !LITTLE.contains(token))
            .collect(Collectors.toSet());
  }
}
