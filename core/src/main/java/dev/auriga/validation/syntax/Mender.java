// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation.syntax;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one object or array leniently and writes it strictly.
final class Mender {
  static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int MAX_DEPTH = 200;
  private static final String FENCE = "```";
  private static final Set<String> WORDS = Set.of("true", "false", "null", "True", "False", "None");

  /// A value that was read, and where the reading ended.
  record Value(String json, Set<Fix> fixes, int end, boolean holdsSomething) {}

  /// How reading one thing went: whole, cut off by the end of the text, or not JSON at all.
  private enum Read { WHOLE, CUT, WRONG }

  private final String text;
  private final StringBuilder out = new StringBuilder();
  private final EnumSet<Fix> fixes = EnumSet.noneOf(Fix.class);
  private final MendedString strings;
  private int at;
  private int depth;
  private int openObjects;
  private int openArrays;
  private int kept;

  Mender(String text, int from) {
    this.text = text;
    this.at = from;
    this.strings = new MendedString(text, out, fixes);
  }

  /// The value at the position given, or null when there is none that can be read.
  @Nullable Value read() {
    Read read = value();
    return read == Read.WHOLE ? new Value(out.toString(), fixes, at, holdsSomething()) : null;
  }

  /// Whether a name or scalar was read, also where the whole could not be.
  boolean holdsSomething() {
    return kept > 0;
  }

  int position() {
    return at;
  }

  static boolean isSpace(char each) {
    return each <= ' ' || isInvisible(each);
  }

  private static boolean isInvisible(char each) {
    return each == BYTE_ORDER_MARK
        || each == '\u00A0'
        || (each >= '\u200B' && each <= '\u200F')
        || each == '\u2028'
        || each == '\u2029'
        || each == '\u2060'
        || (each >= '\u007F' && each < '\u00A0');
  }

  private Read value() {
    char each = text.charAt(at);
    if (each == '{' || each == '[') {
      return container(each == '{');
    }
    if (MendedString.opens(each)) {
      return string();
    }
    if (each == '-' || (each >= '0' && each <= '9')) {
      return number();
    }
    return word();
  }

  private Read container(boolean object) {
    if (++depth > MAX_DEPTH) {
      return Read.WRONG;
    }
    openObjects += object ? 1 : 0;
    openArrays += object ? 0 : 1;
    out.append(object ? '{' : '[');
    at++;
    Read read = members(object);
    out.append(object ? '}' : ']');
    openObjects -= object ? 1 : 0;
    openArrays -= object ? 0 : 1;
    depth--;
    return read;
  }

  private Read members(boolean object) {
    char closing = object ? '}' : ']';
    boolean first = true;
    boolean comma = false;
    while (true) {
      if (!skip()) {
        fixes.add(Fix.UNCLOSED);
        return Read.WHOLE;
      }
      char each = text.charAt(at);
      if (each == '}' || each == ']') {
        if (comma) {
          fixes.add(Fix.TRAILING_COMMA);
        }
        return closes(each, closing);
      }
      if (!first && !comma) {
        if (each != ',') {
          return Read.WRONG;
        }
        comma = true;
        at++;
        continue;
      }
      int before = out.length();
      int keptBefore = kept;
      if (!first) {
        out.append(',');
      }
      Read read = object ? member() : value();
      if (read == Read.WRONG) {
        return Read.WRONG;
      }
      if (read == Read.CUT) {
        out.setLength(before);
        kept = keptBefore;
        fixes.add(Fix.LEFT_OUT);
        fixes.add(Fix.UNCLOSED);
        at = text.length();
        return Read.WHOLE;
      }
      first = false;
      comma = false;
    }
  }

  /// A bracket that closes an outer container closes this one as well; any other is wrong.
  private Read closes(char each, char closing) {
    if (each == closing) {
      at++;
      return Read.WHOLE;
    }
    if ((each == '}' ? openObjects : openArrays) == 0) {
      return Read.WRONG;
    }
    fixes.add(Fix.BRACKET);
    return Read.WHOLE;
  }

  private Read member() {
    char each = text.charAt(at);
    Read name = MendedString.opens(each) ? string() : bareName();
    if (name != Read.WHOLE) {
      return name;
    }
    if (!skip()) {
      return Read.CUT;
    }
    if (text.charAt(at) != ':') {
      return Read.WRONG;
    }
    out.append(':');
    at++;
    return skip() ? value() : Read.CUT;
  }

  private Read bareName() {
    int end = wordEnd();
    if (end == at || Character.isDigit(text.charAt(at))) {
      return Read.WRONG;
    }
    out.append('"').append(text, at, end).append('"');
    fixes.add(Fix.UNQUOTED_NAME);
    at = end;
    return Read.WHOLE;
  }

  private Read string() {
    int end = strings.read(at);
    if (end < 0) {
      at = text.length();
      return Read.CUT;
    }
    at = end;
    kept++;
    return strings.isSound() ? Read.WHOLE : Read.WRONG;
  }

  private Read number() {
    NumberScanner number = new NumberScanner();
    int end = at;
    if (number.begins(text.charAt(end))) {
      end++;
      while (end < text.length() && number.continues(text.charAt(end))) {
        end++;
      }
    }
    if (end == text.length()) {
      return Read.CUT;
    }
    if (!number.isWhole() || !ends(end)) {
      return Read.WRONG;
    }
    out.append(text, at, end);
    at = end;
    kept++;
    return Read.WHOLE;
  }

  private Read word() {
    int end = wordEnd();
    String word = text.substring(at, end);
    if (WORDS.contains(word)) {
      String python = Repair.PYTHON.get(word);
      if (python != null) {
        fixes.add(Fix.PYTHON_LITERAL);
      }
      out.append(python == null ? word : python);
      at = end;
      kept++;
      return Read.WHOLE;
    }
    boolean begun = end == text.length() && WORDS.stream().anyMatch(each -> each.startsWith(word));
    return begun && !word.isEmpty() ? Read.CUT : Read.WRONG;
  }

  private int wordEnd() {
    int end = at;
    while (end < text.length() && isOfAWord(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isOfAWord(char each) {
    return each < 0x80 && (Character.isLetterOrDigit(each) || each == '_' || each == '$' || each == '-');
  }

  private boolean ends(int end) {
    char each = text.charAt(end);
    return ",]}/#".indexOf(each) >= 0 || isSpace(each) || text.startsWith(FENCE, end);
  }

  /// Goes past space and comments; false at the end of the text, which a fence is too.
  private boolean skip() {
    while (at < text.length()) {
      char each = text.charAt(at);
      if (each == '#' || text.startsWith("//", at)) {
        comment("\n");
      } else if (text.startsWith("/*", at)) {
        comment("*/");
      } else if (!isSpace(each)) {
        return !text.startsWith(FENCE, at);
      } else {
        if (each != ' ' && each != '\n' && each != '\r' && each != '\t') {
          fixes.add(each == BYTE_ORDER_MARK ? Fix.BYTE_ORDER_MARK : Fix.CONTROL_CHARACTER);
        }
        at++;
      }
    }
    return false;
  }

  private void comment(String closing) {
    fixes.add(Fix.COMMENT);
    int end = text.indexOf(closing, at + 1);
    at = end < 0 ? text.length() : end + closing.length();
  }
}
