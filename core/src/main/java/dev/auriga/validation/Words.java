// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The words of a text: runs of letters, marks and digits, in small letters; of scripts that put no
/// space between words, each letter.
final class Words {
  /// A word and where it stands.
  record Word(String text, int from, int to) {}

  private Words() {}

  static List<Word> of(String text) {
    List<Word> words = new ArrayList<>();
    int begun = -1;
    for (int at = 0; at < text.length(); ) {
      int each = text.codePointAt(at);
      int next = at + Character.charCount(each);
      boolean alone = standsAlone(each);
      if (begun >= 0 && (alone || !isOfAWord(text, each, at, next))) {
        words.add(word(text, begun, at));
        begun = -1;
      }
      if (alone) {
        words.add(word(text, at, next));
      } else if (begun < 0 && Character.isLetterOrDigit(each)) {
        begun = at;
      }
      at = next;
    }
    if (begun >= 0) {
      words.add(word(text, begun, text.length()));
    }
    return words;
  }

  private static Word word(String text, int from, int to) {
    return new Word(text.substring(from, to).toLowerCase(Locale.ROOT), from, to);
  }

  private static boolean isOfAWord(String text, int each, int at, int next) {
    if (each == '\'' || each == '’') {
      return next < text.length() && at > 0 && Character.isLetter(text.charAt(next));
    }
    int type = Character.getType(each);
    return Character.isLetterOrDigit(each)
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean standsAlone(int each) {
    if (each < 0x0E00) {
      return false;
    }
    return switch (Character.UnicodeScript.of(each)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> Character.isLetter(each);
      default -> false;
    };
  }
}
