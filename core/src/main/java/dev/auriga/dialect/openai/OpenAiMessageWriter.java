// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Loss;
import dev.auriga.completion.Message;
import dev.auriga.completion.Part;
import dev.auriga.completion.Role;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a conversation as Chat Completions messages.
///
/// Roles may come in any order there, so turns stay as they are; only the results of tool calls
/// move behind their calls. A `tool` message holds text alone: other content of results follows in
/// one user message behind the results of that turn, so that they stay together. Source: OpenAI
/// OpenAPI document, `ChatCompletionRequestMessage`.
final class OpenAiMessageWriter {
  /// OpenAI refuses a longer tool call id ("string too long … maximum length 40").
  private static final int LONGEST_ID = 40;

  private final Target.Host host;
  private final Set<Loss> losses;
  private final OpenAiPartWriter parts;
  private final ArrayNode written = Json.object().putArray("messages");

  OpenAiMessageWriter(Target.Host host, Set<Loss> losses) {
    this.host = host;
    this.losses = losses;
    this.parts = new OpenAiPartWriter(host, losses);
  }

  ArrayNode write(List<Message> messages) {
    List<Message> paired = OpenAiToolTurns.paired(messages, losses);
    int lastUser = -1;
    for (int i = 0; i < paired.size(); i++) {
      lastUser = paired.get(i).role() == Role.USER ? i : lastUser;
    }
    for (int i = 0; i < paired.size(); i++) {
      Message message = paired.get(i);
      switch (message.role()) {
        case SYSTEM -> said("system", message);
        case DEVELOPER -> said(host == Target.Host.VENDOR ? "developer" : "system", message);
        case USER -> said("user", message);
        case ASSISTANT -> answered(message, i > lastUser);
        case TOOL -> results(message);
      }
    }
    if (!paired.isEmpty() && paired.getLast().role() == Role.ASSISTANT) {
      losses.add(new Loss("unsupported-field", "messages.prefill"));
    }
    return written;
  }

  private void said(String role, Message message) {
    boolean user = message.role() == Role.USER;
    JsonNode content = user ? parts.content(message.parts()) : parts.words(message.parts());
    if (content != null) {
      open(role, message).set("content", content);
    }
  }

  private ObjectNode open(String role, Message message) {
    ObjectNode opened = written.addObject().put("role", role);
    if (message.name() != null) {
      opened.put("name", message.name());
    }
    return opened;
  }

  /// `isInToolLoop` says that no user message follows.
  private void answered(Message message, boolean isInToolLoop) {
    List<Part> words = new ArrayList<>();
    List<Part.ToolCall> calls = new ArrayList<>();
    String declined = null;
    for (Part part : message.parts()) {
      switch (part) {
        case Part.ToolCall call -> calls.add(call);
        case Part.Thinking _, Part.RedactedThinking _ -> {}
        case Part.Declined refusal when host == Target.Host.VENDOR ->
            declined = declined == null ? refusal.text() : declined + "\n" + refusal.text();
        case Part.Text text when text.text().isEmpty() -> {}
        case Part.Text _, Part.Declined _, Part.Image _, Part.Audio _, Part.Video _,
            Part.Document _, Part.ToolResult _, Part.Unknown _ -> words.add(part);
      }
    }
    String thought = thought(message, isInToolLoop);
    JsonNode content = parts.words(words);
    if (content == null && declined == null && calls.isEmpty()) {
      return;
    }
    ObjectNode turn = open("assistant", message);
    if (thought != null) {
      turn.put("reasoning_content", thought);
    }
    turn.set("content", content == null ? turn.nullNode() : content);
    if (declined != null) {
      turn.put("refusal", declined);
    }
    if (!calls.isEmpty()) {
      ArrayNode list = turn.putArray("tool_calls");
      calls.forEach(call -> call(list.addObject(), call));
    }
  }

  /// The thinking that goes back: OpenAI takes none; open models want it as long as the tool loop
  /// lasts and drop it after the next user message (DeepSeek API documentation, Thinking mode).
  private @Nullable String thought(Message message, boolean isInToolLoop) {
    StringBuilder thought = new StringBuilder();
    for (Part part : message.parts()) {
      if (part instanceof Part.RedactedThinking) {
        losses.add(new Loss("foreign-signature", "messages.redacted_thinking"));
      } else if (part instanceof Part.Thinking thinking) {
        if (thinking.signature() != null) {
          losses.add(new Loss("foreign-signature", "messages.thinking.signature"));
        }
        thought.append(thinking.text());
      }
    }
    if (thought.isEmpty()) {
      return null;
    }
    if (host == Target.Host.COMPATIBLE && isInToolLoop) {
      return thought.toString();
    }
    losses.add(new Loss("unsupported-field", "messages.thinking"));
    return null;
  }

  private void call(ObjectNode written, Part.ToolCall call) {
    parts.unmark(call.cache());
    if (call.signature() != null) {
      losses.add(new Loss("foreign-signature", "messages.tool_call.signature"));
    }
    written.put("id", OpenAiNames.callId(call.id(), LONGEST_ID)).put("type", "function");
    written
        .putObject("function")
        .put("name", call.name())
        .put("arguments", call.arguments().isBlank() ? "{}" : call.arguments());
  }

  private void results(Message message) {
    List<Part> attached = new ArrayList<>();
    for (Part part : message.parts()) {
      if (part instanceof Part.ToolResult result) {
        result(result, attached);
      }
    }
    JsonNode content = attached.isEmpty() ? null : parts.content(attached);
    if (content != null) {
      written.addObject().put("role", "user").set("content", content);
    }
  }

  private void result(Part.ToolResult result, List<Part> attached) {
    parts.unmark(result.cache());
    List<Part> texts = new ArrayList<>();
    List<Part> others = new ArrayList<>();
    result.content().forEach(part -> (part instanceof Part.Text ? texts : others).add(part));
    if (!others.isEmpty()) {
      attached.add(Part.Text.of("Attached to the result of " + OpenAiNames.callId(result.callId(), LONGEST_ID) + ":"));
      attached.addAll(others);
      if (Part.textOf(texts).isBlank()) {
        texts.clear();
        texts.add(Part.Text.of("The result is attached to the next user message."));
      }
    }
    JsonNode content = parts.content(result.failed() ? List.of(OpenAiToolTurns.failed(texts)) : texts);
    ObjectNode message = written.addObject().put("role", "tool");
    message.put("tool_call_id", OpenAiNames.callId(result.callId(), LONGEST_ID));
    message.set("content", content == null ? message.stringNode("") : content);
  }
}
