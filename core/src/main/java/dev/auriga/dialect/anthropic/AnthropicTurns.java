// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.capability.Capabilities;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.Message;
import dev.auriga.completion.Part;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Role;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Promises;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A history as the Messages API wants it: leading instructions apart, then turns of user and
/// assistant in alternation, each call answered in the turn after it.
///
/// - Leading system and developer messages become `system`, a block for each part. A later one
///   stays where it is, as a user block in `<system-message>` tags, because only some models and
///   hosts take one in the conversation; that is a loss `changed-role`.
/// - Neighbours of one side are merged, block by block; tool results stand first in their turn.
/// - A call nobody answered gets an error result, an answer nobody asked for is left out.
/// - A history that starts with the assistant, or has instructions only, gets a first user turn.
///
/// Source: Anthropic API reference, Messages (`messages`); Claude documentation, Tool use.
final class AnthropicTurns {
  private static final String FIRST_TURN = "(The conversation starts here.)";
  private static final String NO_RESULT = "No result: the tool call was not answered.";

  private enum Side { USER, ASSISTANT }

  /// `results` come before `blocks`; an assistant turn has no results.
  private record Turn(Side side, List<ObjectNode> results, List<ObjectNode> blocks) {
    Turn(Side side) {
      this(side, new ArrayList<>(), new ArrayList<>());
    }
  }

  /// A call of the last assistant turn, under its own id and the one on the wire.
  private record OpenCall(String id, String wireId, String at) {}

  private final List<Loss> losses;
  private final AnthropicBlockWriter blocks;
  private final List<ObjectNode> system = new ArrayList<>();
  private final List<Turn> turns = new ArrayList<>();
  private final List<OpenCall> open = new ArrayList<>();
  private final Set<String> usedIds = new HashSet<>();
  private final boolean mediaInResults;
  private boolean lastTurnIsAnsweredCalls;

  AnthropicTurns(
      List<Message> messages, Capabilities model, AnthropicBlockWriter blocks, List<Loss> losses) {
    this.losses = losses;
    this.blocks = blocks;
    this.mediaInResults = model.tools().mediaInResults();
    int first = instructions(messages);
    for (int i = first; i < messages.size(); i++) {
      add(messages.get(i), "messages[%d]".formatted(i));
    }
    Promises.checkMedia(messages, losses);
    settle();
    begin(first == messages.size());
    checkEnd(model, "messages[%d]".formatted(messages.size() - 1));
  }

  private int instructions(List<Message> messages) {
    int i = 0;
    while (i < messages.size() && isInstruction(messages.get(i))) {
      Message message = messages.get(i);
      String at = "messages[%d]".formatted(i);
      name(message, at);
      int lossesBefore = losses.size();
      int blocksBefore = system.size();
      for (int j = 0; j < message.parts().size(); j++) {
        keep(blocks.ofSystem(message.parts().get(j), "%s.content[%d]".formatted(at, j)), system);
      }
      empty(system.size() == blocksBefore && losses.size() == lossesBefore, at);
      i++;
    }
    return i;
  }

  private static boolean isInstruction(Message message) {
    return message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
  }

  private void add(Message message, String at) {
    name(message, at);
    int lossesBefore = losses.size();
    boolean said = false;
    for (int j = 0; j < message.parts().size(); j++) {
      String path = "%s.content[%d]".formatted(at, j);
      Part part = message.parts().get(j);
      said |=
          switch (message.role()) {
            case SYSTEM, DEVELOPER -> lateInstruction(part, path);
            case USER, TOOL -> ofUser(part, path);
            case ASSISTANT -> ofAssistant(part, path);
          };
    }
    if (said && isInstruction(message)) {
      losses.add(new Loss(Reason.CHANGED_ROLE, at));
    }
    empty(!said && losses.size() == lossesBefore, at);
  }

  private void name(Message message, String at) {
    if (message.name() != null) {
      losses.add(new Loss(Reason.UNSUPPORTED_FIELD, at + ".name"));
    }
  }

  /// Reports a turn of white space or nothing.
  private void empty(boolean isEmpty, String at) {
    if (isEmpty) {
      losses.add(new Loss(Reason.EMPTY_CONTENT, at));
    }
  }

  private boolean lateInstruction(Part part, String at) {
    ObjectNode block = blocks.ofSystem(part, at);
    if (block == null) {
      return false;
    }
    String text = block.path("text").stringValue("");
    block.put("text", "<system-message>\n" + text + "\n</system-message>");
    turn(Side.USER).blocks.add(block);
    return true;
  }

  private boolean ofUser(Part part, String at) {
    if (part instanceof Part.ToolResult result) {
      return answer(result, at);
    }
    ObjectNode block = blocks.ofUser(part, at);
    if (block == null) {
      return false;
    }
    turn(Side.USER).blocks.add(block);
    return true;
  }

  private boolean ofAssistant(Part part, String at) {
    ObjectNode block;
    if (part instanceof Part.ToolCall call) {
      startAssistantTurn();
      String wireId = unusedId(call.id());
      block = blocks.toolUse(call, wireId, at);
      open.add(new OpenCall(call.id(), wireId, at));
    } else {
      block = blocks.ofAssistant(part, at);
      if (block == null) {
        return false;
      }
      startAssistantTurn();
    }
    turn(Side.ASSISTANT).blocks.add(block);
    return true;
  }

  /// Call ids must differ over the whole history, which not every client's do.
  private String unusedId(String id) {
    String wireId = id;
    for (int occurrence = 2; !usedIds.add(wireId); occurrence++) {
      wireId = AnthropicMessages.NAMES.call().another(id, occurrence);
    }
    return wireId;
  }

  private boolean answer(Part.ToolResult result, String at) {
    for (OpenCall call : open) {
      if (call.id.equals(result.callId())) {
        open.remove(call);
        ObjectNode written = blocks.toolResult(result, call.wireId, at);
        turn(Side.USER).results.add(written);
        if (!mediaInResults) {
          attach(written, turn(Side.USER).blocks);
        }
        return true;
      }
    }
    losses.add(new Loss(Reason.ORPHAN_RESULT, at));
    return false;
  }

  /// Moves what is no text from a result behind the results.
  private static void attach(ObjectNode result, List<ObjectNode> blocks) {
    ArrayNode texts = Json.object().putArray("content");
    List<ObjectNode> others = new ArrayList<>();
    for (JsonNode block : result.path("content")) {
      if (block.path("type").stringValue("").equals("text")) {
        texts.add(block);
      } else {
        others.add((ObjectNode) block);
      }
    }
    if (others.isEmpty()) {
      return;
    }
    if (texts.isEmpty()) {
      texts.addObject().put("type", "text").put("text", "The result is attached behind the results.");
    }
    result.set("content", texts);
    String heading = "Attached to the result of %s:".formatted(result.path("tool_use_id").stringValue());
    blocks.add(Json.object().put("type", "text").put("text", heading));
    blocks.addAll(others);
  }

  private void startAssistantTurn() {
    if (turns.isEmpty() || turns.getLast().side == Side.USER) {
      settle();
    }
  }

  /// Answers what is still open of the last assistant turn.
  private void settle() {
    for (OpenCall call : open) {
      losses.add(new Loss(Reason.ORPHAN_CALL, call.at));
      turn(Side.USER)
          .results
          .add(
              Json.object()
                  .put("type", "tool_result")
                  .put("tool_use_id", call.wireId)
                  .put("content", NO_RESULT)
                  .put("is_error", true));
    }
    open.clear();
  }

  private Turn turn(Side side) {
    if (turns.isEmpty() || turns.getLast().side != side) {
      turns.add(new Turn(side));
    }
    return turns.getLast();
  }

  private void begin(boolean instructionsOnly) {
    if (turns.isEmpty() && !instructionsOnly) {
      throw new Refusal(
          Refusal.Kind.INVALID, "messages: there is no text in them but white space", "messages");
    }
    if (turns.isEmpty() || turns.getFirst().side == Side.ASSISTANT) {
      Turn start = new Turn(Side.USER);
      start.blocks.add(Json.object().put("type", "text").put("text", FIRST_TURN));
      turns.addFirst(start);
      losses.add(new Loss(Reason.SYNTHESISED_TURN, "messages"));
    }
  }

  /// A history that ends in the assistant's own text asks to have it continued. What ends in a
  /// block of a server tool is a paused turn, which may go back as it is.
  private void checkEnd(Capabilities model, String at) {
    if (turns.getLast().side == Side.USER) {
      lastTurnIsAnsweredCalls = !turns.getLast().results.isEmpty();
      return;
    }
    ObjectNode last = turns.getLast().blocks.getLast();
    if (!last.path("type").stringValue("").equals("text")) {
      return;
    }
    if (!model.prefill()) {
      throw new Refusal(
          Refusal.Kind.INVALID,
          at + ": this model does not continue an assistant message; end with a user message",
          at);
    }
    String text = last.path("text").stringValue("");
    if (!text.equals(text.stripTrailing())) {
      last.put("text", text.stripTrailing());
      losses.add(new Loss(Reason.TRIMMED, at));
    }
  }

  private static void keep(@Nullable ObjectNode block, List<ObjectNode> list) {
    if (block != null) {
      list.add(block);
    }
  }

  void write(ObjectNode body) {
    if (!system.isEmpty()) {
      body.putArray("system").addAll(system);
    }
    ArrayNode messages = body.putArray("messages");
    for (Turn turn : turns) {
      ObjectNode message =
          messages.addObject().put("role", turn.side == Side.USER ? "user" : "assistant");
      message.putArray("content").addAll(turn.results).addAll(turn.blocks);
    }
  }

  /// Whether thinking by budget may be on: the history ends with the user, and in an open tool loop
  /// the assistant's turn began with its own thinking.
  /// Source: Claude documentation, Thinking with tool use.
  AnthropicThinkingWriter.HistoryAllows thinking() {
    boolean allowed = turns.getLast().side == Side.USER;
    if (allowed && lastTurnIsAnsweredCalls) {
      String first = turns.get(turns.size() - 2).blocks.getFirst().path("type").stringValue("");
      allowed = first.equals("thinking") || first.equals("redacted_thinking");
    }
    return allowed
        ? AnthropicThinkingWriter.HistoryAllows.YES
        : AnthropicThinkingWriter.HistoryAllows.NO;
  }
}
