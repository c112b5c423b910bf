// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.mind;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The sums a model can do in its head: an expression such as `17 * 23` or `(4 + 5) / 3`, or a
/// simple form in words ("sum of 4, 5 and 6", "12 percent of 50"), found anywhere in a text.
public final class Arithmetic {
  private static final String NUMBER = "-?\\d+(?:\\.\\d+)?";
  private static final Pattern THOUSANDS = Pattern.compile("(?<=\\d),(?=\\d{3}(?!\\d))");
  private static final Pattern DATE =
      Pattern.compile("\\b\\d{4}-\\d{2}-\\d{2}\\b|\\b\\d{1,2}/\\d{1,2}/\\d{2,4}\\b");
  private static final Pattern FOLD =
      Pattern.compile(
          "(sum|total|product) of ((?:"
              + NUMBER
              + ")(?:(?:\\s*,\\s*(?:and\\s+)?|\\s+and\\s+)"
              + NUMBER
              + ")+)");
  private static final Pattern DIFFERENCE =
      Pattern.compile("difference (?:between|of) (" + NUMBER + ") and (" + NUMBER + ")");
  private static final Pattern PERCENT =
      Pattern.compile("(" + NUMBER + ")\\s*(?:%|percent) of (" + NUMBER + ")");
  private static final Pattern EXPRESSION =
      Pattern.compile("[(\\s]*-?[(\\s]*\\d[\\d.]*(?:[)\\s]*[-+*/^]\\s*[-(\\s]*\\d[\\d.]*)+[)\\s]*");
  private static final MathContext PRECISION = MathContext.DECIMAL64;

  private final String source;
  private int at;

  private Arithmetic(String source) {
    this.source = source;
  }

  /// The result of the last sum in the text, or nothing when there is none that makes sense.
  public static Optional<BigDecimal> solve(String text) {
    String plain = inSymbols(text);
    Optional<BigDecimal> solved = Optional.empty();
    Matcher candidates = EXPRESSION.matcher(plain);
    while (candidates.find()) {
      Optional<BigDecimal> value = evaluate(candidates.group());
      if (value.isPresent()) {
        solved = value;
      }
    }
    return solved;
  }

  /// A result as people write it: no trailing zeros, at most six places, no exponent.
  public static String written(BigDecimal value) {
    BigDecimal rounded = value.setScale(6, java.math.RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }

  private static String inSymbols(String text) {
    String plain = THOUSANDS.matcher(DATE.matcher(text).replaceAll(" ")).replaceAll("");
    plain = plain.toLowerCase(Locale.ROOT);
    plain =
        FOLD.matcher(plain)
            .replaceAll(fold -> Matcher.quoteReplacement(folded(fold.group(1), fold.group(2))));
    plain = DIFFERENCE.matcher(plain).replaceAll("($1 - $2)");
    plain = PERCENT.matcher(plain).replaceAll("($1 / 100 * $2)");
    plain = plain.replace("multiplied by", "*").replace("divided by", "/");
    plain = plain.replaceAll("(?<=\\d)\\s+times\\s+(?=[-(\\d])", " * ");
    plain = plain.replaceAll("(?<=\\d)\\s+plus\\s+(?=[-(\\d])", " + ");
    plain = plain.replaceAll("(?<=\\d)\\s+minus\\s+(?=[-(\\d])", " - ");
    plain = plain.replaceAll("(?<=[\\d)])\\s*[x×·]\\s*(?=[-(\\d])", " * ");
    return plain.replace('÷', '/').replace('−', '-').replace("**", "^");
  }

  private static String folded(String form, String numbers) {
    String operator = form.equals("product") ? " * " : " + ";
    return "(" + numbers.replaceAll("\\s*,\\s*(?:and\\s+)?|\\s+and\\s+", operator) + ")";
  }

  private static Optional<BigDecimal> evaluate(String expression) {
    String balanced = expression.strip();
    for (int tries = 0; tries < 4; tries++) {
      try {
        Arithmetic reader = new Arithmetic(balanced.replaceAll("\\s+", ""));
        BigDecimal value = reader.sum();
        if (reader.at == reader.source.length()) {
          return Optional.of(value);
        }
      } catch (ArithmeticException | IllegalStateException | NumberFormatException _) {
        // Not a sum after all, or one with a parenthesis that belongs to the sentence around it.
      }
      if (balanced.endsWith(")")) {
        balanced = balanced.substring(0, balanced.length() - 1).strip();
      } else if (balanced.startsWith("(")) {
        balanced = balanced.substring(1).strip();
      } else {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private BigDecimal sum() {
    BigDecimal value = product();
    while (next('+') || next('-')) {
      BigDecimal other = source.charAt(at - 1) == '+' ? product() : product().negate();
      value = value.add(other, PRECISION);
    }
    return value;
  }

  private BigDecimal product() {
    BigDecimal value = power();
    while (next('*') || next('/')) {
      value =
          source.charAt(at - 1) == '*'
              ? value.multiply(power(), PRECISION)
              : value.divide(power(), PRECISION);
    }
    return value;
  }

  private BigDecimal power() {
    BigDecimal base = factor();
    if (!next('^')) {
      return base;
    }
    int exponent = power().intValueExact();
    if (exponent < 0 || exponent > 64) {
      throw new ArithmeticException("an exponent nobody does in their head: " + exponent);
    }
    return base.pow(exponent, PRECISION);
  }

  private BigDecimal factor() {
    if (next('-')) {
      return factor().negate();
    }
    if (next('(')) {
      BigDecimal inner = sum();
      if (!next(')')) {
        throw new IllegalStateException("a parenthesis is not closed");
      }
      return inner;
    }
    int from = at;
    while (at < source.length()
        && (Character.isDigit(source.charAt(at)) || source.charAt(at) == '.')) {
      at++;
    }
    String digits = source.substring(from, at);
    return new BigDecimal(digits.endsWith(".") ? digits.substring(0, digits.length() - 1) : digits);
  }

  private boolean next(char symbol) {
    if (at < source.length() && source.charAt(at) == symbol) {
      at++;
      return true;
    }
    return false;
  }
}
