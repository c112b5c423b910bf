// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.Loss;
import dev.auriga.completion.Message;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.completion.Role;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.openai.OpenAiNames;
import dev.auriga.dialect.openai.OpenAiToolTurns;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a conversation as the items of `input`.
///
/// Roles may come in any order, so turns stay where they are, system messages too; only the results
/// of tool calls move behind their calls. A reasoning item is refused without the item that
/// followed it ("provided without its required following item"), so one at the end of a turn is
/// left out. Source: OpenAI OpenAPI document, `InputItem`; OpenAI documentation, Reasoning models.
final class ResponsesItemWriter {
  /// `FunctionCallOutputItemParam` allows a `call_id` of 1 to 64 characters.
  private static final int LONGEST_ID = 64;

  private final Set<Loss> losses;
  private final ResponsesPartWriter parts;
  private final ArrayNode written = Json.object().putArray("input");
  private final List<ObjectNode> reasoning = new ArrayList<>();

  ResponsesItemWriter(Target.Host host, Set<Loss> losses) {
    this.losses = losses;
    this.parts = new ResponsesPartWriter(host, losses);
  }

  ArrayNode write(List<Message> messages) {
    List<Message> paired = OpenAiToolTurns.paired(messages, losses);
    for (Message message : paired) {
      if (message.name() != null) {
        lost("unsupported-field", "messages.name");
      }
      switch (message.role()) {
        case SYSTEM -> said("system", message.parts());
        case DEVELOPER -> said("developer", message.parts());
        case USER -> said("user", message.parts());
        case ASSISTANT -> answered(message);
        case TOOL -> results(message);
      }
    }
    if (!paired.isEmpty() && paired.getLast().role() == Role.ASSISTANT) {
      lost("unsupported-field", "messages.prefill");
    }
    return written;
  }

  /// Unknown parts are items of their own here, so they part the message where they stand.
  private void said(String role, List<Part> all) {
    List<Part> content = new ArrayList<>();
    for (Part part : all) {
      if (part instanceof Part.Unknown unknown) {
        message(role, content);
        content.clear();
        add(parts.own(unknown));
      } else if (role.equals("user") || speaks(part)) {
        content.add(part);
      }
    }
    message(role, content);
  }

  /// Whether the part may stand where only text may; reports one that may not.
  private boolean speaks(Part part) {
    String field =
        switch (part) {
          case Part.Image _ -> "messages.image";
          case Part.Audio _ -> "messages.audio";
          case Part.Video _ -> "messages.video";
          case Part.Document _ -> "messages.document";
          case Part.ToolResult _ -> "messages.tool_result";
          case Part.Text _, Part.Declined _, Part.Unknown _, Part.Thinking _,
              Part.RedactedThinking _, Part.ToolCall _ -> "";
        };
    if (!field.isEmpty()) {
      lost("foreign-part", field);
    }
    return field.isEmpty();
  }

  private void message(String role, List<Part> content) {
    JsonNode said = content.isEmpty() ? null : parts.content(content);
    if (said != null) {
      written.addObject().put("type", "message").put("role", role).set("content", said);
    }
  }

  private void answered(Message turn) {
    for (Part part : turn.parts()) {
      switch (part) {
        case Part.Thinking thinking -> thought(thinking);
        case Part.RedactedThinking redacted -> redacted(redacted.content());
        case Part.Text text -> {
          parts.unmark(text.cache());
          if (!text.text().isEmpty()) {
            add(Json.object().put("type", "message").put("role", "assistant").put("content", text.text()));
          }
        }
        case Part.Declined declined -> add(declined(declined.text()));
        case Part.ToolCall call -> add(call(call));
        case Part.Unknown unknown -> add(parts.own(unknown));
        case Part.Image _, Part.Audio _, Part.Video _, Part.Document _, Part.ToolResult _ ->
            speaks(part);
      }
    }
    if (!reasoning.isEmpty()) {
      lost("orphan", "messages.thinking");
      reasoning.clear();
    }
  }

  private void add(@Nullable ObjectNode item) {
    if (item != null) {
      reasoning.forEach(written::add);
      reasoning.clear();
      written.add(item);
    }
  }

  private void thought(Part.Thinking thinking) {
    Opaque signature = thinking.signature();
    if (signature != null && signature.origin().equals(OpenAiResponses.NAME)) {
      reasoning.add(ResponsesReasoning.returned(signature, thinking.text()));
      return;
    }
    if (signature != null) {
      lost("foreign-signature", "messages.thinking.signature");
    }
    if (!thinking.text().isEmpty()) {
      lost("unsupported-field", "messages.thinking");
    }
  }

  private void redacted(Opaque content) {
    if (content.origin().equals(OpenAiResponses.NAME)) {
      reasoning.add(ResponsesReasoning.returned(content, ""));
    } else {
      lost("foreign-signature", "messages.redacted_thinking");
    }
  }

  /// Only an answer has a place for a refusal, and it must have an id.
  private static ObjectNode declined(String text) {
    ObjectNode item =
        Json.object()
            .put("type", "message")
            .put("id", "msg_%08x".formatted(text.hashCode()))
            .put("role", "assistant")
            .put("status", "completed");
    item.putArray("content").addObject().put("type", "refusal").put("refusal", text);
    return item;
  }

  private ObjectNode call(Part.ToolCall call) {
    parts.unmark(call.cache());
    if (call.signature() != null) {
      lost("foreign-signature", "messages.tool_call.signature");
    }
    return Json.object()
        .put("type", "function_call")
        .put("call_id", OpenAiNames.callId(call.id(), LONGEST_ID))
        .put("name", call.name())
        .put("arguments", call.arguments().isBlank() ? "{}" : call.arguments());
  }

  private void results(Message message) {
    for (Part part : message.parts()) {
      if (part instanceof Part.ToolResult result) {
        parts.unmark(result.cache());
        JsonNode output = parts.content(contentOf(result));
        ObjectNode item = written.addObject().put("type", "function_call_output");
        item.put("call_id", OpenAiNames.callId(result.callId(), LONGEST_ID));
        item.set("output", output == null ? item.stringNode("") : output);
      }
    }
  }

  private static List<Part> contentOf(Part.ToolResult result) {
    if (!result.failed()) {
      return result.content();
    }
    List<Part> texts = new ArrayList<>();
    List<Part> others = new ArrayList<>();
    result.content().forEach(part -> (part instanceof Part.Text ? texts : others).add(part));
    others.addFirst(OpenAiToolTurns.failed(texts));
    return others;
  }

  private void lost(String reason, String field) {
    losses.add(new Loss(reason, field));
  }
}
