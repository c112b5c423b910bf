// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The lettered options of a multiple-choice question, such as "A) Paris  B) Rome" or one on each line.
public final class Options {
  private static final Pattern LETTER = Pattern.compile("(?:^|(?<=\\s))\\(?([A-Z])(?:[).:]|\\s[-–])\\)?\\s+(?=\\S)", Pattern.MULTILINE);

  /// @param text what the option says
  public record Option(String letter, String text) {}

  private Options() {}

  /// The options from A on, in their order; none when there are fewer than two.
  static List<Option> in(String prompt) {
    List<Option> options = new ArrayList<>();
    Matcher letter = LETTER.matcher(prompt);
    int from = -1;
    while (letter.find()) {
      char expected = (char) ('A' + options.size() + (from < 0 ? 0 : 1));
      if (letter.group(1).charAt(0) == expected) {
        add(from, letter.start(), prompt, options);
        from = letter.end();
      }
    }
    add(from, prompt.length(), prompt, options);
    return options.size() < 2 ? List.of() : List.copyOf(options);
  }

  /// The option whose text is in that place; of the last one only its first line.
  private static void add(int from, int to, String prompt, List<Option> options) {
    if (from >= 0) {
      String text = prompt.substring(from, to).strip().lines().findFirst().orElse("").strip();
      options.add(new Option(String.valueOf((char) ('A' + options.size())), text));
    }
  }
}
