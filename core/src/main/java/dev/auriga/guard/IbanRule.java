// SPDX-License-Identifier: Apache-2.0
package dev.auriga.guard;

import java.util.HashMap;
import java.util.Map;

/// International bank account numbers: of the length of their country, with the right check digits,
/// in one piece or in groups of four.
final class IbanRule implements Rule {
  private static final Map<String, Integer> LENGTHS = lengths();

  private static Map<String, Integer> lengths() {
    Map<String, Integer> lengths = new HashMap<>();
    String[] countries = {
      "15 NO", "16 BE", "18 DK FI FO GL NL", "19 MK SI", "20 AT BA EE KZ LT LU XK", "21 CH CR HR LI LV",
      "22 BG BH DE GB GE IE ME RS", "23 AE GI IL IQ OM TL", "24 AD CZ ES MD PK RO SA SE SK TN VG",
      "25 AO CV LY PT ST", "26 IS TR", "27 FR GR IT MC MR SM", "28 AL AZ CY DO GT HU LB NI PL SV",
      "29 BR EG PS QA UA", "30 JO KW MU YE", "31 MT SC", "32 LC", "33 RU"
    };
    for (String line : countries) {
      String[] words = line.split(" ");
      for (int i = 1; i < words.length; i++) {
        lengths.put(words[i], Integer.valueOf(words[0]));
      }
    }
    return Map.copyOf(lengths);
  }

  @Override
  public String token() {
    return "iban";
  }

  @Override
  public boolean mayBegin(char first) {
    return first >= 'A' && first <= 'Z';
  }

  @Override
  public Look look(CharSequence text, int at, boolean whole) {
    if (isOfAWord(Rule.before(text, at))) {
      return NOT;
    }
    StringBuilder number = new StringBuilder();
    int length = 2;
    int i = at;
    while (number.length() < length) {
      if (i >= text.length()) {
        return whole ? NOT : MORE;
      }
      char each = text.charAt(i++);
      boolean between = each == ' ' && number.length() % 4 == 0 && text.charAt(i - 2) != ' ';
      if (between && number.length() > 0) {
        continue;
      }
      if (!fits(each, number.length())) {
        return NOT;
      }
      number.append(each);
      if (number.length() == 2) {
        length = LENGTHS.getOrDefault(number.toString(), 0);
      }
    }
    if (length == 0) {
      return NOT;
    }
    if (i == text.length() && !whole) {
      return MORE;
    }
    boolean ends = i == text.length() || !isOfAWord(text.charAt(i));
    return ends && remainder(number) == 1 ? new Look.Found(token(), at, i) : NOT;
  }

  private static boolean fits(char each, int position) {
    boolean digit = each >= '0' && each <= '9';
    boolean letter = each >= 'A' && each <= 'Z';
    return position < 2 ? letter : position < 4 ? digit : digit || letter;
  }

  private static boolean isOfAWord(char each) {
    return PatternRule.WORD.indexOf(each) >= 0;
  }

  /// By ISO 7064: the first four characters go last, letters count from 10, and 97 leaves 1.
  private static int remainder(CharSequence number) {
    int remainder = 0;
    for (int i = 0; i < number.length(); i++) {
      int value = Character.digit(number.charAt((i + 4) % number.length()), 36);
      remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
    }
    return remainder;
  }
}
