// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import dev.auriga.completion.Completion;
import dev.auriga.completion.Part;
import dev.auriga.completion.StopReason;
import dev.auriga.validation.Finding.Reason;
import java.util.List;

/// How an answer ended, and whether there is one at all.
final class Endings {
  private static final int TAIL = 80;

  private Endings() {}

  static List<Finding> notEmpty(Completion answer) {
    boolean says = answer.parts().stream().anyMatch(Endings::says);
    return says
        ? List.of()
        : List.of(new Finding(Reason.EMPTY, new Place.Whole(), "the answer says nothing", ""));
  }

  private static boolean says(Part part) {
    return switch (part) {
      case Part.Text text -> !text.text().isBlank();
      case Part.Thinking _, Part.RedactedThinking _ -> false;
      case Part.Image _, Part.Audio _, Part.Video _, Part.Document _ -> true;
      case Part.ToolCall _, Part.ToolResult _, Part.Declined _, Part.Unknown _ -> true;
    };
  }

  static List<Finding> notTruncated(Completion answer) {
    String limit =
        answer.stop() == StopReason.Known.MAX_TOKENS
            ? "the limit on output tokens"
            : answer.stop() == StopReason.Known.CONTEXT_FULL ? "the end of the context window" : "";
    if (limit.isEmpty()) {
      return List.of();
    }
    String text = answer.text();
    int from = Math.max(0, text.length() - TAIL);
    return List.of(
        new Finding(
            Reason.TRUNCATED,
            new Place.Span(from, text.length()),
            "the answer was cut by " + limit,
            text.substring(from)));
  }
}
