// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.mind;

import dev.auriga.sandbox.mind.Thought.ToolCall;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which tools a model calls: the next of the [Steps] where the prompt spells them out; else those
/// whose name or description has a telling word of the prompt, or, where it must call one, the
/// first it may.
final class ToolUse {
  private static final Set<String> VERBS =
      Set.of("get", "set", "run", "do", "use", "add", "to", "by", "of", "for");

  private ToolUse() {}

  /// The calls a model makes for this question; empty when it would rather answer in words.
  static List<ToolCall> calls(Question question, Dice dice) {
    Offer offer = question.offer();
    List<ToolCard> callable = offer.callable();
    boolean forced = offer.choice() == Offer.Choice.REQUIRED;
    if (offer.choice() == Offer.Choice.NONE || callable.isEmpty()) {
      return List.of();
    }
    Steps steps = Steps.read(question.text());
    if (steps.goOnAfter(question.results().size())) {
      ToolCall next = steps.calls().get(question.results().size());
      boolean offered = callable.stream().anyMatch(tool -> tool.name().equals(next.name()));
      return offered ? List.of(next) : List.of();
    }
    if (!question.results().isEmpty() && !forced) {
      return List.of();
    }
    List<ToolCard> wanted =
        callable.stream().filter(tool -> concerns(tool, question.text())).toList();
    if (wanted.isEmpty() && forced) {
      wanted = callable.subList(0, 1);
    }
    if (!offer.parallel() && wanted.size() > 1) {
      wanted = wanted.subList(0, 1);
    }
    return wanted.stream().map(tool -> call(tool, question.text(), dice)).toList();
  }

  private static boolean concerns(ToolCard tool, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains(tool.name().toLowerCase(Locale.ROOT))) {
      return true;
    }
    List<String> words = Words.telling(text);
    for (String part : tool.name().split("[_\\-.]|(?<=[a-z])(?=[A-Z])")) {
      String word = part.toLowerCase(Locale.ROOT);
      if (!VERBS.contains(word) && words.contains(word)) {
        return true;
      }
    }
    return Words.telling(tool.description()).stream().anyMatch(words::contains);
  }

  private static ToolCall call(ToolCard tool, String text, Dice dice) {
    String sum = Arithmetic.solve(text).map(Arithmetic::written).orElse("");
    var facts = new SchemaExample.Facts(Words.names(text), Words.telling(text), sum);
    return new ToolCall(tool.name(), new SchemaExample(tool.schema(), facts, dice).make());
  }
}
