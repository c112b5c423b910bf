// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.Thinking;
import dev.auriga.dialect.Json;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Writes how much to think, as each generation of Gemini takes it.
///
/// Gemini 2.5 takes a budget of tokens, later ones a level; an effort and a budget are turned into
/// each other by the steps 1,024, 8,192 and 24,576, those of Google's own OpenAI endpoint.
/// Sources: Gemini API documentation, Thinking and OpenAI compatibility.
final class GeminiThinkingWriter {
  private static final int LOW_BUDGET = 1_024;
  private static final int MEDIUM_BUDGET = 8_192;
  private static final int HIGH_BUDGET = 24_576;

  private final GeminiModel model;
  private final List<Loss> losses;
  private final int spareBudget;

  /// `spareBudget` is for thinking that is on without a budget.
  GeminiThinkingWriter(GeminiModel model, int spareBudget, List<Loss> losses) {
    this.model = model;
    this.spareBudget = spareBudget;
    this.losses = losses;
  }

  /// The `thinkingConfig`, null when nothing is to be said.
  @Nullable ObjectNode write(Thinking thinking) {
    if (model.takesThinkingBudget()) {
      return writeBudget(thinking);
    }
    if (!model.thinkingLevels().isEmpty()) {
      return writeLevel(thinking);
    }
    if (thinking.isOn()) {
      lose(Reason.UNSUPPORTED_BY_MODEL);
    }
    return null;
  }

  private @Nullable ObjectNode writeBudget(Thinking thinking) {
    return switch (thinking) {
      case Thinking.Unsaid _ -> null;
      case Thinking.Off _ -> stopped();
      case Thinking.Budget budget -> budget.tokens() == 0 ? stopped() : budget(budget.tokens());
      case Thinking.On _ -> budget(spareBudget);
      case Thinking.Effort effort -> switch (effort.level()) {
        case "none" -> stopped();
        case "minimal", "low" -> budget(LOW_BUDGET);
        case "medium" -> budget(MEDIUM_BUDGET);
        case "high" -> budget(HIGH_BUDGET);
        case "xhigh", "max" -> budget(model.mostThinkingBudget());
        default -> budgetOfUnknownEffort();
      };
    };
  }

  private ObjectNode stopped() {
    if (model.canStopThinking()) {
      return Json.object().put("thinkingBudget", 0);
    }
    lose(Reason.CLAMPED);
    return Json.object().put("thinkingBudget", model.leastThinkingBudget());
  }

  private ObjectNode budget(int tokens) {
    int clamped = Math.clamp(tokens, model.leastThinkingBudget(), model.mostThinkingBudget());
    if (clamped != tokens) {
      lose(Reason.CLAMPED);
    }
    return Json.object().put("thinkingBudget", clamped).put("includeThoughts", true);
  }

  private ObjectNode budgetOfUnknownEffort() {
    lose(Reason.UNSUPPORTED_VALUE);
    return Json.object().put("thinkingBudget", -1).put("includeThoughts", true);
  }

  private @Nullable ObjectNode writeLevel(Thinking thinking) {
    return switch (thinking) {
      case Thinking.Unsaid _ -> null;
      case Thinking.Off _ -> least();
      case Thinking.On _ -> Json.object().put("includeThoughts", true);
      case Thinking.Budget budget -> {
        if (budget.tokens() == 0) {
          yield least();
        }
        lose(Reason.APPROXIMATED);
        int tokens = budget.tokens();
        yield level(tokens <= LOW_BUDGET ? "LOW" : tokens <= MEDIUM_BUDGET ? "MEDIUM" : "HIGH");
      }
      case Thinking.Effort effort -> switch (effort.level()) {
        case "none" -> least();
        case "minimal", "low", "medium", "high" -> level(effort.level().toUpperCase(Locale.ROOT));
        case "xhigh", "max" -> {
          lose(Reason.CLAMPED);
          yield level("HIGH");
        }
        default -> {
          lose(Reason.UNSUPPORTED_VALUE);
          yield Json.object().put("includeThoughts", true);
        }
      };
    };
  }

  /// These models always think; the least is the nearest to not at all.
  private ObjectNode least() {
    lose(Reason.CLAMPED);
    return Json.object().put("thinkingLevel", model.thinkingLevels().getFirst());
  }

  private ObjectNode level(String wanted) {
    List<String> levels = model.thinkingLevels();
    String level = levels.contains(wanted) ? wanted : wanted.equals("MINIMAL") ? levels.getFirst() : "HIGH";
    if (!level.equals(wanted)) {
      lose(Reason.CLAMPED);
    }
    return Json.object().put("thinkingLevel", level).put("includeThoughts", true);
  }

  private void lose(Reason reason) {
    losses.add(new Loss(reason, "thinking"));
  }
}
