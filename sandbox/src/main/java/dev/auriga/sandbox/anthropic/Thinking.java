// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.anthropic;

import dev.auriga.sandbox.mind.Ability;
import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.protocol.Fields;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether and how a request wants the model to think: tokens to aim at (0 = not), whether the
/// thinking is shown, and whether it was given a budget.
record Thinking(int tokens, boolean shown, boolean budgeted) {
  private static final int LEAST_BUDGET = 1024;
  private static final int SIMULATED_SHARE = 16;
  private static final int ADAPTIVE_TOKENS = 96;
  private static final Set<String> FIELDS = Set.of("type", "budget_tokens", "display");

  boolean on() {
    return tokens > 0;
  }

  static Thinking read(Fields body, ModelCard card, long maxTokens, AnthropicErrors errors) {
    Fields thinking = body.optionalObject("thinking");
    boolean always = card.can(Ability.ALWAYS_REASONS);
    if (thinking == null) {
      return new Thinking(always ? ADAPTIVE_TOKENS : 0, false, false);
    }
    thinking.allow(FIELDS);
    String type = thinking.text("type");
    @Nullable String display = thinking.optionalText("display");
    if (display != null && !Set.of("summarized", "omitted").contains(display)) {
      throw errors.invalid(
          thinking.at(type + ".display") + ": Input should be 'summarized' or 'omitted'");
    }
    return switch (type) {
      case "enabled" -> {
        if (!card.can(Ability.THINKING_BUDGET)) {
          throw errors.invalid(
              "\"thinking.type.enabled\" is not supported for this model. Use"
                  + " \"thinking.type.adaptive\" and \"output_config.effort\" to control thinking"
                  + " behavior.");
        }
        long budget = budget(thinking, maxTokens, errors);
        yield new Thinking(
            (int) Math.min(budget / SIMULATED_SHARE, 4_000), !"omitted".equals(display), true);
      }
      case "adaptive" -> {
        if (!card.can(Ability.ADAPTIVE_THINKING)) {
          throw errors.invalid("adaptive thinking is not supported on this model");
        }
        yield new Thinking(ADAPTIVE_TOKENS, "summarized".equals(display), false);
      }
      case "disabled" -> {
        if (always) {
          throw errors.invalid("\"thinking.type.disabled\" is not supported for this model.");
        }
        yield new Thinking(0, false, false);
      }
      case String other ->
          throw errors.invalid(
              "thinking: Input tag '"
                  + other
                  + "' found using 'type' does not match any of the "
                  + "expected tags: 'adaptive', 'disabled', 'enabled'");
    };
  }

  private static long budget(Fields thinking, long maxTokens, AnthropicErrors errors) {
    Fields enabled = new Fields(thinking.node(), thinking.path() + ".enabled", thinking.wording());
    long budget = enabled.integer("budget_tokens");
    if (budget < LEAST_BUDGET) {
      throw errors.invalid(
          enabled.at("budget_tokens") + ": Input should be greater than or equal to 1024");
    }
    if (budget >= maxTokens) {
      throw errors.invalid(
          "`max_tokens` must be greater than `thinking.budget_tokens`. Please consult our"
              + " documentation at"
              + " https://docs.claude.com/en/docs/build-with-claude/extended-thinking#max-tokens-and-"
              + "context-window-size");
    }
    return budget;
  }
}
