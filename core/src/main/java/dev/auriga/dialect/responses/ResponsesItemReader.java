// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.Message;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.completion.Role;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Leftovers;
import dev.auriga.dialect.openai.OpenAiFields;
import dev.auriga.dialect.openai.OpenAiFreeForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Reads the items of a request's `input` as a conversation.
///
/// What a model said in one turn (reasoning, messages, calls) is several items here and one message
/// in the neutral vocabulary, and so are the outputs of several calls. Items that only this dialect
/// knows (hosted tools' calls, `compaction`, …) are kept whole, where they stood.
/// Source: OpenAI OpenAPI document, `InputItem`.
final class ResponsesItemReader {
  /// Items of unknown kind that answer the model instead of being its own.
  private static final Set<String> ANSWERS = Set.of("mcp_approval_response", "compaction_trigger");

  private static final Map<String, Set<String>> KNOWN =
      Map.of(
          "message", Set.of("type", "id", "status", "role", "content"),
          "reasoning", Set.of("type", "id", "status", "summary", "content", "encrypted_content"),
          "function_call", Set.of("type", "id", "status", "call_id", "name", "arguments"),
          "custom_tool_call", Set.of("type", "id", "status", "call_id", "name", "input"),
          "function_call_output", Set.of("type", "id", "status", "call_id", "name", "output"),
          "custom_tool_call_output", Set.of("type", "id", "status", "call_id", "name", "output"));

  private final List<Message> messages = new ArrayList<>();
  private final List<Part> turn = new ArrayList<>();
  private Role turnOf = Role.ASSISTANT;
  private @Nullable Opaque signatureForCall;

  private final Leftovers leftovers;

  private ResponsesItemReader(Leftovers leftovers) {
    this.leftovers = leftovers;
  }

  /// What items and their parts have beside what is read of them goes to `leftovers`; their ids and
  /// states are of use to OpenAI's server only.
  static List<Message> read(List<OpenAiFields> items, Leftovers leftovers) {
    ResponsesItemReader reader = new ResponsesItemReader(leftovers);
    items.forEach(reader::item);
    reader.endTurn();
    return reader.messages;
  }

  private void item(OpenAiFields item) {
    String type = item.any("type") == null ? "message" : item.needText("type");
    Set<String> known = KNOWN.get(type);
    if (known != null) {
      leftovers.keepRest(item.node(), item.path(), known);
    }
    switch (type) {
      case "message" -> message(item);
      case "reasoning" -> {
        signatureForCall = ResponsesReasoning.forNextCall(item.node());
        Part thought = ResponsesReasoning.part(item.node());
        if (thought != null) {
          add(Role.ASSISTANT, thought);
        }
      }
      case "item_reference" -> throw ResponsesRefusals.reference(item.at("type"));
      case "function_call" -> add(Role.ASSISTANT, call(item));
      case "custom_tool_call" -> {
        String input = item.text("input");
        add(
            Role.ASSISTANT,
            Part.ToolCall.of(
                item.needText("call_id"),
                item.needText("name"),
                OpenAiFreeForm.arguments(input == null ? "" : input)));
      }
      case "function_call_output", "custom_tool_call_output" -> add(Role.TOOL, result(item));
      default -> {
        boolean answers = type.endsWith("_output") || ANSWERS.contains(type);
        Part unknown = new Part.Unknown(OpenAiResponses.NAME, Json.raw(item.node()));
        add(answers ? Role.TOOL : Role.ASSISTANT, unknown);
      }
    }
  }

  private void message(OpenAiFields message) {
    String role = message.needText("role");
    List<Part> parts = ResponsesPartReader.parts(message, "content", part -> kept(role, part), leftovers);
    switch (role) {
      case "assistant" -> {
        for (Part part : parts) {
          if (!(part instanceof Part.Text text && text.text().isEmpty())) {
            add(Role.ASSISTANT, part);
          }
        }
      }
      case "user" -> say(Role.USER, parts);
      case "system" -> say(Role.SYSTEM, parts);
      case "developer" -> say(Role.DEVELOPER, parts);
      default -> throw message.wrong("role", "must be user, assistant, system or developer");
    }
  }

  /// A part of unknown type as a message of its own, so that whatever is unknown is an item.
  static ObjectNode kept(String role, ObjectNode part) {
    ObjectNode item = Json.object().put("type", "message").put("role", role);
    item.putArray("content").add(part);
    return item;
  }

  private void say(Role role, List<Part> parts) {
    endTurn();
    messages.add(new Message(role, parts, null));
  }

  private void add(Role role, Part part) {
    if (turnOf != role) {
      endTurn();
      turnOf = role;
    }
    turn.add(part);
  }

  private void endTurn() {
    if (!turn.isEmpty()) {
      messages.add(new Message(turnOf, turn, null));
      turn.clear();
    }
  }

  private Part call(OpenAiFields call) {
    String arguments = call.text("arguments");
    Opaque signature = signatureForCall;
    signatureForCall = null;
    return new Part.ToolCall(
        call.needText("call_id"),
        call.needText("name"),
        arguments == null || arguments.isBlank() ? "{}" : arguments,
        signature,
        null);
  }

  private Part result(OpenAiFields result) {
    List<Part> content = ResponsesPartReader.parts(result, "output", part -> part, leftovers);
    return new Part.ToolResult(
        result.needText("call_id"), result.text("name"), content, false, null);
  }
}
