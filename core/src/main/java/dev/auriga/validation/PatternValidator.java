// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import dev.auriga.completion.Completion;
import dev.auriga.validation.Finding.Reason;
import java.util.List;
import java.util.Optional;

/// A pattern is found in the text, or is not.
final class PatternValidator implements Validator {
  private final BoundedPattern pattern;
  private final boolean wanted;

  private PatternValidator(String pattern, boolean wanted) {
    this.pattern = BoundedPattern.of(pattern);
    this.wanted = wanted;
  }

  static Validator wanting(String pattern) {
    return new PatternValidator(pattern, true);
  }

  static Validator unwanting(String pattern) {
    return new PatternValidator(pattern, false);
  }

  @Override
  public List<Finding> check(Completion answer) {
    String text = answer.text();
    Optional<Place.Span> found;
    try {
      found = pattern.find(text);
    } catch (Uncheckable tooCostly) {
      return List.of(tooCostly.finding(new Place.Whole()));
    }
    if (found.isPresent() == wanted) {
      return List.of();
    }
    if (wanted) {
      return List.of(finding(new Place.Whole(), "nothing in the text matches ", ""));
    }
    Place.Span at = found.orElseThrow();
    return List.of(finding(at, "the text must not match ", text.substring(at.from(), at.to())));
  }

  private Finding finding(Place place, String what, String fragment) {
    return new Finding(Reason.PATTERN, place, what + pattern, fragment);
  }
}
