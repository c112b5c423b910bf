// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai.responses;

import dev.auriga.sandbox.mind.Dice;
import dev.auriga.sandbox.mind.Tokens;
import dev.auriga.sandbox.protocol.Event;
import dev.auriga.sandbox.protocol.Event.Part;
import dev.auriga.sandbox.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a response as the stream of its numbered events. Each item is added, told piece by piece
/// and done; the last event has the response whole (OpenAI OpenAPI document,
/// `ResponseStreamEvent`; recorded streams, which have no `[DONE]`).
final class ResponsesWriter {
  private static final int ARGUMENT_SLICE = 8;
  private static final int PADDING = 16;

  private final boolean obfuscates;
  private final List<Event> events = new ArrayList<>();

  ResponsesWriter(boolean obfuscates) {
    this.obfuscates = obfuscates;
  }

  /// The events of a response that began and ended like this.
  List<Event> events(ObjectNode begun, ObjectNode ended) {
    response("response.created", begun, Part.OPENING);
    response("response.in_progress", begun, Part.OPENING);
    int index = 0;
    for (JsonNode item : ended.path("output")) {
      item((ObjectNode) item, index++);
    }
    response("response." + ended.path("status").asString(), ended, Part.TERMINAL);
    return List.copyOf(events);
  }

  private void response(String type, ObjectNode response, Part part) {
    ObjectNode data = data(type);
    data.set("response", response);
    add(data, part, 0);
  }

  private void item(ObjectNode item, int index) {
    ObjectNode empty = item.deepCopy();
    if (item.has("status")) {
      empty.put("status", "in_progress");
    }
    switch (item.path("type").asString()) {
      case "reasoning" -> {
        empty.putArray("summary");
        itself("added", empty, index);
        summaries(item, index);
      }
      case "message" -> {
        empty.putArray("content");
        itself("added", empty, index);
        text(item, index);
      }
      default -> {
        empty.put("arguments", "");
        itself("added", empty, index);
        arguments(item, index);
      }
    }
    itself("done", item, index);
  }

  private void itself(String moment, ObjectNode item, int index) {
    ObjectNode data = data("response.output_item." + moment).put("output_index", index);
    data.set("item", item);
    add(data, Part.CONTENT, 0);
  }

  private void summaries(ObjectNode item, int index) {
    int number = 0;
    for (JsonNode part : item.path("summary")) {
      String text = part.path("text").asString();
      ObjectNode added = summary("part.added", item, index, number);
      added.set("part", summaryText(""));
      add(added, Part.CONTENT, 0);
      for (String piece : Tokens.pieces(text)) {
        delta(summary("text.delta", item, index, number), piece);
      }
      add(summary("text.done", item, index, number).put("text", text), Part.CONTENT, 0);
      ObjectNode done = summary("part.done", item, index, number);
      done.set("part", summaryText(text));
      add(done, Part.CONTENT, 0);
      number++;
    }
  }

  private ObjectNode summary(String moment, ObjectNode item, int index, int number) {
    return of("response.reasoning_summary_" + moment, item, index).put("summary_index", number);
  }

  private static ObjectNode summaryText(String text) {
    return Json.object().put("type", "summary_text").put("text", text);
  }

  private void text(ObjectNode item, int index) {
    String text = item.path("content").path(0).path("text").asString();
    part("response.content_part.added", "", item, index);
    for (String piece : Tokens.pieces(text)) {
      ObjectNode delta = of("response.output_text.delta", item, index).put("content_index", 0);
      delta.putArray("logprobs");
      delta(delta, piece);
    }
    ObjectNode done = of("response.output_text.done", item, index).put("content_index", 0);
    done.putArray("logprobs");
    add(done.put("text", text), Part.CONTENT, 0);
    part("response.content_part.done", text, item, index);
  }

  private void part(String type, String text, ObjectNode item, int index) {
    ObjectNode data = of(type, item, index).put("content_index", 0);
    data.set("part", OutputItems.text(text));
    add(data, Part.CONTENT, 0);
  }

  private void arguments(ObjectNode item, int index) {
    String arguments = item.path("arguments").asString();
    for (String slice : Tokens.slices(arguments, ARGUMENT_SLICE)) {
      delta(of("response.function_call_arguments.delta", item, index), slice);
    }
    ObjectNode done = of("response.function_call_arguments.done", item, index);
    done.put("name", item.path("name").asString()).put("arguments", arguments);
    add(done, Part.CONTENT, 0);
  }

  private void delta(ObjectNode data, String delta) {
    data.put("delta", delta);
    if (obfuscates) {
      int padding = Math.max(1, PADDING - delta.length());
      data.put("obfuscation", Dice.of(events.size(), delta).letters(padding));
    }
    add(data, Part.CONTENT, Tokens.count(delta));
  }

  /// An event about an item.
  private ObjectNode of(String type, ObjectNode item, int index) {
    return data(type).put("item_id", item.path("id").asString()).put("output_index", index);
  }

  private ObjectNode data(String type) {
    return Json.object().put("type", type).put("sequence_number", events.size());
  }

  private void add(ObjectNode data, Part part, int tokens) {
    String type = data.path("type").asString();
    events.add(Event.of("event: " + type + "\ndata: " + data + "\n\n", part, tokens));
  }
}
