// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.mind;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The sandbox's tokenizer: one token for every four code points begun, so that each count can be
/// checked by hand. An image is 258 tokens, a message costs four more, a tool definition eight.
public final class Tokens {
  /// Tokens of one image, whatever its size.
  public static final int IMAGE = 258;

  /// Tokens a message costs beside its content.
  public static final int MESSAGE = 4;

  /// Tokens a tool definition costs beside its name, description and schema.
  public static final int TOOL = 8;

  private static final int CODE_POINTS = 4;
  private static final Pattern WORD = Pattern.compile("\\s*\\S+|\\s+$");

  private Tokens() {}

  /// Tokens of a text; an empty one has none.
  public static int count(String text) {
    int codePoints = text.codePointCount(0, text.length());
    return (codePoints + CODE_POINTS - 1) / CODE_POINTS;
  }

  /// The first `limit` tokens of the text, never cutting a code point.
  public static String first(String text, int limit) {
    int codePoints = text.codePointCount(0, text.length());
    long wanted = (long) limit * CODE_POINTS;
    return wanted >= codePoints
        ? text
        : text.substring(0, text.offsetByCodePoints(0, (int) wanted));
  }

  /// The text in the pieces a stream sends: a word with the space before it. Joined they are the
  /// text again.
  public static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    Matcher words = WORD.matcher(text);
    while (words.find()) {
      pieces.add(words.group());
    }
    return pieces;
  }

  /// The text in pieces of about `size` characters, as tool arguments are streamed.
  public static List<String> slices(String text, int size) {
    List<String> slices = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int to = Math.min(text.length(), from + size);
      if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
        to++;
      }
      slices.add(text.substring(from, to));
      from = to;
    }
    return slices;
  }
}
