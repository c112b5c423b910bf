// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.anthropic;

import dev.auriga.sandbox.protocol.Fields;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The messages of a request as turns: consecutive messages of one role are one turn. Checks what
/// concerns several blocks or turns: who begins and ends, and that each tool call has its result.
record Turns(List<Turn> turns) {

  /// One turn: a role and its blocks.
  record Turn(String role, List<Fields> blocks) {
    boolean beginsWithThinking() {
      String first = blocks.isEmpty() ? "" : blocks.getFirst().raw("type").asString("");
      return first.equals("thinking") || first.equals("redacted_thinking");
    }

    List<Fields> of(String type) {
      return blocks.stream().filter(block -> block.raw("type").asString("").equals(type)).toList();
    }
  }

  Turns {
    turns = List.copyOf(turns);
  }

  static Turns read(Fields body, Blocks blocks, AnthropicErrors errors) {
    List<Fields> messages = body.items("messages");
    if (messages.isEmpty()) {
      throw errors.invalid("messages: at least one message is required");
    }
    List<Turn> turns = new ArrayList<>();
    for (int index = 0; index < messages.size(); index++) {
      Fields message = messages.get(index).allow(Set.of("role", "content"));
      String role = message.text("role");
      if (!role.equals("user") && !role.equals("assistant")) {
        throw errors.invalid(
            "messages: Unexpected role \""
                + role
                + "\". The Messages API accepts a top-level "
                + "`system` parameter, not \"system\" as an input message role.");
      }
      List<Fields> content = blocks.ofMessage(message, role);
      boolean last = index == messages.size() - 1;
      if (content.isEmpty() && !(last && role.equals("assistant"))) {
        throw errors.invalid(
            message.path()
                + ": all messages must have non-empty content except for the "
                + "optional final assistant message");
      }
      if (!turns.isEmpty() && turns.getLast().role().equals(role)) {
        List<Fields> both = new ArrayList<>(turns.removeLast().blocks());
        both.addAll(content);
        turns.add(new Turn(role, both));
      } else {
        turns.add(new Turn(role, content));
      }
    }
    Turns read = new Turns(turns);
    read.checkEnds(errors);
    read.checkTools(errors);
    return read;
  }

  boolean endsWithAssistant() {
    return turns.getLast().role().equals("assistant");
  }

  /// The assistant's first turn after the last prompt when its tool calls are still being answered:
  /// where a model that thinks has begun to. Null where no tool loop is under way.
  @Nullable Turn loop() {
    int at = turns.size() - 1;
    if (turns.get(at).of("tool_result").isEmpty()) {
      return null;
    }
    while (at > 0 && !turns.get(at).of("tool_result").isEmpty()) {
      at -= 2;
    }
    return turns.get(at + 1);
  }

  private void checkEnds(AnthropicErrors errors) {
    if (!turns.getFirst().role().equals("user")) {
      throw errors.invalid("messages: first message must use the \"user\" role");
    }
    List<Fields> last = turns.getLast().blocks();
    if (endsWithAssistant() && !last.isEmpty()) {
      String text = last.getLast().raw("text").asString("");
      if (!text.isEmpty() && Character.isWhitespace(text.charAt(text.length() - 1))) {
        throw errors.invalid(
            "messages: final assistant content cannot end with trailing whitespace");
      }
    }
  }

  private void checkTools(AnthropicErrors errors) {
    Set<String> asked = Set.of();
    for (int index = 0; index < turns.size(); index++) {
      Turn turn = turns.get(index);
      Set<String> answered = new LinkedHashSet<>();
      for (Fields result : turn.of("tool_result")) {
        String id = result.raw("tool_use_id").asString();
        if (!asked.contains(id)) {
          throw errors.invalid(
              Blocks.place(result)
                  + ": unexpected `tool_use_id` found in `tool_result` blocks: "
                  + id
                  + ". Each `tool_result` block must have a corresponding `tool_use` block in the"
                  + " previous message.");
        }
        if (!answered.add(id)) {
          throw errors.invalid(
              Blocks.place(result)
                  + ": each tool_use must have a single result. Found multiple "
                  + "`tool_result` blocks with id: "
                  + id);
        }
      }
      if (!answered.containsAll(asked)) {
        Set<String> open = new LinkedHashSet<>(asked);
        open.removeAll(answered);
        throw errors.invalid(
            "messages."
                + (index - 1)
                + ": `tool_use` ids were found without `tool_result` blocks "
                + "immediately after: "
                + String.join(", ", open)
                + ". Each `tool_use` block must have a corresponding "
                + "`tool_result` block in the next message.");
      }
      asked = callIds(turn, errors);
    }
    if (!asked.isEmpty()) {
      throw errors.invalid(
          "messages."
              + (turns.size() - 1)
              + ": `tool_use` ids were found without `tool_result` "
              + "blocks immediately after: "
              + String.join(", ", asked)
              + ". Each `tool_use` block must have a "
              + "corresponding `tool_result` block in the next message.");
    }
  }

  private static Set<String> callIds(Turn turn, AnthropicErrors errors) {
    Set<String> ids = new LinkedHashSet<>();
    for (Fields call : turn.of("tool_use")) {
      if (!ids.add(call.raw("id").asString())) {
        throw errors.invalid("messages: `tool_use` ids must be unique");
      }
    }
    return ids;
  }

}
