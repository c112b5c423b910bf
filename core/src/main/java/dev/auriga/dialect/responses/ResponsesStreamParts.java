// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.dialect.openai.OpenAiLogprobs;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Tells the events about items of one stream as parts; for one thread.
///
/// Text, refusals, summaries and arguments come in deltas. Whatever an item's deltas left out, and
/// every item of a kind without deltas of a neutral form, is told when the item is done, because
/// that event has it whole.
final class ResponsesStreamParts {
  /// What is known of one item.
  private static final class Item {
    /// The number of its call, -1 where it is none or not started.
    private int call = -1;
    private boolean said;
    /// The event type its thought comes in: an open model may tell both the reasoning and a
    /// summary.
    private @Nullable String thoughtBy;
  }

  private final Map<Integer, Item> items = new HashMap<>();
  /// The items that are told, by place and by id: the places of a list with gaps are not those of
  /// the whole response, and some servers change the ids.
  private final Set<String> done = new HashSet<>();
  private final ResponsesOutput output = new ResponsesOutput();
  private int calls;

  List<Loss> unread() {
    return output.rest().losses();
  }

  /// Notes what the response has beside its items.
  void response(JsonNode response) {
    output.response(response);
  }

  boolean carriesCalls() {
    return calls > 0;
  }

  /// Whether the event is about an item.
  boolean read(String type, JsonNode event, Consumer<? super Chunk> sink) {
    JsonNode place = event.path("output_index");
    if (!place.isNumber()) {
      return event.has("item_id");
    }
    int index = place.asInt(0);
    Item item = items.computeIfAbsent(index, _ -> new Item());
    String delta = event.path("delta").asString("");
    switch (type) {
      case "response.output_item.added" -> added(index, item, event.path("item"), sink);
      case "response.output_text.delta" ->
          say(
              item,
              new Chunk.TextDelta(delta, OpenAiLogprobs.read(event.path("logprobs"))), sink);
      case "response.output_text.annotation.added" -> {
        if (!event.path("annotation").isEmpty()) {
          say(item, new Chunk.Cited(output.citation(event.path("annotation"), index)), sink);
        }
      }
      case "response.refusal.delta" -> say(item, new Chunk.DeclinedDelta(delta), sink);
      case "response.content_part.done" -> sink.accept(new Chunk.PartEnded());
      case "response.reasoning_summary_part.added" -> {
        if (item.said && event.path("summary_index").asInt(0) > 0) {
          sink.accept(new Chunk.ThinkingDelta(ResponsesReasoning.between()));
        }
      }
      case "response.reasoning_summary_text.delta", "response.reasoning_text.delta",
          "response.reasoning.delta" -> think(item, type, delta, sink);
      case "response.function_call_arguments.delta" -> arguments(item, delta, sink);
      case "response.output_item.done" -> done(index, event.path("item"), sink);
      default -> {}
    }
    return true;
  }

  private static void say(Item item, Chunk delta, Consumer<? super Chunk> sink) {
    item.said = true;
    sink.accept(delta);
  }

  private static void think(Item item, String type, String delta, Consumer<? super Chunk> sink) {
    if (item.thoughtBy == null) {
      item.thoughtBy = type;
    }
    if (type.equals(item.thoughtBy)) {
      say(item, new Chunk.ThinkingDelta(delta), sink);
    }
  }

  private void added(int index, Item item, JsonNode said, Consumer<? super Chunk> sink) {
    if (said.path("type").asString("").equals("function_call") && item.call < 0) {
      item.call = calls++;
      sink.accept(
          new Chunk.ToolCallStarted(
              item.call,
              output.callId(said, index),
              said.path("name").asString(""),
              output.takeSignature()));
    }
  }

  private static void arguments(Item item, String delta, Consumer<? super Chunk> sink) {
    if (item.call >= 0 && !delta.isEmpty()) {
      say(item, new Chunk.ToolCallDelta(item.call, delta), sink);
    }
  }

  /// Tells the items of the whole response that no event had told.
  void rest(JsonNode whole, Consumer<? super Chunk> sink) {
    int index = 0;
    for (JsonNode item : whole.values()) {
      done(index++, item, sink);
    }
  }

  private void done(int index, JsonNode said, Consumer<? super Chunk> sink) {
    String id = said.path("id").asString("");
    boolean isNewPlace = done.add("#" + index);
    boolean isNewId = id.isEmpty() || done.add(id);
    if (!isNewPlace || !isNewId) {
      return;
    }
    Item item = items.computeIfAbsent(index, _ -> new Item());
    if (item.said) {
      output.note(said, index);
    }
    switch (said.path("type").asString("")) {
      case "function_call" -> {
        added(index, item, said, sink);
        if (!item.said) {
          arguments(item, said.path("arguments").asString(""), sink);
        }
        sink.accept(new Chunk.PartEnded());
      }
      case "reasoning" -> thought(index, item, said, sink);
      default -> {
        if (!item.said) {
          output.parts(said, index).forEach(part -> tell(part, sink));
        }
      }
    }
  }

  private void thought(int index, Item item, JsonNode said, Consumer<? super Chunk> sink) {
    Opaque seal = ResponsesReasoning.seal(said);
    if (!item.said) {
      output.parts(said, index).forEach(part -> tell(part, sink));
      return;
    }
    if (seal != null) {
      sink.accept(new Chunk.ThinkingSigned(seal));
    }
    sink.accept(new Chunk.PartEnded());
  }

  private static void tell(Part part, Consumer<? super Chunk> sink) {
    switch (part) {
      case Part.Text text -> {
        sink.accept(new Chunk.TextDelta(text.text(), text.logprobs()));
        text.citations().forEach(citation -> sink.accept(new Chunk.Cited(citation)));
      }
      case Part.Declined declined -> sink.accept(new Chunk.DeclinedDelta(declined.text()));
      case Part.Thinking thinking -> {
        sink.accept(new Chunk.ThinkingDelta(thinking.text()));
        if (thinking.signature() != null) {
          sink.accept(new Chunk.ThinkingSigned(thinking.signature()));
        }
      }
      case Part.RedactedThinking redacted ->
          sink.accept(new Chunk.RedactedThinking(redacted.content()));
      case Part.Unknown unknown ->
          sink.accept(new Chunk.Unknown(unknown.dialect(), unknown.raw()));
      case Part.ToolCall _, Part.ToolResult _, Part.Image _, Part.Audio _, Part.Video _,
          Part.Document _ -> {}
    }
    sink.accept(new Chunk.PartEnded());
  }
}
