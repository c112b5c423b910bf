// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.capability.Capabilities;
import dev.auriga.completion.Citation;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.Message;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.completion.Role;
import dev.auriga.dialect.CitedText;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.openai.OpenAiAnnotations;
import dev.auriga.dialect.openai.OpenAiToolTurns;
import dev.auriga.dialect.openai.OpenAiTurn;
import dev.auriga.dialect.openai.OpenAiTurn.Placed;
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
  private final Capabilities model;
  private final Set<Loss> losses;
  private final ResponsesPartWriter parts;
  private final ArrayNode written = Json.object().putArray("input");
  private final List<Thought> reasoning = new ArrayList<>();

  /// A reasoning item that waits for what follows it.
  private record Thought(ObjectNode item, String at) {}

  ResponsesItemWriter(Target target, Set<Loss> losses) {
    this.model = target.capabilities();
    this.losses = losses;
    this.parts = new ResponsesPartWriter(target.host(), losses);
  }

  ArrayNode write(List<Message> messages) {
    List<OpenAiTurn> paired = OpenAiToolTurns.paired(messages, losses);
    for (OpenAiTurn turn : paired) {
      if (turn.name() != null) {
        lost(Reason.UNSUPPORTED_FIELD, turn.at() + ".name");
      }
      switch (turn.role()) {
        case SYSTEM -> said("system", turn.parts());
        case DEVELOPER -> said("developer", turn.parts());
        case USER -> said("user", turn.parts());
        case ASSISTANT -> answered(turn);
        case TOOL -> results(turn);
      }
    }
    if (!model.prefill()) {
      OpenAiToolTurns.checkEnd(paired, losses);
    }
    return written;
  }

  /// Unknown parts are items of their own here, so they part the message where they stand.
  private void said(String role, List<Placed> all) {
    List<Placed> content = new ArrayList<>();
    for (Placed placed : all) {
      if (placed.part() instanceof Part.Unknown unknown) {
        message(role, content);
        content.clear();
        add(parts.own(unknown, placed.at()));
      } else if (role.equals("user") || speaks(placed)) {
        content.add(placed);
      }
    }
    message(role, content);
  }

  /// Whether the part may stand where only text may; reports one that may not.
  private boolean speaks(Placed placed) {
    return switch (placed.part()) {
      case Part.Image _, Part.Audio _, Part.Video _, Part.Document _, Part.ToolResult _ -> {
        lost(Reason.UNSUPPORTED_PART, placed.at());
        yield false;
      }
      case Part.Text _, Part.Declined _, Part.Unknown _, Part.Thinking _, Part.RedactedThinking _,
          Part.ToolCall _ -> true;
    };
  }

  private void message(String role, List<Placed> content) {
    JsonNode said = content.isEmpty() ? null : parts.content(content);
    if (said != null) {
      written.addObject().put("type", "message").put("role", role).set("content", said);
    }
  }

  private void answered(OpenAiTurn turn) {
    for (Placed placed : turn.parts()) {
      String at = placed.at();
      switch (placed.part()) {
        case Part.Thinking thinking -> thought(thinking, at);
        case Part.RedactedThinking redacted -> redacted(redacted.content(), at);
        case Part.Text text -> {
          parts.unmark(text.cache(), at);
          if (!text.citations().isEmpty()) {
            add(cited(text, at));
          } else if (!text.text().isEmpty()) {
            add(Json.object().put("type", "message").put("role", "assistant").put("content", text.text()));
          }
        }
        case Part.Declined declined -> add(declined(declined.text()));
        case Part.ToolCall call -> add(call(call, at));
        case Part.Unknown unknown -> add(parts.own(unknown, at));
        case Part.Image _, Part.Audio _, Part.Video _, Part.Document _, Part.ToolResult _ ->
            speaks(placed);
      }
    }
    reasoning.forEach(thought -> lost(Reason.ORPHAN_THINKING, thought.at()));
    reasoning.clear();
  }

  private void add(@Nullable ObjectNode item) {
    if (item != null) {
      reasoning.forEach(thought -> written.add(thought.item()));
      reasoning.clear();
      written.add(item);
    }
  }

  private void thought(Part.Thinking thinking, String at) {
    Opaque signature = thinking.signature();
    if (signature != null && signature.isOf(OpenAiResponses.NAME)) {
      reasoning.add(new Thought(ResponsesReasoning.returned(signature, thinking.text()), at));
    } else if (signature != null) {
      lost(Reason.FOREIGN_SIGNATURE, at);
    } else if (!thinking.text().isEmpty()) {
      lost(Reason.UNSIGNED_THINKING, at);
    }
  }

  private void redacted(Opaque content, String at) {
    if (content.isOf(OpenAiResponses.NAME)) {
      reasoning.add(new Thought(ResponsesReasoning.returned(content, ""), at));
    } else {
      lost(Reason.FOREIGN_SIGNATURE, at);
    }
  }

  /// Only an answer has a place for a refusal and for citations, and it must have an id.
  private static ObjectNode answer(String text) {
    return Json.object()
        .put("type", "message")
        .put("id", "msg_%08x".formatted(text.hashCode()))
        .put("role", "assistant")
        .put("status", "completed");
  }

  private static ObjectNode declined(String text) {
    ObjectNode item = answer(text);
    item.putArray("content").addObject().put("type", "refusal").put("refusal", text);
    return item;
  }

  private ObjectNode cited(Part.Text text, String at) {
    ObjectNode item = answer(text.text());
    ObjectNode part =
        item.putArray("content").addObject().put("type", "output_text").put("text", text.text());
    ArrayNode annotations = part.putArray("annotations");
    part.putArray("logprobs");
    CitedText all = new CitedText();
    all.add(text.text());
    text.citations().forEach(all::cite);
    for (Citation citation : all.endPart()) {
      ObjectNode each = OpenAiAnnotations.flat(citation, OpenAiResponses.NAME, at, losses);
      if (each != null) {
        annotations.add(each);
      }
    }
    return item;
  }

  private ObjectNode call(Part.ToolCall call, String at) {
    parts.unmark(call.cache(), at);
    if (call.signature() != null) {
      lost(Reason.FOREIGN_SIGNATURE, at + ".signature");
    }
    return Json.object()
        .put("type", "function_call")
        .put("call_id", call.id())
        .put("name", call.name())
        .put("arguments", call.arguments().isBlank() ? "{}" : call.arguments());
  }

  private void results(OpenAiTurn turn) {
    List<Placed> attached = new ArrayList<>();
    for (Placed placed : turn.parts()) {
      if (placed.part() instanceof Part.ToolResult result) {
        parts.unmark(result.cache(), placed.at());
        List<Placed> content =
            model.tools().mediaInResults()
                ? placed.contentOf(result)
                : OpenAiToolTurns.texts(result, placed, attached);
        JsonNode output = parts.content(result.failed() ? failed(content, placed.at()) : content);
        ObjectNode item = written.addObject().put("type", "function_call_output");
        item.put("call_id", result.callId());
        item.set("output", output == null ? item.stringNode("") : output);
      }
    }
    if (!attached.isEmpty()) {
      said("user", attached);
    }
  }

  private static List<Placed> failed(List<Placed> content, String at) {
    List<Part> texts = new ArrayList<>();
    List<Placed> others = new ArrayList<>();
    for (Placed placed : content) {
      if (placed.part() instanceof Part.Text text) {
        texts.add(text);
      } else {
        others.add(placed);
      }
    }
    others.addFirst(new Placed(OpenAiToolTurns.failed(texts), at));
    return others;
  }

  private void lost(Reason reason, String field) {
    losses.add(new Loss(reason, field));
  }
}
