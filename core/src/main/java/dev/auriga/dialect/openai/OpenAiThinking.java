// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.capability.Capabilities;
import dev.auriga.completion.Thinking;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Target;
import org.jspecify.annotations.Nullable;

/// How Chat Completions says how much to think: `reasoning_effort`, and an extension for a budget.
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

  /// Whether a model thinks unless it is told not to.
  public static boolean isUsual(Capabilities.Reasoning reasoning) {
    return switch (reasoning.mode()) {
      case NONE, UNKNOWN -> false;
      case BUDGET, ADAPTIVE, EFFORT -> true;
    };
  }

  /// The effort that stands for a wish; null where the client said nothing.
  public static @Nullable String effortFor(Thinking wish) {
    return switch (wish) {
      case Thinking.Unsaid _ -> null;
      case Thinking.Off _ -> "none";
      case Thinking.On _ -> "medium";
      case Thinking.Effort effort -> effort.level();
      case Thinking.Budget budget -> budget.tokens() == 0 ? "none" : effortFor(budget.tokens());
    };
  }

  /// The usual limit on output tokens; a model that `thinks` counts its thinking into it, so it
  /// gets the room for that on top.
  public static int room(Thinking wish, boolean thinks, Target target) {
    if (!thinks || wish instanceof Thinking.Off) {
      return target.maxTokens();
    }
    int room = wish instanceof Thinking.Budget budget ? budget.tokens() : target.thinkingBudget();
    return target.maxTokens() + room;
  }

  /// The effort that stands for a budget: up to 1,023 tokens `minimal`, up to 4,095 `low`, up to
  /// 16,383 `medium`, above `high`. OpenAI publishes no such table, so this one is Auriga's own.
  static String effortFor(int budgetTokens) {
    if (budgetTokens < 1_024) {
      return "minimal";
    }
    if (budgetTokens < 4_096) {
      return "low";
    }
    return budgetTokens < 16_384 ? "medium" : "high";
  }
}
