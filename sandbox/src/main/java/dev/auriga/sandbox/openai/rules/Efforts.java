// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai.rules;

import dev.auriga.sandbox.mind.Ability;
import dev.auriga.sandbox.mind.ModelCard;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How hard a model may be asked to reason, and how many tokens it then spends (OpenAI
/// documentation, Reasoning models).
public final class Efforts {
  private static final int USUAL_TOKENS = 160;
  private static final Map<String, Integer> TOKENS =
      Map.of(
          "none", 0, "minimal", 16, "low", 64, "medium", 160, "high", 480, "xhigh", 960, "max", 1_600);
  private static final List<String> ALL =
      List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");

  private Efforts() {}

  /// Reasoning tokens to aim at; 0 for a model that does not reason.
  ///
  /// @param effort what was asked for, null when nothing was
  /// @param field the field it was asked in
  public static int tokens(
      ModelCard card, @Nullable String effort, String field, OpenAiErrors errors) {
    if (!card.can(Ability.ALWAYS_REASONS)) {
      return 0;
    }
    if (effort == null) {
      return USUAL_TOKENS;
    }
    @Nullable Integer tokens = TOKENS.get(effort);
    if (tokens == null) {
      throw errors.invalid(
          "Invalid value: '" + effort + "'. Supported values are: " + listed(ALL) + ".",
          field,
          "invalid_value");
    }
    List<String> taken = takenBy(card);
    if (!taken.contains(effort)) {
      throw errors.invalid(
          "Unsupported value: '"
              + effort
              + "' is not supported with the '"
              + card.name()
              + "' model. Supported values are: "
              + listed(taken)
              + ".",
          field,
          "unsupported_value");
    }
    return tokens;
  }

  private static List<String> takenBy(ModelCard card) {
    if (card.can(Ability.TOOLS_NEED_RESPONSES)) {
      return List.of("none", "low", "medium", "high", "xhigh", "max");
    }
    return card.name().startsWith("o") || card.can(Ability.RESPONSES_ONLY)
        ? List.of("low", "medium", "high")
        : List.of("minimal", "low", "medium", "high");
  }

  private static String listed(List<String> values) {
    String most =
        values.stream()
            .limit(values.size() - 1L)
            .map(value -> "'" + value + "'")
            .collect(Collectors.joining(", "));
    return most + ", and '" + values.getLast() + "'";
  }
}
