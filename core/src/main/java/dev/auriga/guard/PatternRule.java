// SPDX-License-Identifier: Apache-2.0
package dev.auriga.guard;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A rule by a pattern whose repetitions are bounded, and a check of what it found.
///
/// @param starts the characters it may begin with
/// @param apart the characters that must not stand before it
/// @param group what of the pattern counts; 0 for all of it
/// @param check whether what counts is meant
record PatternRule(
    String token, String starts, String apart, Pattern pattern, int group, Predicate<String> check)
    implements Rule {
  static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  static final String DIGITS = "0123456789";
  static final String WORD = LETTERS + DIGITS + "_";

  /// A rule for what stands apart from words and hyphens.
  static PatternRule of(String token, String starts, String pattern) {
    return new PatternRule(token, starts, WORD + "-", Pattern.compile(pattern), 0, _ -> true);
  }

  /// The same where only the pattern's first group counts, as a value behind its name.
  PatternRule value() {
    return new PatternRule(token, starts, apart, pattern, 1, check);
  }

  PatternRule apartFrom(String characters) {
    return new PatternRule(token, starts, characters, pattern, group, check);
  }

  PatternRule when(Predicate<String> condition) {
    return new PatternRule(token, starts, apart, pattern, group, condition);
  }

  @Override
  public boolean mayBegin(char first) {
    return starts.indexOf(first) >= 0;
  }

  // hitEnd is what streams need to know, and a stream is what this reads.
  @SuppressWarnings("JdkObsolete")
  @Override
  public Look look(CharSequence text, int at, boolean whole) {
    if (apart.indexOf(Rule.before(text, at)) >= 0) {
      return NOT;
    }
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    matcher.useTransparentBounds(true).useAnchoringBounds(false);
    boolean found = matcher.lookingAt();
    if (matcher.hitEnd() && !whole) {
      return MORE;
    }
    return found && check.test(matcher.group(group))
        ? new Look.Found(token, matcher.start(group), matcher.end(group))
        : NOT;
  }
}
