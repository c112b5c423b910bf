// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation.syntax;

import java.util.EnumSet;

/// Strings in any quotes, written in plain ones with their content as it was.
final class MendedString {
  private static final String DOUBLE = "\"“”„‟";
  private static final String SINGLE = "'‘’‚‛";

  private final String text;
  private final StringBuilder out;
  private final EnumSet<Fix> fixes;
  private boolean sound;

  MendedString(String text, StringBuilder out, EnumSet<Fix> fixes) {
    this.text = text;
    this.out = out;
    this.fixes = fixes;
  }

  static boolean opens(char each) {
    return DOUBLE.indexOf(each) >= 0 || SINGLE.indexOf(each) >= 0;
  }

  /// Writes the string that begins at `from`; the position after it, or -1 when the text ends
  /// before it does.
  int read(int from) {
    char opening = text.charAt(from);
    sound = true;
    if (opening != '"') {
      fixes.add(Fix.QUOTES);
    }
    out.append('"');
    int at = from + 1;
    while (at < text.length()) {
      char each = text.charAt(at);
      if (closes(opening, at)) {
        out.append('"');
        return at + 1;
      }
      if (each == '\\') {
        at = escape(at);
        if (at < 0) {
          return -1;
        }
      } else {
        content(each);
        at++;
      }
    }
    return -1;
  }

  /// Whether the string read last can be told; a line that goes on after a backslash cannot.
  boolean isSound() {
    return sound;
  }

  private boolean closes(char opening, int at) {
    char each = text.charAt(at);
    if (opening == '"' || opening == '\'') {
      return each == opening && !(opening == '\'' && isApostrophe(at));
    }
    return DOUBLE.indexOf(opening) >= 0
        ? DOUBLE.indexOf(each) >= 0
        : SINGLE.indexOf(each) >= 0 && !isApostrophe(at);
  }

  /// Between two letters no string ends, because a comma, colon or bracket would have to follow.
  private boolean isApostrophe(int at) {
    return at + 1 < text.length()
        && Character.isLetter(text.charAt(at - 1))
        && Character.isLetter(text.charAt(at + 1));
  }

  private void content(char each) {
    if (each == '"') {
      out.append("\\\"");
    } else if (each < ' ') {
      int plain = "\b\f\n\r\t".indexOf(each);
      if (plain >= 0) {
        out.append('\\').append("bfnrt".charAt(plain));
      } else {
        out.append("\\u%04x".formatted((int) each));
      }
      fixes.add(Fix.CONTROL_CHARACTER);
    } else {
      out.append(each);
    }
  }

  /// The position after the escape at `at`, or -1 when the text ends in it.
  private int escape(int at) {
    if (at + 1 == text.length()) {
      return -1;
    }
    char each = text.charAt(at + 1);
    if (each == 'u') {
      return unicode(at);
    }
    if ("\"\\/bfnrt".indexOf(each) >= 0) {
      out.append('\\').append(each);
    } else if (SINGLE.indexOf(each) >= 0) {
      fixes.add(Fix.ESCAPE);
      out.append(each);
    } else if (each < ' ') {
      sound = false;
    } else {
      fixes.add(Fix.ESCAPE);
      out.append("\\\\").append(each);
    }
    return at + 2;
  }

  private int unicode(int at) {
    int end = at + 2;
    while (end < at + 6 && end < text.length() && isHex(text.charAt(end))) {
      end++;
    }
    if (end == text.length() && end < at + 6) {
      return -1;
    }
    if (end < at + 6) {
      fixes.add(Fix.ESCAPE);
      out.append('\\');
    }
    out.append(text, at, end);
    return end;
  }

  private static boolean isHex(char each) {
    return each < 0x80 && Character.digit(each, 16) >= 0;
  }
}
