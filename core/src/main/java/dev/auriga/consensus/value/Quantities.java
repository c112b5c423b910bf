// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the numbers of a text, with sign, multiplier, unit and the words that make a limit of them.
///
/// Digits inside names ("GPT-4", "H2O") and version numbers ("1.2.3") are no numbers; nor is "1,5",
/// which is two in one country and one in another.
public final class Quantities {
  /// A number and where it stands, its limit's words and its unit included.
  public record Found(int start, int end, Quantity quantity) {}

  private static final String BEFORE =
      "(?:(?<!\\p{L})(?<before>at least|at most|no more than|not more than|no less than|not less than|no fewer than"
          + "|more than|greater than|less than|fewer than|up to|over|above|under|below|exceeding|a minimum of"
          + "|a maximum of|minimum of|maximum of|about|around|approximately|approx\\.?|roughly|nearly|almost"
          + "|circa|(?<![<>])[<>≤≥~≈]=?)[ ]*)?";
  private static final String SIGN = "(?<sign>[-+–](?! )|minus |negative )?";
  private static final String CURRENCY = "(?:(?<currency>US\\$|A\\$|C\\$|[$£€¥₹]|(?:USD|EUR|GBP|CHF|JPY) )[ ]?)?";
  private static final String DIGITS =
      "(?:(?<group>\\d{1,3}(?:[,\\x{A0}\\x{202F}\\x{2009}'](?=\\d{3})\\d{3}){1,12}(?:\\.\\d{1,40})?|\\d{1,2}(?:,\\d{2}){1,6},\\d{3}(?:\\.\\d{1,40})?"
          + "|\\d{1,3}(?:_\\d{3}){1,12})"
          + "|(?<european>\\d{1,3}(?:\\.\\d{3}){1,12},\\d{1,2}(?!\\d))"
          + "|(?<mixed>\\d{1,6}[ -]\\d{1,4}/\\d{1,4})"
          + "|(?<fraction>\\d{1,15}[ ]?/[ ]?\\d{1,15})(?!/)"
          + "|(?<vulgar>\\d{0,6}[ ]?[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])"
          + "|(?<plain>\\d{1,40}(?:\\.\\d{1,40})?|\\.\\d{1,40}))";
  private static final String POWER =
      "(?:[eE](?<exponent>[-+]?\\d{1,3})(?![\\p{L}\\d])"
          + "|[ ]?[×x*·][ ]?10(?:[ ]?(?:\\^|\\*\\*)[ ]?[({]?(?<power>[-–+]?\\d{1,3})[)}]?|(?<raised>[⁻⁺]?[⁰¹²³⁴-⁹]{1,3})))?";
  private static final Pattern NUMBER =
      Pattern.compile(
          BEFORE + "(?<![\\p{L}\\p{N}_.])(?<!\\p{L}-)(?<!\\d,)" + SIGN + CURRENCY + "(?<late>-)?" + DIGITS
              + "(?!\\d|[.,]\\d|_\\d)" + POWER,
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  private static final Pattern MULTIPLIER =
      Pattern.compile("[ -]?(?i:(hundred|thousand|million|billion|trillion|dozen|bn))\\b|(k|K|M|B)(?![\\p{L}\\d/])");
  private static final Pattern MONEY_MULTIPLIER =
      Pattern.compile("[ -]?(?i:(hundred|thousand|million|billion|trillion|bn|k|m|b))\\b");
  private static final Pattern UNIT =
      Pattern.compile(
          "[ -]?((?:US )?[\\p{L}µμΩ°%‰¢$€£¥₹℃℉]+[²³]?(?:\\^[23])?(?: [\\p{L}]+)?(?: [\\p{L}]+)?)");
  private static final Pattern PER =
      Pattern.compile("(?:[ ]?/[ ]?|[ ]per[ ])((?:square |cubic )?[\\p{L}]+[²³]?(?:\\^[23])?)");
  private static final Pattern AFTER =
      Pattern.compile(" (or more|or greater|or above|or higher|or less|or fewer|or below|or lower)\\b|(\\+)(?![\\d\\p{L}])");
  private static final Map<Character, Rational> VULGAR =
      Map.ofEntries(
          Map.entry('½', Rational.of(1, 2)), Map.entry('⅓', Rational.of(1, 3)), Map.entry('⅔', Rational.of(2, 3)),
          Map.entry('¼', Rational.of(1, 4)), Map.entry('¾', Rational.of(3, 4)), Map.entry('⅕', Rational.of(1, 5)),
          Map.entry('⅖', Rational.of(2, 5)), Map.entry('⅗', Rational.of(3, 5)), Map.entry('⅘', Rational.of(4, 5)),
          Map.entry('⅙', Rational.of(1, 6)), Map.entry('⅚', Rational.of(5, 6)), Map.entry('⅛', Rational.of(1, 8)),
          Map.entry('⅜', Rational.of(3, 8)), Map.entry('⅝', Rational.of(5, 8)), Map.entry('⅞', Rational.of(7, 8)));
  private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  private static final List<String> ORDINALS = List.of("st", "nd", "rd", "th");
  private static final int LONGEST_WORDS = 24;
  private static final int LARGEST_EXPONENT = 400;

  private final String text;
  private final List<Found> found = new ArrayList<>();

  private Quantities(String text) {
    this.text = text;
  }

  /// The numbers of a plain text, in its order.
  public static List<Found> in(String text) {
    Quantities reading = new Quantities(text);
    Matcher number = NUMBER.matcher(text);
    for (int from = begin(text, 0); from < text.length() && number.find(from); ) {
      from = begin(text, Math.max(reading.read(number), number.start() + 1));
    }
    return List.copyOf(reading.found);
  }

  /// The first place at or after `from` where a number can begin, with the words before it.
  private static int begin(String text, int from) {
    int digit = from;
    while (digit < text.length() && !Character.isDigit(text.charAt(digit)) && !VULGAR.containsKey(text.charAt(digit))) {
      digit++;
    }
    return digit == text.length() ? digit : Math.max(from, digit - LONGEST_WORDS);
  }

  /// Reads one number with what follows it, and gives where to go on.
  private int read(Matcher number) {
    Rational value = value(number);
    int end = number.end();
    if (value == null || isOrdinal(end) || isDecade(value, end)) {
      return end;
    }
    String currency = number.group("currency");
    Unit money = currency == null ? null : Units.find(currency.strip().toUpperCase(Locale.ROOT));
    Matcher multiplier = at(money == null ? MULTIPLIER : MONEY_MULTIPLIER, end);
    if (multiplier != null) {
      value = value.times(multiplier(multiplier.group()));
      end = multiplier.end();
    }
    Measured measured = unit(end);
    Unit unit = measured.unit;
    if (money != null && (unit == null || !unit.isMoney())) {
      measured = perOther(money, end);
      unit = measured.unit;
    }
    end = measured.end;
    if (unit == null && end < text.length() && Character.isLetter(text.charAt(end))) {
      return end;
    }
    Bound bound = before(number.group("before"));
    Matcher after = bound == Bound.EXACTLY ? at(AFTER, end) : null;
    if (after != null) {
      bound = after.group(2) != null ? Bound.AT_LEAST : after(after.group(1));
      end = after.end();
    }
    String written = text.substring(number.start(), end).strip();
    add(new Found(number.start(), end, new Quantity(value, unit, bound, written)));
    return end;
  }

  /// What the pattern finds right at `from`.
  private @Nullable Matcher at(Pattern pattern, int from) {
    Matcher matcher = pattern.matcher(text).region(from, text.length()).useTransparentBounds(true);
    return matcher.lookingAt() ? matcher : null;
  }

  /// "1990s" is no time in seconds.
  private boolean isDecade(Rational value, int end) {
    return value.compareTo(Rational.of(1000)) >= 0 && text.startsWith("s", end) && isEndOfWord(end + 1);
  }

  /// Adds it, or makes one of "5 feet 10 inches" and "1 hour and 30 minutes".
  private void add(Found next) {
    Found last = found.isEmpty() ? null : found.getLast();
    if (last != null && isContinued(last, next)) {
      Unit unit = Objects.requireNonNull(last.quantity.unit());
      Rational sum = last.quantity.base().plus(next.quantity.base()).over(unit.factor());
      found.set(
          found.size() - 1,
          new Found(
              last.start, next.end,
              new Quantity(sum, unit, last.quantity.bound(), text.substring(last.start, next.end))));
    } else {
      found.add(next);
    }
  }

  private boolean isContinued(Found last, Found next) {
    Unit large = last.quantity.unit();
    Unit small = next.quantity.unit();
    if (large == null || small == null || next.quantity.bound() != Bound.EXACTLY) {
      return false;
    }
    boolean isSplit = switch (large.dimension()) {
      case "time" -> true;
      case "length" -> large.name().equals("ft") && small.name().equals("in");
      case "mass" -> large.name().equals("lb") && small.name().equals("oz");
      default -> false;
    };
    return isSplit
        && large.dimension().equals(small.dimension())
        && next.quantity.value().signum() >= 0
        && next.quantity.base().compareTo(large.factor()) < 0
        && text.substring(last.end, next.start).matches(",? ?(?:and )?");
  }

  private boolean isOrdinal(int end) {
    return ORDINALS.stream().anyMatch(suffix -> text.regionMatches(true, end, suffix, 0, 2)) && isEndOfWord(end + 2);
  }

  private boolean isEndOfWord(int at) {
    return at >= text.length() || !Character.isLetterOrDigit(text.charAt(at));
  }

  private static @Nullable Rational value(Matcher number) {
    Rational value = digits(number);
    if (value == null) {
      return null;
    }
    int exponent = exponent(number);
    if (Math.abs(exponent) > LARGEST_EXPONENT) {
      return null;
    }
    value = value.times(Rational.of(BigDecimal.ONE.scaleByPowerOfTen(exponent)));
    String sign = number.group("sign");
    boolean isNegative = (sign != null && !sign.equals("+")) || number.group("late") != null;
    return isNegative ? value.negated() : value;
  }

  private static @Nullable Rational digits(Matcher number) {
    String group = number.group("group");
    if (group != null) {
      return Rational.of(new BigDecimal(group.replaceAll("[^\\d.]", "")));
    }
    String european = number.group("european");
    if (european != null) {
      return Rational.of(new BigDecimal(european.replace(".", "").replace(',', '.')));
    }
    String mixed = number.group("mixed");
    if (mixed != null) {
      String[] parts = mixed.split("[ -]", 2);
      Rational part = fraction(parts[1]);
      return part == null ? null : Rational.of(Long.parseLong(parts[0])).plus(part);
    }
    String fraction = number.group("fraction");
    if (fraction != null) {
      return fraction(fraction);
    }
    String vulgar = number.group("vulgar");
    if (vulgar != null) {
      String whole = vulgar.substring(0, vulgar.length() - 1).strip();
      Rational part = VULGAR.get(vulgar.charAt(vulgar.length() - 1));
      return part == null ? null : whole.isEmpty() ? part : Rational.of(Long.parseLong(whole)).plus(part);
    }
    return Rational.of(new BigDecimal(number.group("plain")));
  }

  private static @Nullable Rational fraction(String written) {
    String[] parts = written.replace(" ", "").split("/", 2);
    long below = Long.parseLong(parts[1]);
    return below == 0 ? null : Rational.of(Long.parseLong(parts[0]), below);
  }

  private static int exponent(Matcher number) {
    if (number.group("exponent") != null) {
      return Integer.parseInt(number.group("exponent"));
    }
    if (number.group("power") != null) {
      return Integer.parseInt(number.group("power").replace('–', '-'));
    }
    String raised = number.group("raised");
    if (raised == null) {
      return 0;
    }
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < raised.length(); i++) {
      char each = raised.charAt(i);
      int digit = RAISED.indexOf(each);
      digits.append(digit >= 0 ? (char) ('0' + digit) : each == '⁻' ? '-' : '+');
    }
    return Integer.parseInt(digits.toString());
  }

  private static Rational multiplier(String word) {
    return Rational.of(
        switch (word.replaceFirst("^[ -]", "").toLowerCase(Locale.ROOT)) {
          case "dozen" -> 12L;
          case "hundred" -> 100L;
          case "k", "thousand" -> 1_000L;
          case "m", "million" -> 1_000_000L;
          case "b", "bn", "billion" -> 1_000_000_000L;
          default -> 1_000_000_000_000L;
        });
  }

  /// A unit and where its name ends; without one, where it would have begun.
  private record Measured(@Nullable Unit unit, int end) {}

  /// The unit that begins at `from`, the longest name that is one.
  private Measured unit(int from) {
    Matcher words = at(UNIT, from);
    if (words == null) {
      return new Measured(null, from);
    }
    String name = words.group(1);
    int begin = words.start(1);
    while (true) {
      Unit unit = Units.find(name);
      if (unit != null && !isPreposition(name, begin)) {
        return perOther(unit, begin + name.length());
      }
      int space = name.lastIndexOf(' ');
      if (space < 0) {
        return new Measured(null, from);
      }
      name = name.substring(0, space);
    }
  }

  /// `km` of "km/h" and "km per hour".
  private Measured perOther(Unit unit, int end) {
    Matcher per = at(PER, end);
    Unit below = per == null ? null : Units.find(per.group(1));
    return per == null || below == null ? new Measured(unit, end) : new Measured(unit.per(below), per.end());
  }

  /// "5 in the box" is not five inches.
  private boolean isPreposition(String name, int begin) {
    if (!name.equals("in")) {
      return false;
    }
    int next = begin + 2;
    while (next < text.length() && text.charAt(next) == ' ') {
      next++;
    }
    return next < text.length() && Character.isLetterOrDigit(text.charAt(next));
  }

  private static Bound before(@Nullable String words) {
    if (words == null) {
      return Bound.EXACTLY;
    }
    return switch (words.toLowerCase(Locale.ROOT)) {
      case "at least", "no less than", "not less than", "no fewer than", "a minimum of", "minimum of", "≥", ">=" -> Bound.AT_LEAST;
      case "at most", "no more than", "not more than", "up to", "a maximum of", "maximum of", "≤", "<=" -> Bound.AT_MOST;
      case "more than", "greater than", "over", "above", "exceeding", ">" -> Bound.MORE_THAN;
      case "less than", "fewer than", "under", "below", "<" -> Bound.LESS_THAN;
      default -> Bound.ABOUT;
    };
  }

  private static Bound after(String words) {
    return words.endsWith("more") || words.endsWith("greater") || words.endsWith("above") || words.endsWith("higher")
        ? Bound.AT_LEAST
        : Bound.AT_MOST;
  }
}
