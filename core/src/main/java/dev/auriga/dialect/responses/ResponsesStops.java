// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.StopReason;
import org.jspecify.annotations.Nullable;

/// How a response ended, told by its status and the reason it is incomplete for.
///
/// Source: OpenAI OpenAPI document, `Response`.
final class ResponsesStops {
  static final String COMPLETED = "completed";
  static final String INCOMPLETE = "incomplete";

  private ResponsesStops() {}

  /// Whether a response of that status is an answer; the other statuses are failures, or no end.
  static boolean isAnswer(String status) {
    return status.equals(COMPLETED) || status.equals(INCOMPLETE);
  }

  /// An answer with tool calls stopped for them, unless it was cut off or filtered.
  static StopReason read(String status, @Nullable String incompleteReason, boolean carriesCalls) {
    if (status.equals(INCOMPLETE)) {
      return switch (incompleteReason) {
        case "max_output_tokens" -> StopReason.Known.MAX_TOKENS;
        case "content_filter" -> StopReason.Known.FILTERED;
        case null -> StopReason.Known.MAX_TOKENS;
        default -> new StopReason.Unknown(incompleteReason);
      };
    }
    return carriesCalls ? StopReason.Known.TOOL_CALLS : StopReason.Known.END;
  }

  /// The reason an answer is incomplete for; null where it is complete. A pause is told like a cut:
  /// the answer is not whole, and no other word says so.
  static @Nullable String incompleteReason(StopReason stop) {
    return switch (stop) {
      case StopReason.Known known ->
          switch (known) {
            case END, STOP_SEQUENCE, TOOL_CALLS -> null;
            case MAX_TOKENS, CONTEXT_FULL, PAUSED -> "max_output_tokens";
            case FILTERED -> "content_filter";
          };
      case StopReason.Unknown unknown -> unknown.raw();
    };
  }
}
