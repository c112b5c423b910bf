// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import dev.auriga.completion.RawJson;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What an answer is to be checked for: a setting, made into a [Validator] by [Validators].
public sealed interface Check {

  /// The text is JSON, and fits the schema where there is one.
  record Json(@Nullable RawJson schema) implements Check {}

  /// Calls name tools that were offered, with arguments that fit.
  record ToolCalls() implements Check {}

  /// The text is at least and at most so long.
  record Length(Unit unit, long least, long most) implements Check {
    public Length {
      if (least < 0 || most < least) {
        throw new IllegalArgumentException("no length: %d to %d".formatted(least, most));
      }
    }
  }

  /// What a length is counted in: Unicode code points, runs of letters and digits (an ideograph is a
  /// word of its own), or tokens as estimated.
  enum Unit {
    CHARACTERS,
    WORDS,
    TOKENS;

    public String token() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The text is in one of these languages (ISO 639-1), as far as [Language] can tell.
  record Languages(Set<String> allowed) implements Check {
    public Languages {
      allowed = Set.copyOf(allowed);
      for (String each : new TreeSet<>(allowed)) {
        if (!Language.KNOWN.contains(each)) {
          throw new IllegalArgumentException(
              "language \"%s\" cannot be told; known: %s".formatted(each, Language.KNOWN));
        }
      }
    }
  }

  /// There is text, a call, or the model's own word that it declines.
  record NotEmpty() implements Check {}

  /// The model was done when it stopped.
  record NotTruncated() implements Check {}

  /// At most this share of the text's word sequences (6 in a row) stood there before, from 0 to 1.
  record NotRepetitive(double most) implements Check {
    /// Prose stays under 0.1, a loop goes towards 1.
    public static final NotRepetitive USUAL = new NotRepetitive(0.5);

    public NotRepetitive {
      if (!(most >= 0 && most < 1)) {
        throw new IllegalArgumentException("a share from 0 to below 1, not " + most);
      }
    }
  }

  /// The model does not decline, be it by its dialect or in the words it begins with.
  record NotRefused() implements Check {}

  /// The pattern (Java's syntax) is found in the text.
  record Matches(String pattern) implements Check {}

  /// The pattern is not found in the text.
  record Avoids(String pattern) implements Check {}

  /// A validator of the user's; `name` is for records.
  record Own(String name, Validator validator) implements Check {}
}
