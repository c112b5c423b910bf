// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.Thinking;
import dev.auriga.dialect.Target;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Writes `max_tokens`, `thinking` and `output_config.effort` as the model takes them.
///
/// Models up to 4.5 are told a budget, later ones to think adaptively with an effort. Between the
/// two: effort `minimal` is 1,024 tokens, `low` 4,096, `medium` 12,288, `high` 24,576, anything
/// stronger 32,768; a budget up to 4,096 is `low`, up to 12,288 `medium`, above `high`.
/// Source: Claude documentation, Thinking (budget_tokens from 1,024 and below max_tokens), Effort.
final class AnthropicThinkingWriter {
  private static final int LEAST_BUDGET = 1024;

  private final CompletionRequest request;
  private final Target target;
  private final AnthropicModel model;
  private final List<Loss> losses;

  AnthropicThinkingWriter(
      CompletionRequest request, Target target, AnthropicModel model, List<Loss> losses) {
    this.request = request;
    this.target = target;
    this.model = model;
    this.losses = losses;
  }

  /// Whether the model was told to think. `historyAllows` is false where the last turn was not
  /// thought through by this provider, which a model with a budget refuses to continue thinking.
  boolean write(ObjectNode body, HistoryAllows historyAllows) {
    Thinking wish = request.thinking();
    body.put("max_tokens", request.maxTokens() != null ? request.maxTokens() : target.maxTokens());
    if (wish instanceof Thinking.Unsaid) {
      return false;
    }
    if (!wish.isOn()) {
      turnOff(body);
      return false;
    }
    if (!model.thinks()) {
      losses.add(new Loss(Reason.UNSUPPORTED_BY_MODEL, "thinking"));
      return false;
    }
    if (model.thinksAdaptively()) {
      adaptively(wish, body);
      return true;
    }
    if (historyAllows == HistoryAllows.NO) {
      losses.add(new Loss(Reason.THINKING_OFF, "thinking"));
      return false;
    }
    return byBudget(wish, body);
  }

  /// Whether the history lets a model think that thinks by budget.
  enum HistoryAllows { YES, NO }

  private void turnOff(ObjectNode body) {
    if (model.alwaysThinks()) {
      losses.add(new Loss(Reason.UNSUPPORTED_BY_MODEL, "thinking"));
    } else if (model.thinksAdaptively()) {
      body.putObject("thinking").put("type", "disabled");
    }
  }

  private void adaptively(Thinking wish, ObjectNode body) {
    body.putObject("thinking").put("type", "adaptive");
    int extra = target.thinkingBudget();
    switch (wish) {
      case Thinking.Budget(int tokens) -> {
        losses.add(new Loss(Reason.APPROXIMATED, "thinking"));
        effort(tokens <= 4096 ? "low" : tokens <= 12_288 ? "medium" : "high", body);
        extra = tokens;
      }
      case Thinking.Effort(String level) -> effort(level, body);
      case Thinking.On _, Thinking.Off _, Thinking.Unsaid _ -> {}
    }
    if (request.maxTokens() == null) {
      body.put("max_tokens", sum(extra, target.maxTokens()));
    }
  }

  private void effort(String level, ObjectNode body) {
    if (model.takesEffort(level)) {
      body.withObjectProperty("output_config").put("effort", level);
      return;
    }
    losses.add(new Loss(Reason.CLAMPED, "thinking"));
    body.withObjectProperty("output_config").put("effort", level.equals("minimal") ? "low" : "high");
  }

  private boolean byBudget(Thinking wish, ObjectNode body) {
    int budget =
        switch (wish) {
          case Thinking.Budget(int tokens) -> tokens;
          case Thinking.Effort(String level) -> {
            if (model.takesEffort()) {
              effort(level, body);
            }
            yield budgetOf(level);
          }
          case Thinking.On _, Thinking.Off _, Thinking.Unsaid _ ->
              Math.max(LEAST_BUDGET, target.thinkingBudget());
        };
    int fitting = Math.max(LEAST_BUDGET, budget);
    Integer limit = request.maxTokens();
    if (limit == null) {
      body.put("max_tokens", sum(fitting, target.maxTokens()));
    } else if (limit <= LEAST_BUDGET) {
      losses.add(new Loss(Reason.THINKING_OFF, "thinking"));
      return false;
    } else if (fitting >= limit) {
      // A quarter of the client's own limit is left for the answer where the budget allows it.
      fitting = Math.max(LEAST_BUDGET, (int) (limit * 3L / 4));
    }
    if (fitting != budget) {
      losses.add(new Loss(Reason.CLAMPED, "thinking"));
    }
    body.putObject("thinking").put("type", "enabled").put("budget_tokens", fitting);
    return true;
  }

  private static int budgetOf(String level) {
    return switch (level) {
      case "minimal" -> LEAST_BUDGET;
      case "low" -> 4096;
      case "medium" -> 12_288;
      case "high" -> 24_576;
      default -> 32_768;
    };
  }

  private static int sum(int thinking, int answer) {
    return (int) Math.min(Integer.MAX_VALUE, (long) thinking + answer);
  }
}
