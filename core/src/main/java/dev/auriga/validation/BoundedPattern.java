// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A regular expression that gives up instead of running away: a match may look at each character
/// of its text a hundred times on average, and no pattern is longer than [#LONGEST].
public final class BoundedPattern {
  public static final int LONGEST = 2_000;
  private static final int LOOKS_EACH = 100;
  private static final int LOOKS_ALWAYS = 100_000;

  private final Pattern pattern;

  private BoundedPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /// Throws [IllegalArgumentException], which says why, for what is no pattern or too long.
  public static BoundedPattern of(String pattern) {
    if (pattern.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a pattern has at most %d characters, not %d".formatted(LONGEST, pattern.length()));
    }
    try {
      return new BoundedPattern(Pattern.compile(pattern));
    } catch (PatternSyntaxException wrong) {
      throw new IllegalArgumentException("not a pattern: " + wrong.getDescription(), wrong);
    }
  }

  /// The first place in `text` the pattern fits, if any. Throws [Uncheckable] when finding it
  /// takes too long.
  public Optional<Place.Span> find(String text) throws Uncheckable {
    try {
      Matcher matcher = pattern.matcher(new Counted(text, 0, text.length(), new Budget(text.length())));
      return matcher.find()
          ? Optional.of(new Place.Span(matcher.start(), matcher.end()))
          : Optional.empty();
    } catch (Spent | StackOverflowError tooMuch) {
      throw new Uncheckable("the pattern takes too long on this text: " + pattern);
    }
  }

  @Override
  public String toString() {
    return pattern.pattern();
  }

  private static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1;

    Spent() {
      super(null, null, false, false);
    }
  }

  private static final class Budget {
    private long left;

    Budget(int length) {
      left = LOOKS_ALWAYS + (long) LOOKS_EACH * length;
    }

    void look() {
      if (left-- == 0) {
        throw new Spent();
      }
    }
  }

  /// Counts every look at the text.
  private record Counted(String text, int from, int to, Budget budget) implements CharSequence {
    @Override
    public int length() {
      return to - from;
    }

    @Override
    public char charAt(int index) {
      budget.look();
      return text.charAt(from + index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text, from + start, from + end, budget);
    }

    @Override
    public String toString() {
      return text.substring(from, to);
    }
  }
}
