// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Thinking;
import dev.auriga.dialect.Json;
import org.jspecify.annotations.Nullable;

/// How a client of Chat Completions says how much to think: `reasoning_effort`, and an extension for a budget.
///
/// The extension is the object `thinking` of Anthropic's Messages API at the top level, where users
/// of OpenAI's SDKs put it through `extra_body`; it outranks the effort. Sources: OpenAI OpenAPI
/// document, `ReasoningEffort`; Anthropic API reference, `thinking`.
public final class OpenAiThinking {
  private OpenAiThinking() {}

  /// From the effort alone.
  public static Thinking ofEffort(@Nullable String effort) {
    if (effort == null) {
      return new Thinking.Unsaid();
    }
    return effort.equals("none") ? new Thinking.Off() : new Thinking.Effort(effort);
  }

  /// From the extension's `type` and `budget_tokens`; a [dev.auriga.completion.Refusal] when the
  /// type is none of Anthropic's.
  public static Thinking ofExtension(@Nullable String type, @Nullable Integer budgetTokens) {
    return switch (type) {
      case "disabled" -> new Thinking.Off();
      case "enabled" -> budgetTokens == null ? new Thinking.On() : new Thinking.Budget(budgetTokens);
      case "adaptive" -> new Thinking.On();
      case null, default ->
          throw Json.wrong("thinking.type", "must be enabled, disabled or adaptive");
    };
  }
}
