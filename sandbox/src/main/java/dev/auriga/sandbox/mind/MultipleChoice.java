// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.mind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A question with lettered options. Where one option is the result of a sum in the question, that
/// is the right one; else the right one is fixed by the question's words alone, so that all models
/// that are right agree.
public record MultipleChoice(List<Option> options, int right) {
  private static final Pattern OPTION =
      Pattern.compile("(?m)(?:^|\\s)\\(?([A-H])[).:]\\s+([^\\n]+?)(?=\\s+\\(?[A-H][).:]\\s|\\s*$)");

  /// One option: its letter and what it says.
  public record Option(String letter, String text) {}

  public MultipleChoice {
    options = List.copyOf(options);
  }

  /// The multiple-choice question in the text, if it has two or more options from A on.
  public static Optional<MultipleChoice> read(String text) {
    List<Option> options = new ArrayList<>();
    Matcher matcher = OPTION.matcher(text);
    int stemEnds = text.length();
    while (matcher.find()) {
      String expected = String.valueOf((char) ('A' + options.size()));
      if (matcher.group(1).equals(expected)) {
        stemEnds = options.isEmpty() ? matcher.start() : stemEnds;
        options.add(new Option(expected, matcher.group(2).strip()));
      }
    }
    if (options.size() < 2) {
      return Optional.empty();
    }
    return Optional.of(new MultipleChoice(options, rightOne(text.substring(0, stemEnds), options)));
  }

  private static int rightOne(String stem, List<Option> options) {
    Optional<String> result = Arithmetic.solve(stem).map(Arithmetic::written);
    for (int index = 0; index < options.size(); index++) {
      if (result.isPresent()
          && options.get(index).text().matches("\\D*" + Pattern.quote(result.get()) + "\\D*")) {
        return index;
      }
    }
    return Dice.of(0, stem.strip()).below(options.size());
  }
}
