// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.capability.Capabilities;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.Thinking;
import dev.auriga.dialect.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Writes `max_tokens`, `thinking` and `output_config.effort` as the model takes them.
///
/// Some models are told a budget, others to think adaptively with an effort. Between the two: effort `minimal` is 1,024 tokens, `low` 4,096, `medium` 12,288, `high` 24,576, anything
/// stronger 32,768; a budget up to 4,096 is `low`, up to 12,288 `medium`, above `high`.
/// Source: Claude documentation, Thinking (budget_tokens from 1,024 and below max_tokens), Effort.
final class AnthropicThinkingWriter {
  private final CompletionRequest request;
  private final Target target;
  private final Capabilities.Reasoning reasoning;
  private final Capabilities.Window window;
  private final List<Loss> losses;

  AnthropicThinkingWriter(CompletionRequest request, Target target, List<Loss> losses) {
    this.request = request;
    this.target = target;
    this.reasoning = target.capabilities().reasoning();
    this.window = target.capabilities().window();
    this.losses = losses;
  }

  /// Whether the model thinks, told to or always. `historyAllows` is false where the last turn was not
  /// thought through by this provider, which a model with a budget refuses to continue thinking.
  boolean write(ObjectNode body, HistoryAllows historyAllows) {
    Thinking wish = request.thinking();
    Integer limit = limit();
    body.put("max_tokens", limit != null ? limit : room(reasoning.alwaysOn() ? target.thinkingBudget() : 0));
    if (wish instanceof Thinking.Unsaid) {
      return reasoning.alwaysOn();
    }
    if (!wish.isOn()) {
      turnOff(body);
      return reasoning.alwaysOn();
    }
    return switch (reasoning.mode()) {
      case NONE -> {
        losses.add(new Loss(Reason.UNSUPPORTED_BY_MODEL, "thinking"));
        yield false;
      }
      case BUDGET -> {
        if (historyAllows == HistoryAllows.NO) {
          losses.add(new Loss(Reason.THINKING_OFF, "thinking"));
          yield false;
        }
        yield byBudget(wish, limit, body);
      }
      case ADAPTIVE, EFFORT, UNKNOWN -> {
        adaptively(wish, limit, body);
        yield true;
      }
    };
  }

  /// Whether the history lets a model think that thinks by budget.
  enum HistoryAllows { YES, NO }

  /// The client's limit, or the model's where that is less; null where the client set none.
  private @Nullable Integer limit() {
    Integer said = request.maxTokens();
    if (said == null) {
      return null;
    }
    int limit = window.clampOutput(said);
    if (limit < said) {
      losses.add(new Loss(Reason.CLAMPED, "maxTokens"));
    }
    return limit;
  }

  private void turnOff(ObjectNode body) {
    if (reasoning.alwaysOn()) {
      losses.add(new Loss(Reason.UNSUPPORTED_BY_MODEL, "thinking"));
      return;
    }
    switch (reasoning.mode()) {
      case NONE, BUDGET -> {}
      case ADAPTIVE, EFFORT, UNKNOWN -> body.putObject("thinking").put("type", "disabled");
    }
  }

  private void adaptively(Thinking wish, @Nullable Integer limit, ObjectNode body) {
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
    if (limit == null) {
      body.put("max_tokens", room(extra));
    }
  }

  private void effort(String level, ObjectNode body) {
    List<String> efforts = reasoning.efforts();
    if (efforts.isEmpty()) {
      losses.add(new Loss(Reason.APPROXIMATED, "thinking"));
      return;
    }
    String nearest = reasoning.nearest(level);
    String taken = efforts.contains(nearest) ? nearest : reasoning.nearest("high");
    if (!taken.equals(level)) {
      losses.add(new Loss(Reason.CLAMPED, "thinking"));
    }
    body.withObjectProperty("output_config").put("effort", taken);
  }

  private boolean byBudget(Thinking wish, @Nullable Integer limit, ObjectNode body) {
    int budget =
        switch (wish) {
          case Thinking.Budget(int tokens) -> tokens;
          case Thinking.Effort(String level) -> {
            if (!reasoning.efforts().isEmpty()) {
              effort(level, body);
            }
            yield budgetOf(level);
          }
          case Thinking.On _, Thinking.Off _, Thinking.Unsaid _ -> reasoning.clamp(target.thinkingBudget());
        };
    int fitting = reasoning.clamp(budget);
    int room = limit != null ? limit : room(fitting);
    if (room <= reasoning.leastBudget()) {
      losses.add(new Loss(Reason.THINKING_OFF, "thinking"));
      return false;
    }
    if (fitting >= room) {
      // A quarter of the limit is left for the answer where the budget allows it.
      fitting = Math.max(reasoning.leastBudget(), (int) (room * 3L / 4));
    }
    if (fitting != budget) {
      losses.add(new Loss(Reason.CLAMPED, "thinking"));
    }
    body.put("max_tokens", room);
    body.putObject("thinking").put("type", "enabled").put("budget_tokens", fitting);
    return true;
  }

  private static int budgetOf(String level) {
    return switch (level) {
      case "minimal" -> 1024;
      case "low" -> 4096;
      case "medium" -> 12_288;
      case "high" -> 24_576;
      default -> 32_768;
    };
  }

  /// Output tokens for `thinking` and the usual answer, as far as the model has them.
  private int room(int thinking) {
    return window.clampOutput((int) Math.min(Integer.MAX_VALUE, (long) thinking + target.maxTokens()));
  }
}
