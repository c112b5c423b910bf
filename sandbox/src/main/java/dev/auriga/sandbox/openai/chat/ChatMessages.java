// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai.chat;

import dev.auriga.sandbox.mind.Question;
import dev.auriga.sandbox.mind.Tokens;
import dev.auriga.sandbox.openai.rules.OpenAiErrors;
import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.JsonType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The checked messages of a chat request: the last prompt, the tool results after it, images and
/// tokens (OpenAI API reference, Create chat completion).
final class ChatMessages {
  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "system", Set.of("role", "content", "name"),
          "developer", Set.of("role", "content", "name"),
          "user", Set.of("role", "content", "name"),
          "assistant",
              Set.of("role", "content", "name", "refusal", "tool_calls", "annotations", "audio"),
          "tool", Set.of("role", "content", "tool_call_id"));
  private static final Set<String> TEXT = Set.of("text");
  private static final Set<String> USER = Set.of("text", "image_url", "input_audio", "file");
  private static final Set<String> ASSISTANT = Set.of("text", "refusal");

  private final OpenAiErrors errors;
  private final List<String> results = new ArrayList<>();
  private final Set<String> open = new LinkedHashSet<>();
  private final StringBuilder everything = new StringBuilder();
  private String text = "";
  private int images;
  private long tokens;
  private boolean inToolTurn;

  private ChatMessages(OpenAiErrors errors) {
    this.errors = errors;
  }

  static ChatMessages read(Fields body, OpenAiErrors errors) {
    ChatMessages read = new ChatMessages(errors);
    List<Fields> messages = body.items("messages");
    if (messages.isEmpty()) {
      throw errors.invalid(
          "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an"
              + " empty array instead.",
          "messages",
          "empty_array");
    }
    messages.forEach(read::message);
    read.checkAnswered("messages");
    return read;
  }

  String text() {
    return text;
  }

  List<String> results() {
    return List.copyOf(results);
  }

  int images() {
    return images;
  }

  long tokens() {
    return tokens;
  }

  boolean mentions(String word) {
    return everything.toString().toLowerCase(java.util.Locale.ROOT).contains(word);
  }

  private void message(Fields message) {
    String role = message.text("role");
    Set<String> known = FIELDS.get(role);
    if (known == null) {
      throw errors.invalid(
          "Invalid value: '"
              + role
              + "'. Supported values are: 'system', 'assistant', 'user', "
              + "'function', 'tool', and 'developer'.",
          message.at("role"),
          "invalid_value");
    }
    message.allow(known);
    tokens += Tokens.MESSAGE;
    switch (role) {
      case "tool" -> tool(message);
      case "assistant" -> {
        checkAnswered(message.path());
        assistant(message);
      }
      default -> {
        checkAnswered(message.path());
        inToolTurn = false;
        String said = content(message, role.equals("user") ? USER : TEXT);
        if (role.equals("user")) {
          asked(Question.askedIn(said));
        }
      }
    }
  }

  private void asked(String prompt) {
    if (!prompt.isBlank()) {
      text = prompt;
      results.clear();
    }
  }

  private void tool(Fields message) {
    String id = message.text("tool_call_id");
    if (!inToolTurn) {
      throw errors.invalid(
          "Invalid parameter: messages with role 'tool' must be a response to a preceeding message "
              + "with 'tool_calls'.",
          message.at("role"),
          null);
    }
    if (!open.remove(id)) {
      throw errors.invalid(
          "Invalid parameter: 'tool_call_id' of '"
              + id
              + "' not found in 'tool_calls' of previous "
              + "message.",
          message.at("tool_call_id"),
          null);
    }
    results.add(content(message, TEXT));
  }

  private void assistant(Fields message) {
    List<Fields> calls = message.optionalItems("tool_calls");
    inToolTurn = !calls.isEmpty();
    if (message.has("content")) {
      content(message, ASSISTANT);
    } else if (calls.isEmpty() && !message.has("refusal")) {
      throw errors.invalid(
          "Invalid value for 'content': expected a string, got null.", message.at("content"), null);
    }
    for (Fields call : calls) {
      call.allow(Set.of("id", "type", "function", "index"));
      if (!call.text("type").equals("function")) {
        throw errors.invalid(
            "Invalid value: '" + call.text("type") + "'. Supported values are: 'function'.",
            call.at("type"),
            "invalid_value");
      }
      Fields function = call.object("function").allow(Set.of("name", "arguments"));
      if (!open.add(call.text("id"))) {
        throw errors.invalid(
            "Duplicate value for 'tool_call_id' of '" + call.text("id") + "'", call.at("id"), null);
      }
      tokens += Tokens.count(function.text("name")) + Tokens.count(function.text("arguments"));
    }
  }

  private void checkAnswered(String where) {
    if (!open.isEmpty()) {
      throw errors.invalid(
          "An assistant message with 'tool_calls' must be followed by tool messages responding to"
              + " each 'tool_call_id'. The following tool_call_ids did not have response messages: "
              + String.join(", ", open),
          where,
          null);
    }
  }

  private String content(Fields message, Set<String> types) {
    JsonNode content = message.required("content");
    if (content.isString()) {
      return counted(content.asString());
    }
    if (!content.isArray()) {
      throw message.wording().wrong(message.at("content"), JsonType.STRING, content);
    }
    List<String> texts = new ArrayList<>();
    for (Fields part : message.items("content")) {
      part(part, types, texts);
    }
    return String.join("\n", texts);
  }

  private void part(Fields part, Set<String> types, List<String> texts) {
    String type = part.text("type");
    if (!types.contains(type)) {
      throw errors.invalid(
          "Invalid value: '"
              + type
              + "'. Supported values are: "
              + String.join(
                  ", ",
                  new java.util.TreeSet<>(types).stream().map(known -> "'" + known + "'").toList())
              + ".",
          part.at("type"),
          "invalid_value");
    }
    switch (type) {
      case "text" -> texts.add(counted(part.text("text")));
      case "refusal" -> counted(part.text("refusal"));
      case "image_url" -> image(part.object("image_url").allow(Set.of("url", "detail")));
      default ->
          throw errors.invalid(
              "Invalid value: '" + type + "'. This model does not support it.",
              part.at("type"),
              "invalid_value");
    }
  }

  private void image(Fields image) {
    String url = image.text("url");
    if (!url.matches("(?s)https?://.+|data:image/(png|jpe?g|gif|webp);base64,.+")) {
      throw errors.invalid(
          "Invalid '"
              + image.at("url")
              + "'. Expected a valid URL, but got a value with an invalid "
              + "format.",
          image.at("url"),
          "invalid_image_url");
    }
    images++;
    tokens += Tokens.IMAGE;
  }

  private String counted(String said) {
    tokens += Tokens.count(said);
    everything.append(said).append('\n');
    return said;
  }
}
