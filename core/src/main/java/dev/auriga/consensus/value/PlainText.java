// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.value;

import java.text.Normalizer;
import java.util.regex.Pattern;

/// Text without the marks that only dress it: Markdown's emphasis, TeX's commands for what has a plain
/// sign, odd spaces and quotes, empty lines.
public final class PlainText {
  private static final Pattern TEX_WORDS = Pattern.compile("\\\\(?:text|mathrm|textbf|mathbf|mbox|textit)\\s*\\{([^{}]*)}");
  private static final Pattern TEX_FRACTION =
      Pattern.compile("\\\\[dt]?frac\\s*(?:\\{([^{}]*)}\\s*\\{([^{}]*)}|(\\d)(\\d))");
  private static final Pattern TEX_POWER = Pattern.compile("\\^\\{([^{}]*)}");
  private static final Pattern TEX_MATHS = Pattern.compile("\\$\\$?([^$\\n]+)\\$\\$?(?!\\d)");
  private static final Pattern TEX_SPACE = Pattern.compile("\\\\[,;:!]|\\\\(?:quad|qquad|left|right)(?![A-Za-z])|\\\\ ");
  private static final Pattern TEX_BRACKETS = Pattern.compile("\\\\[\\[\\]()]");
  private static final Pattern MARKDOWN =
      Pattern.compile("(?<!\\w)(?:\\*\\*|__)|(?:\\*\\*|__)(?!\\w)|(?<![\\w*])\\*(?=[^\\s*])|(?<=[^\\s*])\\*(?![\\w*])|`");
  private static final Pattern HEADING = Pattern.compile("(?m)^\\s{0,3}(?:#{1,6}(?!#)\\s+|>\\s?)");
  private static final Pattern SPACES = Pattern.compile("[ \\t\\x0B\\f]++");

  private static final Pattern BLANK = Pattern.compile("\\n\\s++");

  private PlainText() {}

  public static String of(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFC);
    plain = plain.replace('’', '\'').replace('‘', '\'').replace('“', '"').replace('”', '"');
    plain = plain.replace("\r\n", "\n").replace('\r', '\n').replace('−', '-').replace("\u200b", "");
    if (plain.indexOf('\\') >= 0 || plain.indexOf('$') >= 0) {
      plain = withoutTex(plain);
    }
    plain = MARKDOWN.matcher(HEADING.matcher(plain).replaceAll("")).replaceAll("");
    return BLANK.matcher(SPACES.matcher(plain).replaceAll(" ")).replaceAll("\n").strip();
  }

  /// The text without these characters at its end.
  public static String withoutEnd(String text, String characters) {
    int end = text.length();
    while (end > 0 && characters.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(0, end);
  }

  private static String withoutTex(String text) {
    String plain = text.replace("\\$", "\uE000").replace("\\%", "%").replace("{,}", ",").replace("\\#", "#");
    plain = TEX_SPACE.matcher(plain).replaceAll(" ");
    plain = TEX_WORDS.matcher(plain).replaceAll(" $1");
    plain = TEX_FRACTION.matcher(plain).replaceAll(found ->
        found.group(1) != null ? found.group(1) + "/" + found.group(2) : found.group(3) + "/" + found.group(4));
    plain = plain.replace("^\\circ", "°").replace("^{\\circ}", "°").replace("\\circ", "°").replace("\\degree", "°");
    plain = TEX_POWER.matcher(plain).replaceAll("^$1");
    plain = plain.replace("\\times", "×").replace("\\cdot", "·").replace("\\approx", "≈").replace("\\pi", "π");
    plain = plain.replace("\\leq", "≤").replace("\\le", "≤").replace("\\geq", "≥").replace("\\ge", "≥");
    plain = TEX_BRACKETS.matcher(plain).replaceAll(" ");
    return TEX_MATHS.matcher(plain).replaceAll("$1").replace('\uE000', '$');
  }
}
