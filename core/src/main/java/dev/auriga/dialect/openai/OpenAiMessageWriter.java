// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.Message;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.completion.Role;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.openai.OpenAiTurn.Placed;
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
  private final Target.Host host;
  private final boolean goesOn;
  private final Set<Loss> losses;
  private final OpenAiPartWriter parts;
  private final ArrayNode written = Json.object().putArray("messages");

  OpenAiMessageWriter(Target target, Set<Loss> losses) {
    this.host = target.host();
    this.goesOn = target.capabilities().prefill();
    this.losses = losses;
    this.parts = new OpenAiPartWriter(host, losses);
  }

  ArrayNode write(List<Message> messages) {
    List<OpenAiTurn> paired = OpenAiToolTurns.paired(messages, losses);
    int lastUser = -1;
    for (int i = 0; i < paired.size(); i++) {
      lastUser = paired.get(i).role() == Role.USER ? i : lastUser;
    }
    for (int i = 0; i < paired.size(); i++) {
      OpenAiTurn message = paired.get(i);
      switch (message.role()) {
        case SYSTEM -> said("system", message);
        case DEVELOPER -> said(host == Target.Host.VENDOR ? "developer" : "system", message);
        case USER -> said("user", message);
        case ASSISTANT -> answered(message, i > lastUser);
        case TOOL -> results(message);
      }
    }
    if (!goesOn) {
      OpenAiToolTurns.checkEnd(paired, losses);
    }
    return written;
  }

  private void said(String role, OpenAiTurn message) {
    boolean user = message.role() == Role.USER;
    JsonNode content = user ? parts.content(message.parts()) : parts.words(message.parts());
    if (content != null) {
      open(role, message).set("content", content);
    }
  }

  private ObjectNode open(String role, OpenAiTurn message) {
    ObjectNode opened = written.addObject().put("role", role);
    if (message.name() != null) {
      opened.put("name", message.name());
    }
    return opened;
  }

  /// `isInToolLoop` says that no user message follows.
  private void answered(OpenAiTurn message, boolean isInToolLoop) {
    List<Placed> words = new ArrayList<>();
    List<Placed> calls = new ArrayList<>();
    String declined = null;
    for (Placed placed : message.parts()) {
      switch (placed.part()) {
        case Part.ToolCall _ -> calls.add(placed);
        case Part.Thinking _, Part.RedactedThinking _ -> {}
        case Part.Declined refusal when host == Target.Host.VENDOR ->
            declined = declined == null ? refusal.text() : declined + "\n" + refusal.text();
        case Part.Text text when text.text().isEmpty() -> {}
        case Part.Text _, Part.Declined _, Part.Image _, Part.Audio _, Part.Video _,
            Part.Document _, Part.ToolResult _, Part.Unknown _ -> words.add(placed);
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
      calls.forEach(call -> call(list.addObject(), (Part.ToolCall) call.part(), call.at()));
    }
  }

  /// The thinking that goes back: OpenAI takes none; open models want it as long as the tool loop
  /// lasts and drop it after the next user message (DeepSeek API documentation, Thinking mode).
  private @Nullable String thought(OpenAiTurn message, boolean isInToolLoop) {
    boolean goesBack = host == Target.Host.COMPATIBLE && isInToolLoop;
    StringBuilder thought = new StringBuilder();
    for (Placed placed : message.parts()) {
      switch (placed.part()) {
        case Part.RedactedThinking _ -> lost(Reason.FOREIGN_SIGNATURE, placed.at());
        case Part.Thinking(String text, Opaque signature) -> {
          if (signature != null) {
            lost(Reason.FOREIGN_SIGNATURE, placed.at() + (goesBack ? ".signature" : ""));
          } else if (!goesBack && !text.isEmpty()) {
            lost(Reason.UNSUPPORTED_PART, placed.at());
          }
          thought.append(text);
        }
        case Part.Text _, Part.Declined _, Part.Image _, Part.Audio _, Part.Video _,
            Part.Document _, Part.ToolCall _, Part.ToolResult _, Part.Unknown _ -> {}
      }
    }
    return goesBack && !thought.isEmpty() ? thought.toString() : null;
  }

  private void call(ObjectNode written, Part.ToolCall call, String at) {
    parts.unmark(call.cache(), at);
    if (call.signature() != null) {
      lost(Reason.FOREIGN_SIGNATURE, at + ".signature");
    }
    written.put("id", call.id()).put("type", "function");
    written
        .putObject("function")
        .put("name", call.name())
        .put("arguments", call.arguments().isBlank() ? "{}" : call.arguments());
  }

  private void results(OpenAiTurn message) {
    List<Placed> attached = new ArrayList<>();
    for (Placed placed : message.parts()) {
      if (placed.part() instanceof Part.ToolResult result) {
        result(result, placed, attached);
      }
    }
    JsonNode content = attached.isEmpty() ? null : parts.content(attached);
    if (content != null) {
      written.addObject().put("role", "user").set("content", content);
    }
  }

  private void result(Part.ToolResult result, Placed place, List<Placed> attached) {
    parts.unmark(result.cache(), place.at());
    List<Placed> texts = OpenAiToolTurns.texts(result, place, attached);
    if (result.failed()) {
      Part failed = OpenAiToolTurns.failed(texts.stream().map(Placed::part).toList());
      texts.clear();
      texts.add(new Placed(failed, place.at()));
    }
    JsonNode content = parts.content(texts);
    ObjectNode message = written.addObject().put("role", "tool");
    message.put("tool_call_id", result.callId());
    message.set("content", content == null ? message.stringNode("") : content);
  }

  private void lost(Reason reason, String field) {
    losses.add(new Loss(reason, field));
  }
}
