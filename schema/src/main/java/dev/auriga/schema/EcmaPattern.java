// SPDX-License-Identifier: Apache-2.0
package dev.auriga.schema;

import com.networknt.schema.regex.RegularExpression;
import dev.auriga.validation.BoundedPattern;
import dev.auriga.validation.Uncheckable;
import java.util.Map;

/// Patterns of schemas, which are written in ECMAScript's syntax, in Java's and bounded.
final class EcmaPattern {
  private static final Map<String, String> CATEGORIES =
      Map.of(
          "Letter", "L", "Lowercase_Letter", "Ll", "Uppercase_Letter", "Lu", "Number", "N",
          "Decimal_Number", "Nd", "Punctuation", "P", "Symbol", "S", "Mark", "M", "Separator", "Z");

  /// Letters that mean something after a backslash in both syntaxes, or are written anew.
  private static final String MEANINGFUL = "dDwWsSbBnrtfcxuk";

  /// A match that took too long, on its way through the validator.
  static final class GivenUp extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Uncheckable why;

    GivenUp(Uncheckable why) {
      super(null, why, false, false);
      this.why = why;
    }

    Uncheckable why() {
      return why;
    }
  }

  private EcmaPattern() {}

  /// Throws [IllegalArgumentException] for what is no pattern.
  static RegularExpression of(String pattern) {
    BoundedPattern bounded = BoundedPattern.of(new EcmaPattern.Rewriting(pattern).java());
    return text -> {
      try {
        return bounded.find(text).isPresent();
      } catch (Uncheckable tooMuch) {
        throw new GivenUp(tooMuch);
      }
    };
  }

  /// One pattern on its way into Java's syntax.
  static final class Rewriting {
    private final String pattern;
    private final StringBuilder java = new StringBuilder();
    private int at;
    private boolean inClass;

    Rewriting(String pattern) {
      this.pattern = pattern;
    }

    String java() {
      while (at < pattern.length()) {
        char each = pattern.charAt(at);
        if (each == '\\' && at + 1 < pattern.length()) {
          escape(pattern.charAt(at + 1));
        } else if (inClass) {
          inClass(each);
        } else {
          outside(each);
        }
      }
      return java.toString();
    }

    private void outside(char each) {
      if (pattern.startsWith("[^]", at)) {
        write("[\\s\\S]", 3);
      } else if (pattern.startsWith("[]", at)) {
        write("(?!)", 2);
      } else if (each == '$') {
        // Java's own would match before a last line break, too.
        write("\\z", 1);
      } else {
        inClass = each == '[';
        write(each, 1);
      }
    }

    private void inClass(char each) {
      if (each == '[') {
        write("\\[", 1);
      } else if (each == '&') {
        write("\\&", 1);
      } else {
        inClass = each != ']';
        write(each, 1);
      }
    }

    private void escape(char each) {
      if (each == 'v') {
        write("\\x0B", 2);
      } else if (each == 'u' && pattern.startsWith("{", at + 2)) {
        write("\\x", 2);
      } else if (each == 'p' || each == 'P') {
        category(each);
      } else if (isLetter(each) && MEANINGFUL.indexOf(each) < 0) {
        write(each, 2);
      } else {
        write("\\" + each, 2);
      }
    }

    private void category(char p) {
      int end = pattern.indexOf('}', at);
      if (!pattern.startsWith("{", at + 2) || end < 0) {
        write(p, 2);
        return;
      }
      String name = pattern.substring(at + 3, end);
      write("\\%s{%s}".formatted(p, CATEGORIES.getOrDefault(name, name)), end + 1 - at);
    }

    private static boolean isLetter(char each) {
      return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z');
    }

    private void write(Object piece, int read) {
      java.append(piece);
      at += read;
    }
  }
}
