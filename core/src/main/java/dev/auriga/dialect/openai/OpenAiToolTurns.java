// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Loss;
import dev.auriga.completion.Message;
import dev.auriga.completion.Part;
import dev.auriga.completion.Role;
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
  private static final Loss ORPHANED_RESULT = new Loss("orphan", "messages.tool_result");
  private static final Loss ORPHANED_CALL = new Loss("orphan", "messages.tool_call");

  private OpenAiToolTurns() {}

  /// The conversation with its calls and results in pairs.
  public static List<Message> paired(List<Message> messages, Set<Loss> losses) {
    List<Message> paired = new ArrayList<>(messages.size());
    Set<Part> claimed = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      if (message.role() == Role.TOOL) {
        if (!claimed.containsAll(message.parts())) {
          losses.add(ORPHANED_RESULT);
        }
        continue;
      }
      paired.add(message);
      if (message.role() == Role.ASSISTANT) {
        List<Part> results = resultsOf(message, resultsBehind(i, messages), losses);
        claimed.addAll(results);
        if (!results.isEmpty()) {
          paired.add(new Message(Role.TOOL, results, null));
        }
      }
    }
    return paired;
  }

  /// The results that stand between the turn at `index` and the next turn of the assistant.
  private static List<Part.ToolResult> resultsBehind(int index, List<Message> messages) {
    List<Part.ToolResult> results = new ArrayList<>();
    for (int i = index + 1; i < messages.size(); i++) {
      Message message = messages.get(i);
      if (message.role() == Role.ASSISTANT) {
        break;
      }
      if (message.role() == Role.TOOL) {
        message.parts().stream()
            .filter(Part.ToolResult.class::isInstance)
            .map(Part.ToolResult.class::cast)
            .forEach(results::add);
      }
    }
    return results;
  }

  /// One result for each of the turn's calls, in the order of the calls, taken out of `waiting`.
  private static List<Part> resultsOf(
      Message turn, List<Part.ToolResult> waiting, Set<Loss> losses) {
    List<Part> results = new ArrayList<>();
    for (Part part : turn.parts()) {
      if (part instanceof Part.ToolCall call) {
        Part.ToolResult result = take(call.id(), waiting);
        if (result == null) {
          losses.add(ORPHANED_CALL);
          result = missing(call);
        }
        results.add(result);
      }
    }
    return results;
  }

  private static Part.@Nullable ToolResult take(String callId, List<Part.ToolResult> waiting) {
    for (int i = 0; i < waiting.size(); i++) {
      if (waiting.get(i).callId().equals(callId)) {
        return waiting.remove(i);
      }
    }
    return null;
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
