// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.mind;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a model came to: its reasoning (empty when it did not reason), its words, its tool calls,
/// and why it ended.
public record Thought(
    String reasoning, String text, List<ToolCall> calls, Stop stop, @Nullable String stopSequence) {

  /// A call of a tool with arguments that conform to its schema.
  public record ToolCall(String name, JsonNode arguments) {}

  /// Why an answer ended.
  public enum Stop {
    DONE,
    LENGTH,
    STOP_SEQUENCE,
    TOOLS,
    FILTERED
  }

  public Thought {
    calls = List.copyOf(calls);
  }

  /// Tokens of the reasoning.
  public int reasoningTokens() {
    return Tokens.count(reasoning);
  }

  /// Tokens of all but the reasoning: the words, and name and arguments of each call.
  public int visibleTokens() {
    int tokens = Tokens.count(text);
    for (ToolCall call : calls) {
      tokens += Tokens.count(call.name()) + Tokens.count(call.arguments().toString());
    }
    return tokens;
  }

  /// The same answer stopped by a content filter after its first half.
  public Thought filtered() {
    return new Thought(
        reasoning, Tokens.first(text, Tokens.count(text) / 2), List.of(), Stop.FILTERED, null);
  }
}
