// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai.responses;

import dev.auriga.sandbox.mind.Question;
import dev.auriga.sandbox.mind.Tokens;
import dev.auriga.sandbox.openai.rules.OpenAiErrors;
import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.JsonType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The checked items of a conversation: the last prompt, the tool results after it, images and
/// tokens; calls have their outputs, reasoning is the service's own and followed by what came of it
/// (OpenAI OpenAPI document, `InputItem`; documentation, Reasoning models and Function calling).
final class InputItems {
  private static final Set<String> MESSAGE = Set.of("type", "role", "content", "id", "status", "phase");
  private static final Set<String> CALL =
      Set.of("type", "id", "call_id", "name", "arguments", "status", "namespace", "caller");
  private static final Set<String> OUTPUT = Set.of("type", "id", "call_id", "output", "status");
  private static final Set<String> REASONING =
      Set.of("type", "id", "summary", "content", "encrypted_content", "status");
  private static final int LONGEST_CALL_ID = 64;

  private final OpenAiErrors errors;
  private final InputState state;
  private final InputContent content;
  private final List<String> results = new ArrayList<>();
  private final Set<String> asked = new LinkedHashSet<>();
  private final Set<String> answered = new HashSet<>();
  private final Set<String> thoughts = new HashSet<>();
  private String text = "";
  private String openThought = "";

  InputItems(InputState state, OpenAiErrors errors) {
    this.errors = errors;
    this.state = state;
    this.content = new InputContent(errors);
  }

  /// Reads all items in their order.
  InputItems read(List<Fields> items) {
    items.forEach(this::item);
    if (!openThought.isEmpty()) {
      throw unfollowed();
    }
    for (String call : asked) {
      if (!answered.contains(call)) {
        throw errors.invalid(
            "No tool output found for function call " + call + ".", "input", null);
      }
    }
    return this;
  }

  String text() {
    return text;
  }

  List<String> results() {
    return List.copyOf(results);
  }

  int images() {
    return content.images();
  }

  long tokens() {
    return content.tokens();
  }

  boolean mentions(String word) {
    return content.everything().toLowerCase(Locale.ROOT).contains(word);
  }

  /// Counts text that stands outside the items.
  InputItems alsoSaid(String instructions) {
    content.count(instructions);
    return this;
  }

  private void item(Fields written) {
    Fields item = state.resolved(written);
    String type = item.has("type") ? item.text("type") : "message";
    switch (type) {
      case "message" -> message(item.allow(MESSAGE));
      case "function_call" -> call(item.allow(CALL));
      case "function_call_output" -> output(item.allow(OUTPUT));
      case "reasoning" -> reasoning(item.allow(REASONING));
      case String other ->
          throw errors.invalid(
              "Invalid value: '"
                  + other
                  + "'. Supported values are: 'function_call', 'function_call_output',"
                  + " 'item_reference', 'message', and 'reasoning'.",
              item.path(),
              "invalid_value");
    }
  }

  private void message(Fields message) {
    String role = message.text("role");
    content.count(Tokens.MESSAGE);
    switch (role) {
      case "assistant" -> {
        follows(message, "msg");
        content.read(message, "content", InputContent.ASSISTANT);
      }
      case "user" -> {
        endsThought();
        String prompt = Question.askedIn(content.read(message, "content", InputContent.USER));
        if (!prompt.isBlank()) {
          text = prompt;
          results.clear();
        }
      }
      case "system", "developer" -> {
        endsThought();
        content.read(message, "content", InputContent.USER);
      }
      case String other ->
          throw errors.invalid(
              "Invalid value: '"
                  + other
                  + "'. Supported values are: 'assistant', 'system', 'developer', and 'user'.",
              message.path(),
              "invalid_value");
    }
  }

  private void call(Fields call) {
    follows(call, "fc");
    String id = callId(call);
    if (!asked.add(id)) {
      throw errors.invalid("Duplicate function call " + id + ".", "input", null);
    }
    content.count(call.text("name"));
    content.count(call.text("arguments"));
  }

  private void output(Fields output) {
    endsThought();
    String id = callId(output);
    if (!asked.contains(id)) {
      throw errors.invalid(
          "No tool call found for function call output with call_id " + id + ".", "input", null);
    }
    if (!answered.add(id)) {
      throw errors.invalid(
          "Duplicate function call output with call_id " + id + ".", "input", null);
    }
    output.required("output");
    results.add(content.read(output, "output", InputContent.OUTPUT));
  }

  private String callId(Fields item) {
    String id = item.text("call_id");
    if (id.length() > LONGEST_CALL_ID) {
      throw errors.invalid(
          "Invalid '"
              + item.at("call_id")
              + "': string too long. Expected a string with maximum length 64, but got a string"
              + " with length "
              + id.length()
              + " instead.",
          item.at("call_id"),
          "string_above_max_length");
    }
    return id;
  }

  private void reasoning(Fields item) {
    String id = identified(item, "rs");
    item.typed("summary", JsonType.ARRAY);
    for (Fields part : item.items("summary")) {
      part.allow(Set.of("type", "text")).text("text");
    }
    state.checkReasoning(id, item);
    thoughts.add(id);
    openThought = id;
  }

  /// An item that comes of reasoning must have it before it.
  private void follows(Fields item, String prefix) {
    openThought = "";
    if (!item.has("id")) {
      return;
    }
    String id = identified(item, prefix);
    String thought = state.reasoningOf(id);
    if (thought != null && !thoughts.contains(thought)) {
      JsonNode type = item.raw("type");
      throw errors.invalid(
          "Item '"
              + id
              + "' of type '"
              + type.asString("message")
              + "' was provided without its required 'reasoning' item: '"
              + thought
              + "'.",
          "input",
          null);
    }
  }

  private void endsThought() {
    if (!openThought.isEmpty()) {
      throw unfollowed();
    }
  }

  private RuntimeException unfollowed() {
    return errors.invalid(
        "Item '"
            + openThought
            + "' of type 'reasoning' was provided without its required following item.",
        "input",
        null);
  }

  private String identified(Fields item, String prefix) {
    String id = item.text("id");
    if (!id.startsWith(prefix)) {
      throw errors.invalid(
          "Invalid '"
              + item.at("id")
              + "': '"
              + id
              + "'. Expected an ID that begins with '"
              + prefix
              + "'.",
          item.at("id"),
          "invalid_value");
    }
    return id;
  }
}
