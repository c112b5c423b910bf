// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import dev.auriga.completion.Completion;
import dev.auriga.validation.Finding.Reason;
import java.util.List;
import java.util.function.ToLongFunction;

/// The text is as long as it may be.
final class LengthValidator implements Validator {
  private final Check.Length length;
  private final ToLongFunction<String> tokens;

  LengthValidator(Check.Length length, ToLongFunction<String> tokens) {
    this.length = length;
    this.tokens = tokens;
  }

  @Override
  public List<Finding> check(Completion answer) {
    String text = answer.text();
    long is =
        switch (length.unit()) {
          case CHARACTERS -> text.codePointCount(0, text.length());
          case WORDS -> Words.of(text).size();
          case TOKENS -> tokens.applyAsLong(text);
        };
    String unit = length.unit().token();
    if (is < length.least()) {
      return List.of(finding(Reason.TOO_SHORT, "%d %s, of at least %d", is, unit, length.least()));
    }
    return is > length.most()
        ? List.of(finding(Reason.TOO_LONG, "%d %s, of at most %d", is, unit, length.most()))
        : List.of();
  }

  private static Finding finding(Reason reason, String words, long is, String unit, long limit) {
    return new Finding(
        reason, new Place.Whole(), "the text has " + words.formatted(is, unit, limit), "");
  }
}
