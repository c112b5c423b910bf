// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.anthropic;

import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.mind.Thought;
import dev.auriga.sandbox.mind.Thought.ToolCall;
import dev.auriga.sandbox.mind.Tokens;
import dev.auriga.sandbox.protocol.Event;
import dev.auriga.sandbox.protocol.Event.Part;
import dev.auriga.sandbox.protocol.Json;
import dev.auriga.sandbox.protocol.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes one message, whole or as the stream of the Messages API: message_start, ping, for each
/// block start, deltas and stop, message_delta, message_stop (Anthropic API reference, Streaming).
record MessageWriter(ModelCard card, String id, MessageUsage usage) {
  private static final int ARGUMENT_SLICE = 12;

  /// What a message says: the thought, the block its thinking is shown in, an id per call.
  record Content(Thought thought, @Nullable ObjectNode thinking, List<String> callIds) {
    Content {
      callIds = List.copyOf(callIds);
    }
  }

  Reply whole(Content content, Map<String, String> headers) {
    ObjectNode message = message();
    ArrayNode blocks = message.putArray("content");
    blocks(content).forEach(blocks::add);
    stop(message, content.thought());
    message.set("usage", usage.complete());
    return Json.reply(200, headers, message, new Reply.Served(card, usage.usage()));
  }

  Reply streamed(Content content, Map<String, String> headers) {
    List<Event> events = new ArrayList<>();
    events.add(start());
    List<ObjectNode> blocks = blocks(content);
    for (int index = 0; index < blocks.size(); index++) {
      block(events, index, blocks.get(index));
      if (index == 0) {
        events.add(2, event("ping", Json.object().put("type", "ping"), Part.OPENING, 0));
      }
    }
    end(events, content.thought());
    return stream(events, headers);
  }

  /// The answer to a prompt that classifiers stop: no content, stop reason `refusal`.
  Reply refusal(boolean stream, Map<String, String> headers) {
    Thought nothing = new Thought("", "", List.of(), Thought.Stop.FILTERED, null);
    Content content = new Content(nothing, null, List.of());
    return stream ? streamed(content, headers) : whole(content, headers);
  }

  private Reply stream(List<Event> events, Map<String, String> headers) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("content-type", "text/event-stream; charset=utf-8");
    all.put("cache-control", "no-cache");
    return new Reply.Streamed(all, events, new Reply.Served(card, usage.usage()));
  }

  private ObjectNode message() {
    return Json.object()
        .put("id", id)
        .put("type", "message")
        .put("role", "assistant")
        .put("model", card.answersAs());
  }

  private Event start() {
    ObjectNode message = message();
    message.putArray("content");
    message.putNull("stop_reason").putNull("stop_sequence");
    message.set("usage", usage.whole(1));
    ObjectNode data = Json.object().put("type", "message_start");
    data.set("message", message);
    return event("message_start", data, Part.OPENING, 0);
  }

  private List<ObjectNode> blocks(Content content) {
    List<ObjectNode> blocks = new ArrayList<>();
    Thought thought = content.thought();
    if (content.thinking() != null) {
      blocks.add(content.thinking());
    }
    if (!thought.text().isEmpty()) {
      blocks.add(Json.object().put("type", "text").put("text", thought.text()));
    }
    for (int index = 0; index < thought.calls().size(); index++) {
      ToolCall call = thought.calls().get(index);
      ObjectNode block =
          Json.object()
              .put("type", "tool_use")
              .put("id", content.callIds().get(index))
              .put("name", call.name());
      block.set("input", call.arguments());
      blocks.add(block);
    }
    return blocks;
  }

  private static void block(List<Event> events, int index, ObjectNode block) {
    ObjectNode empty = block.deepCopy();
    List<Event> deltas = new ArrayList<>();
    switch (block.path("type").asString()) {
      case "thinking" -> {
        empty.put("thinking", "").put("signature", "");
        for (String piece : Tokens.pieces(block.path("thinking").asString())) {
          deltas.add(delta(index, "thinking_delta", "thinking", piece));
        }
        deltas.add(
            delta(index, "signature_delta", "signature", block.path("signature").asString()));
      }
      case "redacted_thinking" -> {}
      case "text" -> {
        empty.put("text", "");
        for (String piece : Tokens.pieces(block.path("text").asString())) {
          deltas.add(delta(index, "text_delta", "text", piece));
        }
      }
      default -> {
        empty.set("input", Json.object());
        deltas.add(delta(index, "input_json_delta", "partial_json", ""));
        String input = block.path("input").toString();
        for (String slice :
            input.equals("{}") ? List.<String>of() : Tokens.slices(input, ARGUMENT_SLICE)) {
          deltas.add(delta(index, "input_json_delta", "partial_json", slice));
        }
      }
    }
    ObjectNode start = Json.object().put("type", "content_block_start").put("index", index);
    start.set("content_block", empty);
    events.add(event("content_block_start", start, index == 0 ? Part.OPENING : Part.CONTENT, 0));
    events.addAll(deltas);
    ObjectNode stop = Json.object().put("type", "content_block_stop").put("index", index);
    events.add(event("content_block_stop", stop, Part.CONTENT, 0));
  }

  private static Event delta(int index, String type, String field, String piece) {
    ObjectNode data = Json.object().put("type", "content_block_delta").put("index", index);
    data.set("delta", Json.object().put("type", type).put(field, piece));
    int tokens = type.equals("signature_delta") ? 0 : Tokens.count(piece);
    return event("content_block_delta", data, Part.CONTENT, tokens);
  }

  private void end(List<Event> events, Thought thought) {
    ObjectNode delta = Json.object();
    stop(delta, thought);
    ObjectNode data = Json.object().put("type", "message_delta");
    data.set("delta", delta);
    data.set("usage", usage.cumulative());
    events.add(event("message_delta", data, Part.CLOSING, 0));
    events.add(event("message_stop", Json.object().put("type", "message_stop"), Part.TERMINAL, 0));
  }

  private static void stop(ObjectNode target, Thought thought) {
    String reason =
        switch (thought.stop()) {
          case DONE -> "end_turn";
          case LENGTH -> "max_tokens";
          case STOP_SEQUENCE -> "stop_sequence";
          case TOOLS -> "tool_use";
          case FILTERED -> "refusal";
        };
    @Nullable String sequence = thought.stopSequence();
    target.put("stop_reason", reason).put("stop_sequence", sequence);
    if (thought.stop() == Thought.Stop.FILTERED) {
      target.set(
          "stop_details",
          Json.object()
              .put("type", "refusal")
              .putNull("category")
              .put("explanation", "This request was declined by a safety classifier."));
    }
  }

  private static Event event(String name, ObjectNode data, Part part, int tokens) {
    return Event.of("event: " + name + "\ndata: " + data + "\n\n", part, tokens);
  }
}
