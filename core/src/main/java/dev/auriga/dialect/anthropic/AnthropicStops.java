// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.completion.StopReason;
import org.jspecify.annotations.Nullable;

/// The values of `stop_reason`. Source: Anthropic API reference, Handling stop reasons.
final class AnthropicStops {
  private AnthropicStops() {}

  /// `carriesCalls` is whether the reply has tool calls: then an end is one for the calls' sake,
  /// whatever it is called. A limit, a refusal or a pause stays what it is, because the calls may
  /// be incomplete or must not be made.
  static StopReason read(@Nullable String reason, boolean carriesCalls) {
    StopReason read =
        switch (reason) {
          case null -> carriesCalls ? StopReason.Known.TOOL_CALLS : new StopReason.Unknown("");
          case "end_turn" -> StopReason.Known.END;
          case "max_tokens" -> StopReason.Known.MAX_TOKENS;
          case "stop_sequence" -> StopReason.Known.STOP_SEQUENCE;
          case "tool_use" -> StopReason.Known.TOOL_CALLS;
          case "pause_turn" -> StopReason.Known.PAUSED;
          case "refusal" -> StopReason.Known.FILTERED;
          case "model_context_window_exceeded" -> StopReason.Known.CONTEXT_FULL;
          default -> new StopReason.Unknown(reason);
        };
    return carriesCalls ? withCalls(read) : read;
  }

  private static StopReason withCalls(StopReason reason) {
    return reason == StopReason.Known.END || reason == StopReason.Known.STOP_SEQUENCE
        ? StopReason.Known.TOOL_CALLS
        : reason;
  }

  /// The value for `reason`, null where none was given. A declination is told as `refusal`.
  static @Nullable String write(StopReason reason, boolean carriesCalls, boolean declined) {
    StopReason told = carriesCalls ? withCalls(reason) : reason;
    if (declined && told == StopReason.Known.END) {
      return "refusal";
    }
    return switch (told) {
      case StopReason.Known known ->
          switch (known) {
            case END -> "end_turn";
            case MAX_TOKENS -> "max_tokens";
            case CONTEXT_FULL -> "model_context_window_exceeded";
            case STOP_SEQUENCE -> "stop_sequence";
            case TOOL_CALLS -> "tool_use";
            case FILTERED -> "refusal";
            case PAUSED -> "pause_turn";
          };
      case StopReason.Unknown(String raw) -> raw.isEmpty() ? null : raw;
    };
  }
}
