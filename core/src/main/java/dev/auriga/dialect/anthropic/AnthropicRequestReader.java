// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.completion.AnswerFormat;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Message;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Role;
import dev.auriga.completion.Sampling;
import dev.auriga.completion.Tool;
import dev.auriga.completion.ToolChoice;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Leftovers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads one Messages request into the neutral vocabulary.
///
/// What has no neutral word is kept among the extras: a top-level field under its name, a field
/// inside something that was read under its path (`tools[0].input_examples`), so that a writer can
/// name it as lost. Source: Anthropic API reference, Messages (request body).
final class AnthropicRequestReader {
  private static final Set<String> READ =
      Set.of(
          "model", "messages", "system", "max_tokens", "stream", "stop_sequences", "temperature",
          "top_p", "top_k", "tools", "tool_choice", "thinking", "output_config", "output_format",
          "metadata");

  private final ObjectNode body;
  private final Map<String, RawJson> extras = new LinkedHashMap<>();
  private final Leftovers leftovers = new Leftovers();
  private final AnthropicBlockReader blocks = new AnthropicBlockReader(leftovers);

  AnthropicRequestReader(ObjectNode body) {
    this.body = body;
  }

  CompletionRequest read() {
    CompletionRequest.Builder request =
        CompletionRequest.to(
            AnthropicFields.requireModel(AnthropicFields.textOrNull(body, "model", "")));
    system(request);
    messages(request);
    tools(request);
    toolChoice(request);
    JsonNode metadata = AnthropicFields.object(body, "metadata", "");
    leftovers.keepRest(metadata, "metadata", Set.of("user_id"));
    request
        .maxTokens(AnthropicFields.countOrNull(body, "max_tokens", ""))
        .sampling(sampling())
        .stopSequences(stopSequences())
        .thinking(AnthropicThinking.read(body, extras))
        .format(format())
        .user(AnthropicFields.textOrNull(metadata, "user_id", "metadata"))
        .streamed(Boolean.TRUE.equals(AnthropicFields.flagOrNull(body, "stream", "")));
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      if (!READ.contains(field.getKey())) {
        extras.put(field.getKey(), Json.raw(field.getValue()));
      }
    }
    extras.putAll(leftovers.fields());
    return request.extras(extras).build();
  }

  private void system(CompletionRequest.Builder request) {
    JsonNode system = body.path("system");
    if (system.isMissingNode() || system.isNull()) {
      return;
    }
    List<Part> parts = blocks.content(system, "system");
    if (!parts.isEmpty()) {
      request.message(new Message(Role.SYSTEM, parts, null));
    }
  }

  private void messages(CompletionRequest.Builder request) {
    JsonNode messages = AnthropicFields.array(body, "messages", "");
    if (messages.isEmpty()) {
      throw Json.wrong("messages", "must have at least one message");
    }
    for (int i = 0; i < messages.size(); i++) {
      String at = "messages[" + i + "]";
      JsonNode message = messages.get(i);
      if (!message.isObject()) {
        throw Json.wrong(at, "must be an object");
      }
      List<Part> parts = blocks.content(message.path("content"), at + ".content");
      leftovers.keepRest(message, at, Set.of("role", "content"));
      switch (AnthropicFields.text(message, "role", at)) {
        case "user" -> userTurn(parts, request);
        case "assistant" -> request.message(new Message(Role.ASSISTANT, parts, null));
        case "system" -> request.message(new Message(Role.SYSTEM, parts, null));
        default -> throw Json.wrong(at + ".role", "must be user, assistant or system");
      }
    }
  }

  /// Results become a message of their own before whatever else the turn says.
  private static void userTurn(List<Part> parts, CompletionRequest.Builder request) {
    List<Part> results = new ArrayList<>();
    List<Part> others = new ArrayList<>();
    for (Part part : parts) {
      (part instanceof Part.ToolResult ? results : others).add(part);
    }
    if (!results.isEmpty()) {
      request.message(new Message(Role.TOOL, results, null));
    }
    if (!others.isEmpty() || results.isEmpty()) {
      request.message(new Message(Role.USER, others, null));
    }
  }

  private void tools(CompletionRequest.Builder request) {
    JsonNode tools = AnthropicFields.array(body, "tools", "");
    for (int i = 0; i < tools.size(); i++) {
      String at = "tools[" + i + "]";
      JsonNode tool = tools.get(i);
      if (!tool.isObject()) {
        throw Json.wrong(at, "must be an object");
      }
      String type = AnthropicFields.textOrNull(tool, "type", at);
      request.tool(
          type == null || type.equals("custom") ? function(tool, at) : hosted(tool, type, at));
    }
  }

  private Tool function(JsonNode tool, String at) {
    JsonNode schema = AnthropicFields.object(tool, "input_schema", at);
    if (!schema.isObject()) {
      throw Json.wrong(at + ".input_schema", "is missing");
    }
    leftovers.keepRest(
        tool, at, Set.of("type", "name", "description", "input_schema", "strict", "cache_control"));
    return new Tool.Function(
        AnthropicFields.text(tool, "name", at),
        AnthropicFields.textOrNull(tool, "description", at),
        Json.raw(schema),
        AnthropicFields.flagOrNull(tool, "strict", at),
        AnthropicBlockReader.cacheMark(tool, at));
  }

  private static Tool hosted(JsonNode tool, String type, String at) {
    String name = AnthropicFields.textOrNull(tool, "name", at);
    return new Tool.Hosted(AnthropicMessages.NAME, name == null ? type : name, Json.raw(tool));
  }

  private void toolChoice(CompletionRequest.Builder request) {
    JsonNode choice = AnthropicFields.object(body, "tool_choice", "");
    if (!choice.isObject()) {
      return;
    }
    Boolean disabled =
        AnthropicFields.flagOrNull(choice, "disable_parallel_tool_use", "tool_choice");
    request.parallelToolCalls(disabled == null ? null : !disabled);
    request.toolChoice(
        switch (AnthropicFields.text(choice, "type", "tool_choice")) {
          case "auto" -> new ToolChoice.Auto();
          case "any" -> new ToolChoice.Required();
          case "none" -> new ToolChoice.None();
          case "tool" ->
              new ToolChoice.Named(AnthropicFields.text(choice, "name", "tool_choice"));
          default -> throw Json.wrong("tool_choice.type", "must be auto, any, tool or none");
        });
  }

  private Sampling sampling() {
    return new Sampling(
        AnthropicFields.numberOrNull(body, "temperature", ""),
        AnthropicFields.numberOrNull(body, "top_p", ""),
        AnthropicFields.countOrNull(body, "top_k", ""),
        null, null, null);
  }

  private List<String> stopSequences() {
    List<String> sequences = new ArrayList<>();
    for (JsonNode sequence : AnthropicFields.array(body, "stop_sequences", "")) {
      if (!sequence.isString()) {
        throw Json.wrong("stop_sequences[%d]".formatted(sequences.size()), "must be a string");
      }
      sequences.add(sequence.stringValue());
    }
    return sequences;
  }

  /// `output_config.format`, or `output_format` as the beta called it.
  private AnswerFormat format() {
    JsonNode config = AnthropicFields.object(body, "output_config", "");
    AnswerFormat format = format(config, "format", "output_config");
    return format != null
        ? format
        : java.util.Objects.requireNonNullElseGet(
            format(body, "output_format", ""), AnswerFormat.Text::new);
  }

  private @Nullable AnswerFormat format(JsonNode parent, String field, String at) {
    JsonNode format = AnthropicFields.object(parent, field, at);
    if (!format.isObject()) {
      return null;
    }
    String path = AnthropicFields.path(at, field);
    JsonNode schema = format.path("schema");
    if (!"json_schema".equals(AnthropicFields.textOrNull(format, "type", path))) {
      extras.put(path, Json.raw(format));
      return null;
    }
    if (!schema.isObject()) {
      throw Json.wrong(path + ".schema", "must be a JSON Schema object");
    }
    return new AnswerFormat.JsonSchema("answer", Json.raw(schema), true);
  }
}
