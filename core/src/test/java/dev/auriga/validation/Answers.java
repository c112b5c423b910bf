// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import dev.auriga.completion.Completion;
import dev.auriga.completion.Part;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import java.util.List;

/// Answers to check.
public final class Answers {
  private Answers() {}

  public static Completion text(String text) {
    return of(StopReason.Known.END, Part.Text.of(text));
  }

  public static Completion calling(String tool, String arguments) {
    return of(StopReason.Known.TOOL_CALLS, Part.ToolCall.of("call-1", tool, arguments));
  }

  public static Completion of(StopReason stop, Part... parts) {
    return new Completion("id", "model", List.of(parts), stop, null, Usage.NONE);
  }
}
