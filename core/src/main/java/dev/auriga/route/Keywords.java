// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.completion.Outline;
import dev.auriga.completion.Task;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The classifier `keywords`: three lists of words looked for in the last user text, without regard
/// to case and inside longer words too, the first list that matches winning; else a prompt under
/// 100 characters is simple, and everything else is analysis.
public final class Keywords implements Classifier {
  /// A prompt shorter than this many characters (Unicode code points) is simple.
  public static final int SHORT_PROMPT = 100;

  private record Rule(Pattern words, Task task) {
    static Rule of(String words, Task task) {
      return new Rule(Pattern.compile(words, Pattern.CASE_INSENSITIVE), task);
    }
  }

  private static final List<Rule> RULES =
      List.of(
          Rule.of("code|function|implement|debug|algorithm", Task.CODING),
          Rule.of("story|creative|poem|narrative", Task.CREATIVE),
          Rule.of("analyze|evaluate|assess|compare", Task.ANALYSIS));

  @Override
  public String name() {
    return "keywords";
  }

  @Override
  public Classified classify(Outline outline) {
    String text = outline.lastUserText();
    for (Rule rule : RULES) {
      Matcher found = rule.words.matcher(text);
      if (found.find()) {
        return new Classified(rule.task, "the prompt says \"%s\"".formatted(found.group()));
      }
    }
    if (text.codePointCount(0, text.length()) < SHORT_PROMPT) {
      return new Classified(
          Task.SIMPLE, "the prompt is under %d characters".formatted(SHORT_PROMPT));
    }
    return new Classified(
        Task.ANALYSIS,
        "no keyword matched a prompt of %d characters or more".formatted(SHORT_PROMPT));
  }
}
