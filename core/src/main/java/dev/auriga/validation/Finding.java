// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import java.util.Locale;

/// One thing that is wrong with an answer.
///
/// @param what is wrong, in words that name the value and what was expected
/// @param fragment the offending piece of the answer, at most [#LONGEST_FRAGMENT] characters of it;
///     empty where there is none
public record Finding(Reason reason, Place place, String what, String fragment) {
  public static final int LONGEST_FRAGMENT = 300;

  public Finding {
    fragment = shortened(fragment);
  }

  /// Why, as a closed set whose tokens are stable: for records, metrics and learning.
  public enum Reason {
    /// Where JSON was asked for there is none.
    NOT_JSON,
    /// A value does not fit its schema.
    SCHEMA,
    UNKNOWN_TOOL,
    /// The arguments of a call are no JSON object, or do not fit the tool's schema.
    ARGUMENTS,
    EMPTY,
    /// The model was stopped by a limit before it was done.
    TRUNCATED,
    TOO_SHORT,
    TOO_LONG,
    LANGUAGE,
    REPETITION,
    REFUSAL,
    PATTERN,
    /// What a validator of the user's found.
    CUSTOM,
    /// It could not be checked: the schema or pattern is unusable or costs too much. No fault of the
    /// answer's.
    UNCHECKED;

    public String token() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// Whether the answer is to blame, so that asking again may help.
  public boolean isFault() {
    return reason != Reason.UNCHECKED;
  }

  private static String shortened(String fragment) {
    if (fragment.length() <= LONGEST_FRAGMENT) {
      return fragment;
    }
    int end = LONGEST_FRAGMENT - 1;
    return fragment.substring(0, Character.isHighSurrogate(fragment.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
