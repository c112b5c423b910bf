// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.value;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Numbers written in English words, turned into digits: "twenty-five", "two thirds", "three hundred
/// and five".
///
/// "One" alone stays a word, because it mostly is a pronoun.
public final class NumberWords {
  private static final List<String> UNITS =
      List.of(
          "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
          "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen");
  private static final List<String> TENS =
      List.of("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
  private static final Map<String, Long> SCALES =
      Map.of("hundred", 100L, "thousand", 1_000L, "million", 1_000_000L, "billion", 1_000_000_000L);
  private static final Map<String, Integer> PARTS =
      Map.of(
          "half", 2, "halves", 2, "third", 3, "thirds", 3, "quarter", 4, "quarters", 4, "fifth", 5, "fifths", 5,
          "tenth", 10, "tenths", 10);

  private static final String SMALL = String.join("|", UNITS) + "|" + String.join("|", TENS.subList(2, 10));
  private static final Pattern FRACTION =
      Pattern.compile(
          "\\b(one|two|three|four|five|six|seven|eight|nine)[ -](half|halves|thirds?|quarters?|fifths?|tenths?)\\b"
              + "(?! (?:place|party|person|time|day|edition|floor|century))",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NUMBER =
      Pattern.compile(
          "\\b(?:" + SMALL + ")(?:(?:[ -]|[ -]and[ -])(?:" + SMALL + "|hundred|thousand|million|billion)){0,12}+\\b",
          Pattern.CASE_INSENSITIVE);

  private NumberWords() {}

  /// The text with its number words in digits.
  public static String inDigits(String text) {
    String fractions = FRACTION.matcher(text).replaceAll(NumberWords::fraction);
    return NUMBER.matcher(fractions).replaceAll(NumberWords::number);
  }

  private static String fraction(MatchResult found) {
    int above = UNITS.indexOf(found.group(1).toLowerCase(Locale.ROOT));
    return above + "/" + PARTS.get(found.group(2).toLowerCase(Locale.ROOT));
  }

  /// The digits; the words themselves where they are no number, as in "two three".
  private static String number(MatchResult found) {
    String words = found.group().toLowerCase(Locale.ROOT);
    if (words.equals("one")) {
      return found.group();
    }
    long total = 0;
    long group = 0;
    long last = Long.MAX_VALUE;
    for (String word : words.split("[ -]+", -1)) {
      Long scale = SCALES.get(word);
      if (word.equals("and")) {
        if (group % 100 != 0 || (group == 0 && total == 0)) {
          return found.group();
        }
      } else if (scale != null && scale == 100) {
        if (group == 0 || group > 99) {
          return found.group();
        }
        group *= 100;
        last = 100;
      } else if (scale != null) {
        total += group * scale;
        group = 0;
        last = Long.MAX_VALUE;
      } else {
        long value = value(word);
        boolean fits = last == Long.MAX_VALUE || last == 100 || (last >= 20 && last < 100 && value < 10 && value > 0);
        if (!fits) {
          return found.group();
        }
        group += value;
        last = value;
      }
    }
    return Long.toString(total + group);
  }

  private static long value(String word) {
    int unit = UNITS.indexOf(word);
    return unit >= 0 ? unit : TENS.indexOf(word) * 10L;
  }
}
