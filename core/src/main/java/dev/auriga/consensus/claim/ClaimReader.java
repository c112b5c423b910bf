// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.claim;

import dev.auriga.consensus.value.Moment;
import dev.auriga.consensus.value.Moments;
import dev.auriga.consensus.value.NumberWords;
import dev.auriga.consensus.value.PlainText;
import dev.auriga.consensus.value.Quantities;
import dev.auriga.consensus.value.Quantity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one sentence into a [Claim].
final class ClaimReader {
  private static final Pattern WORD =
      Pattern.compile(
          "[\\p{L}\\p{N}_]+(?:['.][\\p{L}\\p{N}_]+)*[+#]*|[<>=!]=|[\\p{Sm}\\p{So}\\p{Sc}\\p{Sk}*/&@%#\\\\()\\[\\]{}]"
              + "|(?<![\\p{L}\\s])-|(?<!\\p{L})-(?=\\S)|!(?=\\p{L})|(?<=\\d):(?=\\d)|\\?$");
  private static final Pattern LETTER_NAME = Pattern.compile("\\b[B-HX-Z]\\b");
  private static final Pattern OBLIGED =
      Pattern.compile("\\b(?:has to|have to|needs to|(?:is|are) required to|(?:is|are) obliged to)\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern NOT = Pattern.compile("\\b(ca|wo|sha)n't\\b|\\bcannot\\b|n't\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern SHORT_IS = Pattern.compile("\\b(it|that|there|what|he|she|here)'s\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern FRONTED =
      Pattern.compile("^((?:in|on|at|by|for|during|under|within|if|when|because|after|before|until)\\b[^,]{1,80}), ([^,]+)$",
          Pattern.CASE_INSENSITIVE);
  private static final Set<String> BEING =
      Set.of("is", "are", "was", "were", "has", "had", "won", "will", "beat", "acquired", "acquires", "borders");

  private final String text;
  private final List<String> tokens = new ArrayList<>();
  private final Set<String> topic = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  private int denials;

  private ClaimReader(String text) {
    this.text = text;
  }

  static Claim read(String sentence) {
    String text = NumberWords.inDigits(rearranged(expanded(sentence)));
    ClaimReader reader = new ClaimReader(text);
    List<Moments.Found> moments = Moments.in(text, Moment.Order.UNKNOWN);
    StringBuilder masked = new StringBuilder(text);
    moments.forEach(found -> mask(masked, found.start(), found.end()));
    List<Quantities.Found> amounts = Quantities.in(masked.toString());
    reader.tokenize(moments, amounts);
    return new Claim(
        sentence, List.copyOf(reader.tokens), Set.copyOf(reader.topic), Set.copyOf(reader.names),
        amounts.stream().map(Quantities.Found::quantity).toList(),
        moments.stream().map(Moments.Found::moment).toList(),
        reader.denials % 2 == 1);
  }

  /// Short forms in full, and one form for what obliges.
  private static String expanded(String sentence) {
    String full =
        NOT.matcher(sentence).replaceAll(found -> found.group(1) == null
            ? found.group().equalsIgnoreCase("cannot") ? "can not" : " not"
            : switch (found.group(1).toLowerCase(Locale.ROOT)) {
              case "ca" -> "can not";
              case "wo" -> "will not";
              default -> "shall not";
            });
    full = SHORT_IS.matcher(full).replaceAll("$1 is");
    full = full.replace("'re ", " are ").replace("'ll ", " will ").replace("'ve ", " have ").replace("'m ", " am ");
    return OBLIGED.matcher(full).replaceAll("must");
  }

  /// "In 2020, it rose" as "it rose In 2020".
  private static String rearranged(String sentence) {
    String bare = PlainText.withoutEnd(sentence, ".!");
    Matcher fronted = FRONTED.matcher(bare);
    return fronted.matches() ? fronted.group(2) + " " + fronted.group(1) : bare;
  }

  private static void mask(StringBuilder text, int start, int end) {
    for (int i = start; i < end; i++) {
      text.setCharAt(i, '|');
    }
  }

  private void tokenize(List<Moments.Found> moments, List<Quantities.Found> amounts) {
    Map<Integer, int[]> values = new TreeMap<>();
    Map<Integer, String> forms = new TreeMap<>();
    for (Moments.Found found : moments) {
      values.put(found.start(), new int[] {found.start(), found.end()});
      forms.put(found.start(), "date " + found.moment().canonical());
    }
    for (Quantities.Found found : amounts) {
      values.put(found.start(), new int[] {found.start(), found.end()});
      forms.put(found.start(), "amount " + found.quantity().canonical());
    }
    int from = 0;
    for (Map.Entry<Integer, int[]> value : values.entrySet()) {
      words(from, value.getKey());
      tokens.add(forms.getOrDefault(value.getKey(), ""));
      from = value.getValue()[1];
    }
    words(from, text.length());
  }

  private void words(int from, int to) {
    Matcher word = WORD.matcher(text).region(from, to);
    while (word.find()) {
      String written = word.group();
      String usual = Vocabulary.usual(written.toLowerCase(Locale.ROOT));
      boolean isFirst = tokens.isEmpty();
      boolean isLetter = written.equals("A") && (!isFirst || LETTER_NAME.matcher(text).find());
      if ((Vocabulary.EMPTY.contains(usual) && !isLetter) || (isFirst && Vocabulary.CONNECTING.contains(usual))) {
        continue;
      }
      if (Vocabulary.NEGATIONS.contains(usual) && !isNotOnly(usual, word.end())) {
        denials++;
      }
      tokens.add(usual);
      if (!Vocabulary.FUNCTION.contains(usual)) {
        topic.add(Vocabulary.stem(usual));
      }
      if (isName(written, isFirst, word.end())) {
        names.add(usual);
      }
    }
  }

  private boolean isNotOnly(String usual, int end) {
    return usual.equals("not") && text.startsWith(" only", end);
  }

  /// Whether the word is written as a name: with a capital inside the sentence, or with several; at its
  /// beginning only where a verb follows.
  private boolean isName(String written, boolean isFirst, int end) {
    if (!Character.isUpperCase(written.codePointAt(0)) || Vocabulary.FUNCTION.contains(written.toLowerCase(Locale.ROOT))) {
      return false;
    }
    if (!isFirst || written.chars().skip(1).anyMatch(Character::isUpperCase)) {
      return true;
    }
    Matcher next = WORD.matcher(text);
    return next.find(end) && BEING.contains(next.group().toLowerCase(Locale.ROOT));
  }
}
