// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.capability.Capabilities;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.Thinking;
import dev.auriga.dialect.Target;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// How much a model of OpenAI's is told to think.
///
/// @param said the effort to send; absent where nothing is to be said
/// @param thinks whether the model thinks on this request
public record OpenAiEffort(@Nullable String said, boolean thinks) {
  private static final String NONE = "none";

  /// What stands for `wish` at a model with that `reasoning`.
  public static OpenAiEffort of(
      Thinking wish, Capabilities.Reasoning reasoning, Collection<Loss> losses) {
    String effort = standingFor(wish);
    if (effort == null) {
      return new OpenAiEffort(null, reasoning.thinksUnasked());
    }
    boolean wished = !effort.equals(NONE);
    return switch (reasoning.mode()) {
      case NONE -> {
        if (wished) {
          losses.add(new Loss(Reason.UNSUPPORTED_BY_MODEL, "thinking"));
        }
        yield new OpenAiEffort(null, false);
      }
      case UNKNOWN -> {
        // Servers disagree on "none", and many models behind such names do not think anyway.
        if (!wished) {
          losses.add(new Loss(Reason.UNSUPPORTED_VALUE, "thinking"));
        } else if (wish instanceof Thinking.Budget) {
          losses.add(new Loss(Reason.APPROXIMATED, "thinking"));
        }
        yield new OpenAiEffort(wished ? effort : null, wished);
      }
      case BUDGET, ADAPTIVE, EFFORT -> nearest(wish, effort, reasoning, losses);
    };
  }

  private static OpenAiEffort nearest(
      Thinking wish, String effort, Capabilities.Reasoning reasoning, Collection<Loss> losses) {
    String nearest = reasoning.nearest(effort);
    boolean isNone = effort.equals(NONE);
    boolean byBudget = wish instanceof Thinking.Budget;
    if (!nearest.equals(effort) && (!byBudget || isNone)) {
      losses.add(new Loss(Reason.CLAMPED, "thinking"));
    } else if (byBudget && !isNone) {
      losses.add(new Loss(Reason.APPROXIMATED, "thinking"));
    }
    return new OpenAiEffort(nearest, !nearest.equals(NONE));
  }

  /// The usual limit on output tokens; a model that thinks counts its thinking into it, so it gets
  /// the room for that on top.
  public int room(Thinking wish, Target target) {
    if (!thinks || wish instanceof Thinking.Off) {
      return target.maxTokens();
    }
    int room = wish instanceof Thinking.Budget budget ? budget.tokens() : target.thinkingBudget();
    return target.maxTokens() + room;
  }

  /// The effort that stands for a wish; null where the client said nothing.
  private static @Nullable String standingFor(Thinking wish) {
    return switch (wish) {
      case Thinking.Unsaid _ -> null;
      case Thinking.Off _ -> NONE;
      case Thinking.On _ -> "medium";
      case Thinking.Effort effort -> effort.level();
      case Thinking.Budget budget -> budget.tokens() == 0 ? NONE : standingFor(budget.tokens());
    };
  }

  /// Up to 1,023 tokens `minimal`, up to 4,095 `low`, up to 16,383 `medium`, above `high`. OpenAI
  /// publishes no such table, so this one is Auriga's own.
  private static String standingFor(int budgetTokens) {
    if (budgetTokens < 1_024) {
      return "minimal";
    }
    if (budgetTokens < 4_096) {
      return "low";
    }
    return budgetTokens < 16_384 ? "medium" : "high";
  }
}
