// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Citation;
import dev.auriga.completion.Message;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.completion.Role;
import dev.auriga.dialect.CitedText;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Leftovers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the conversation of a Chat Completions request; `tool` messages that follow each other
/// become one message of tool results.
///
/// The deprecated `function_call` and the role `function` have no ids: a call gets one from its
/// place, and a result takes the one of the last call of its name. Thinking comes back as
/// `reasoning_content` (DeepSeek, vLLM) or `reasoning` (OpenRouter), and Gemini's signature in
/// `extra_content.google.thought_signature`, where Google's own OpenAI endpoint puts it. Sources:
/// OpenAI OpenAPI document, `ChatCompletionRequestMessage`; Gemini API documentation, OpenAI
/// compatibility and Thought signatures.
final class OpenAiMessageReader {
  /// The dialect Gemini's signatures belong to.
  static final String GEMINI = "gemini";

  private static final Set<String> SAID =
      Set.of("role", "content", "name", "tool_call_id", "cache_control");
  private static final Set<String> ANSWER =
      Set.of(
          "role", "content", "name", "cache_control", "refusal", "reasoning_content", "reasoning",
          "tool_calls", "function_call", "annotations");
  private static final Set<String> CALL =
      Set.of("index", "id", "type", "function", "custom", "cache_control", "extra_content");

  private final List<Message> messages = new ArrayList<>();
  private final List<Part> results = new ArrayList<>();
  private final Map<String, String> functionCalls = new HashMap<>();

  private final Leftovers leftovers;

  private OpenAiMessageReader(Leftovers leftovers) {
    this.leftovers = leftovers;
  }

  /// What messages and their parts have beside what is read of them goes to `leftovers`.
  static List<Message> read(List<OpenAiFields> all, Leftovers leftovers) {
    OpenAiMessageReader reader = new OpenAiMessageReader(leftovers);
    all.forEach(reader::message);
    reader.endResults();
    return reader.messages;
  }

  private void message(OpenAiFields message) {
    String role = message.needText("role");
    leftovers.keepRest(message.node(), message.path(), role.equals("assistant") ? ANSWER : SAID);
    switch (role) {
      case "tool" -> results.add(result(message, message.needText("tool_call_id"), null));
      case "function" -> {
        String name = message.needText("name");
        results.add(result(message, functionCalls.getOrDefault(name, name), name));
      }
      case "system" -> add(Role.SYSTEM, message, said(message));
      case "developer" -> add(Role.DEVELOPER, message, said(message));
      case "user" -> add(Role.USER, message, said(message));
      case "assistant" -> add(Role.ASSISTANT, message, answered(message));
      default ->
          throw message.wrong(
              "role", "must be system, developer, user, assistant or tool, not " + shortened(role));
    }
  }

  private void add(Role role, OpenAiFields message, List<Part> parts) {
    endResults();
    messages.add(new Message(role, parts, message.text("name")));
  }

  private void endResults() {
    if (!results.isEmpty()) {
      messages.add(new Message(Role.TOOL, results, null));
      results.clear();
    }
  }

  private Part result(OpenAiFields message, String callId, @Nullable String name) {
    List<Part> content = OpenAiPartReader.content(message, leftovers);
    return new Part.ToolResult(callId, name, content, false, OpenAiPartReader.mark(message));
  }

  private List<Part> said(OpenAiFields message) {
    if (message.any("content") == null) {
      throw message.wrong("content", "is missing, must be a string or an array of parts");
    }
    return OpenAiPartReader.marked(message, leftovers);
  }

  private List<Part> answered(OpenAiFields message) {
    List<Part> parts = new ArrayList<>();
    String thought = thought(message.node());
    if (thought != null) {
      parts.add(new Part.Thinking(thought, null));
    }
    for (Part part : OpenAiPartReader.marked(message, leftovers)) {
      if (!(part instanceof Part.Text text && text.text().isEmpty())) {
        parts.add(part);
      }
    }
    List<Citation> cited =
        OpenAiReplyReader.annotations(message.node(), message.path(), leftovers);
    if (!cited.isEmpty()) {
      List<Part> all = CitedText.cited(parts, cited);
      parts.clear();
      parts.addAll(all);
    }
    String declined = message.text("refusal");
    if (declined != null && !declined.isEmpty()) {
      parts.add(new Part.Declined(declined));
    }
    message.objects("tool_calls").forEach(call -> parts.add(call(call)));
    OpenAiFields legacy = message.object("function_call");
    if (legacy != null) {
      String name = legacy.needText("name");
      String id = "call_function_" + messages.size();
      functionCalls.put(name, id);
      parts.add(Part.ToolCall.of(id, name, arguments(legacy)));
    }
    return parts;
  }

  private Part call(OpenAiFields call) {
    leftovers.keepRest(call.node(), call.path(), CALL);
    OpenAiFields custom = call.object("custom");
    if (custom != null) {
      String input = custom.text("input");
      return Part.ToolCall.of(
          call.needText("id"), custom.needText("name"), OpenAiFreeForm.arguments(input == null ? "" : input));
    }
    OpenAiFields function = call.object("function");
    if (function == null) {
      return new Part.Unknown(OpenAiChat.NAME, Json.raw(call.node()));
    }
    return new Part.ToolCall(
        call.needText("id"),
        function.needText("name"),
        arguments(function),
        signature(call.node()),
        OpenAiPartReader.mark(call));
  }

  private static String arguments(OpenAiFields function) {
    String arguments = function.text("arguments");
    return arguments == null || arguments.isBlank() ? "{}" : arguments;
  }

  /// The thinking in a message or delta, null when there is none.
  static @Nullable String thought(JsonNode message) {
    for (String name : List.of("reasoning_content", "reasoning")) {
      JsonNode thought = message.path(name);
      if (thought.isString() && !thought.stringValue().isEmpty()) {
        return thought.stringValue();
      }
    }
    return null;
  }

  /// Gemini's signature on a tool call, null when there is none.
  static @Nullable Opaque signature(JsonNode call) {
    JsonNode signature = call.path("extra_content").path("google").path("thought_signature");
    return signature.isString() ? new Opaque(GEMINI, signature.stringValue()) : null;
  }

  private static String shortened(String word) {
    return word.length() <= 20 ? word : word.substring(0, 20) + "…";
  }
}
