// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.Message;
import dev.auriga.completion.Part;
import dev.auriga.completion.Role;
import dev.auriga.dialect.openai.OpenAiTurn.Placed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts the results of tool calls right behind the turn that called, one for each call.
///
/// OpenAI refuses a call without a result and a result without a call ("An assistant message with
/// 'tool_calls' must be followed by tool messages", "No tool output found for function call"). Both
/// come up where a client trims its history: a missing result is told to the model as such, a
/// result without its call is left out; either is reported as a loss.
public final class OpenAiToolTurns {
  private OpenAiToolTurns() {}

  /// The conversation with its calls and results in pairs.
  public static List<OpenAiTurn> paired(List<Message> messages, Set<Loss> losses) {
    List<OpenAiTurn> turns = new ArrayList<>(messages.size());
    for (Message message : messages) {
      turns.add(OpenAiTurn.of(message, turns.size()));
    }
    if (turns.stream().noneMatch(OpenAiToolTurns::hasTools)) {
      return turns;
    }
    List<OpenAiTurn> paired = new ArrayList<>(turns.size());
    Set<Part> claimed = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < turns.size(); i++) {
      OpenAiTurn turn = turns.get(i);
      if (turn.role() == Role.TOOL) {
        orphans(turn, claimed, losses);
        List<Placed> others =
            turn.parts().stream().filter(placed -> placed.part() instanceof Part.Unknown).toList();
        if (!others.isEmpty()) {
          paired.add(new OpenAiTurn(Role.USER, null, turn.at(), others));
        }
        continue;
      }
      paired.add(turn);
      if (turn.role() == Role.ASSISTANT) {
        List<Placed> results = resultsOf(turn, resultsBehind(i, turns), losses);
        results.forEach(result -> claimed.add(result.part()));
        if (!results.isEmpty()) {
          paired.add(new OpenAiTurn(Role.TOOL, null, turn.at(), results));
        }
      }
    }
    return paired;
  }

  private static boolean hasTools(OpenAiTurn turn) {
    return turn.role() == Role.TOOL
        || turn.parts().stream().anyMatch(placed -> placed.part() instanceof Part.ToolCall);
  }

  private static void orphans(OpenAiTurn turn, Set<Part> claimed, Set<Loss> losses) {
    for (Placed result : turn.parts()) {
      if (!claimed.contains(result.part()) && !(result.part() instanceof Part.Unknown)) {
        losses.add(new Loss(Reason.ORPHAN_RESULT, result.at()));
      }
    }
  }

  /// The results that stand between the turn at `index` and the next turn of the assistant.
  private static List<Placed> resultsBehind(int index, List<OpenAiTurn> turns) {
    List<Placed> results = new ArrayList<>();
    for (OpenAiTurn turn : turns.subList(index + 1, turns.size())) {
      if (turn.role() == Role.ASSISTANT) {
        break;
      }
      if (turn.role() == Role.TOOL) {
        turn.parts().stream()
            .filter(placed -> placed.part() instanceof Part.ToolResult)
            .forEach(results::add);
      }
    }
    return results;
  }

  /// One result for each of the turn's calls, in the order of the calls, taken out of `waiting`.
  private static List<Placed> resultsOf(OpenAiTurn turn, List<Placed> waiting, Set<Loss> losses) {
    List<Placed> results = new ArrayList<>();
    for (Placed placed : turn.parts()) {
      if (placed.part() instanceof Part.ToolCall call) {
        Placed result = take(call.id(), waiting);
        if (result == null) {
          losses.add(new Loss(Reason.ORPHAN_CALL, placed.at()));
          result = new Placed(missing(call), placed.at());
        }
        results.add(result);
      }
    }
    return results;
  }

  private static @Nullable Placed take(String callId, List<Placed> waiting) {
    for (int i = 0; i < waiting.size(); i++) {
      if (waiting.get(i).part() instanceof Part.ToolResult result && result.callId().equals(callId)) {
        return waiting.remove(i);
      }
    }
    return null;
  }

  /// Reports a conversation that ends with the assistant's words, for models to which they are history.
  public static void checkEnd(List<OpenAiTurn> paired, Set<Loss> losses) {
    if (!paired.isEmpty() && paired.getLast().role() == Role.ASSISTANT) {
      losses.add(new Loss(Reason.UNSUPPORTED_PREFILL, paired.getLast().at()));
    }
  }

  /// The texts of `result`, whose other content goes under a heading into `attached`, which is told
  /// behind the results of the turn.
  public static List<Placed> texts(Part.ToolResult result, Placed place, List<Placed> attached) {
    List<Placed> texts = new ArrayList<>();
    List<Placed> others = new ArrayList<>();
    place.contentOf(result).forEach(part -> (part.part() instanceof Part.Text ? texts : others).add(part));
    if (!others.isEmpty()) {
      attached.add(
          new Placed(Part.Text.of("Attached to the result of " + result.callId() + ":"), place.at()));
      attached.addAll(others);
      if (Part.textOf(texts.stream().map(Placed::part).toList()).isBlank()) {
        texts.clear();
        texts.add(
            new Placed(Part.Text.of("The result is attached to the next user message."), place.at()));
      }
    }
    return texts;
  }

  /// What a failed tool said, in one text that says so: there is no field for it.
  public static Part failed(List<Part> said) {
    String text = Part.textOf(said);
    boolean saysSo = text.toLowerCase(Locale.ROOT).startsWith("error");
    return Part.Text.of(saysSo ? text : "Error: " + text);
  }

  private static Part.ToolResult missing(Part.ToolCall call) {
    return new Part.ToolResult(
        call.id(), call.name(), List.of(Part.Text.of("the result of this call is missing")), true, null);
  }
}
