// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.StopReason;
import org.jspecify.annotations.Nullable;

/// OpenAI's `finish_reason` and the neutral stop reasons.
///
/// Source: OpenAI OpenAPI document, `CreateChatCompletionResponse`; `error` is OpenRouter's.
final class OpenAiStops {
  /// Not a way to stop but a failure.
  static final String ERROR = "error";

  private OpenAiStops() {}

  /// The reason behind `finish`. An answer with tool calls stopped for them even where a server
  /// says `stop` or nothing; but one that was cut off or filtered was, also within a call.
  static StopReason read(@Nullable String finish, boolean carriesCalls) {
    StopReason reason =
        switch (finish) {
          case "stop" -> StopReason.Known.END;
          case "length" -> StopReason.Known.MAX_TOKENS;
          case "tool_calls", "function_call" -> StopReason.Known.TOOL_CALLS;
          case "content_filter" -> StopReason.Known.FILTERED;
          case null -> StopReason.Known.END;
          default -> new StopReason.Unknown(finish);
        };
    boolean wasCut = reason == StopReason.Known.MAX_TOKENS || reason == StopReason.Known.FILTERED;
    return carriesCalls && !wasCut ? StopReason.Known.TOOL_CALLS : reason;
  }

  /// A pause is told as `length`: the answer is not whole, and no other word says so.
  static String write(StopReason reason) {
    return switch (reason) {
      case StopReason.Known known ->
          switch (known) {
            case END, STOP_SEQUENCE -> "stop";
            case MAX_TOKENS, CONTEXT_FULL, PAUSED -> "length";
            case TOOL_CALLS -> "tool_calls";
            case FILTERED -> "content_filter";
          };
      case StopReason.Unknown unknown -> unknown.raw();
    };
  }
}
