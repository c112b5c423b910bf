// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.mind;

import java.util.List;
import java.util.regex.Pattern;

/// What a model is asked, whatever the wire it came by: the last prompt, all the tool results that
/// came after it, how many images it shows, the tools, and what the answer must respect.
///
/// @param salt varies the answer where a request asks for variety (a seed, the index of a choice)
public record Question(
    String text,
    List<String> results,
    int images,
    Offer offer,
    Form form,
    Limits limits,
    String salt) {

  /// What bounds an answer: tokens in all, reasoning tokens to aim at (0 = none), stop sequences.
  public record Limits(int maxTokens, int reasoningTokens, List<String> stops) {
    public Limits {
      stops = List.copyOf(stops);
    }
  }

  private static final Pattern REMARK =
      Pattern.compile("(?s)<system-reminder>.*?</system-reminder>");

  public Question {
    results = List.copyOf(results);
  }

  /// What a user's text asks: the text without the remarks an agent puts into it. Blank where it is
  /// nothing but remarks, which leave the prompt before it as it was.
  public static String askedIn(String text) {
    return text.contains("<system-reminder>") ? REMARK.matcher(text).replaceAll("").strip() : text;
  }

  /// The same question asked once more, for another choice.
  public Question again(int choice) {
    return choice == 0
        ? this
        : new Question(text, results, images, offer, form, limits, salt + "#" + choice);
  }
}
