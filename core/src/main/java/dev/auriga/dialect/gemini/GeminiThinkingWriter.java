// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.capability.Capabilities.Reasoning;
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
/// Gemini 2.5 takes a budget of tokens, later ones a level of effort; an effort and a budget are turned into
/// each other by the steps 1,024, 8,192 and 24,576, those of Google's own OpenAI endpoint.
/// Sources: Gemini API documentation, Thinking and OpenAI compatibility.
final class GeminiThinkingWriter {
  private static final int LOW_BUDGET = 1_024;
  private static final int MEDIUM_BUDGET = 8_192;
  private static final int HIGH_BUDGET = 24_576;

  private final Reasoning reasoning;
  private final List<Loss> losses;
  private final int spareBudget;

  /// `spareBudget` is for thinking that is on without a budget.
  GeminiThinkingWriter(Reasoning reasoning, int spareBudget, List<Loss> losses) {
    this.reasoning = reasoning;
    this.spareBudget = spareBudget;
    this.losses = losses;
  }

  /// The `thinkingConfig`, null when nothing is to be said.
  @Nullable ObjectNode write(Thinking thinking) {
    return switch (reasoning.mode()) {
      case BUDGET -> writeBudget(thinking);
      case EFFORT, ADAPTIVE, UNKNOWN -> writeLevel(thinking);
      case NONE -> {
        if (thinking.isOn()) {
          lose(Reason.UNSUPPORTED_BY_MODEL);
        }
        yield null;
      }
    };
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
        case "xhigh", "max" -> budget(most());
        default -> budgetOfUnknownEffort();
      };
    };
  }

  private ObjectNode stopped() {
    if (!reasoning.alwaysOn()) {
      return Json.object().put("thinkingBudget", 0);
    }
    lose(Reason.CLAMPED);
    return Json.object().put("thinkingBudget", reasoning.leastBudget());
  }

  private ObjectNode budget(int tokens) {
    int clamped = reasoning.clamp(tokens);
    if (clamped != tokens) {
      lose(Reason.CLAMPED);
    }
    return Json.object().put("thinkingBudget", clamped).put("includeThoughts", true);
  }

  private int most() {
    Integer most = reasoning.mostBudget();
    return most == null ? HIGH_BUDGET : most;
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
        yield level(tokens <= LOW_BUDGET ? "low" : tokens <= MEDIUM_BUDGET ? "medium" : "high");
      }
      case Thinking.Effort effort -> switch (effort.level()) {
        case "none" -> least();
        case "minimal", "low", "medium", "high" -> level(effort.level());
        case "xhigh", "max" -> {
          lose(Reason.CLAMPED);
          yield level("high");
        }
        default -> {
          lose(Reason.UNSUPPORTED_VALUE);
          yield Json.object().put("includeThoughts", true);
        }
      };
    };
  }

  /// These models always think; the least is the nearest to not at all.
  private @Nullable ObjectNode least() {
    lose(Reason.CLAMPED);
    List<String> efforts = reasoning.efforts();
    return efforts.isEmpty() ? null : Json.object().put("thinkingLevel", upper(efforts.getFirst()));
  }

  private ObjectNode level(String wanted) {
    List<String> levels = reasoning.efforts();
    String level =
        levels.contains(wanted) || levels.isEmpty() ? wanted
            : wanted.equals("minimal") ? levels.getFirst()
            : levels.getLast();
    if (!level.equals(wanted)) {
      lose(Reason.CLAMPED);
    }
    return Json.object().put("thinkingLevel", upper(level)).put("includeThoughts", true);
  }

  private static String upper(String level) {
    return level.toUpperCase(Locale.ROOT);
  }

  private void lose(Reason reason) {
    losses.add(new Loss(reason, "thinking"));
  }
}
