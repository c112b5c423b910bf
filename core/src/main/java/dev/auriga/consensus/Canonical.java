// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// The form in which answers are compared.
final class Canonical {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d{1,3}(,\\d{3})+|\\d+)?(\\.\\d+)?([eE][-+]?\\d{1,3})?");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private Canonical() {}

  static String of(String answer) {
    String text = withoutClosing(Normalizer.normalize(answer, Normalizer.Form.NFKC).strip());
    if (NUMBER.matcher(text).matches() && text.chars().anyMatch(Character::isDigit)) {
      BigDecimal value = new BigDecimal(text.replace(",", ""));
      return value.signum() == 0 ? "number:0" : "number:" + value.stripTrailingZeros();
    }
    return "text:" + SPACE.matcher(text).replaceAll(" ").toLowerCase(Locale.ROOT);
  }

  private static String withoutClosing(String text) {
    int end = text.length();
    while (end > 0 && (".!".indexOf(text.charAt(end - 1)) >= 0 || Character.isWhitespace(text.charAt(end - 1)))) {
      end--;
    }
    return text.substring(0, end);
  }
}
