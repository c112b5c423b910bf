// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.Citation;
import dev.auriga.completion.Loss;
import dev.auriga.completion.TokenLogprob;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.openai.OpenAiFreeForm;
import dev.auriga.dialect.openai.OpenAiLogprobs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Puts parts into output items, and tells each step as an event; for one thread.
///
/// A message holds texts and refusals in one part each, and ends like a thought when anything else
/// begins. Calls name their item in every event, so their deltas may interleave: a call ends with
/// its part, or with everything. Every item that was added gets done, with its whole text. Sources:
/// OpenAI OpenAPI document, `ResponseStreamEvent`; Open Responses specification, Streaming.
final class ResponsesItems {
  /// One item of the output, and its text that is open.
  private static final class Item {
    private final int index;
    private final ObjectNode node;
    private final StringBuilder text = new StringBuilder();
    /// What the open text cites, and the log probabilities of its tokens.
    private final ResponsesCitations citations = new ResponsesCitations();
    private final List<TokenLogprob> logprobs = new ArrayList<>(0);
    private boolean isEnded;
    /// Whether a part of it is open, and whether that declines.
    private boolean isSpeaking;
    private boolean declines;
    private int parts;

    Item(int index, ObjectNode node) {
      this.index = index;
      this.node = node;
    }

    String id() {
      return node.path("id").asString("");
    }
  }

  private static final String FREE = "custom_tool_call";

  private final String stem;
  private final Set<String> freeForm;
  private final BiConsumer<String, ObjectNode> sink;
  private final Collection<Loss> losses;
  private final List<Item> items = new ArrayList<>();
  private final Map<Integer, Item> calls = new HashMap<>();
  private @Nullable Item message;
  private @Nullable Item thought;
  /// The part opened last has ended before its end was told: a sealed thought, or a whole item.
  private boolean endedEarly;

  /// `sink` takes each event's type and fields; `stem` is in every item's id; `freeForm` are the names
  /// of the client's custom tools, whose calls are told whole when they end; `losses` takes what
  /// citations say that annotations cannot.
  ResponsesItems(
      String stem,
      Set<String> freeForm,
      BiConsumer<String, ObjectNode> sink,
      Collection<Loss> losses) {
    this.stem = stem;
    this.freeForm = freeForm;
    this.sink = sink;
    this.losses = losses;
  }

  /// The items as they are so far.
  ArrayNode output() {
    ArrayNode output = Json.object().putArray("output");
    items.forEach(item -> output.add(item.node));
    return output;
  }

  void text(String delta, List<TokenLogprob> logprobs) {
    say(false, delta, logprobs);
  }

  /// The open text, or one that begins, cites something; a loss is told as of `at`.
  void cite(Citation citation, String at) {
    speaking(false).citations.add(citation, at);
  }

  void decline(String delta) {
    say(true, delta, List.of());
  }

  private void say(boolean declines, String delta, List<TokenLogprob> logprobs) {
    Item open = speaking(declines);
    open.text.append(delta);
    open.logprobs.addAll(logprobs);
    ObjectNode event = content(open).put("delta", delta);
    if (!declines) {
      event.set("logprobs", OpenAiLogprobs.responses(logprobs));
    }
    sink.accept(declines ? "response.refusal.delta" : "response.output_text.delta", event);
  }

  /// The message with a part open that is a text or declines.
  private Item speaking(boolean declines) {
    endedEarly = false;
    endThought("");
    Item open = message;
    if (open == null) {
      ObjectNode node = node("message", "msg_").put("status", "in_progress").put("role", "assistant");
      node.putArray("content");
      open = add(node);
      message = open;
    }
    if (open.isSpeaking && open.declines != declines) {
      endContent(open);
    }
    if (!open.isSpeaking) {
      open.isSpeaking = true;
      open.declines = declines;
      ObjectNode added = content(open);
      added.set("part", part(declines, ""));
      sink.accept("response.content_part.added", added);
    }
    return open;
  }

  private static ObjectNode part(boolean declines, String text) {
    if (declines) {
      return Json.object().put("type", "refusal").put("refusal", text);
    }
    ObjectNode part = Json.object().put("type", "output_text").put("text", text);
    part.putArray("annotations");
    part.putArray("logprobs");
    return part;
  }

  private ObjectNode content(Item open) {
    return about(open).put("content_index", open.parts);
  }

  private void endContent(Item open) {
    String text = open.text.toString();
    ArrayNode annotations = annotations(open);
    ArrayNode logprobs = OpenAiLogprobs.responses(open.logprobs);
    if (open.declines) {
      sink.accept("response.refusal.done", content(open).put("refusal", text));
    } else {
      ObjectNode done = content(open).put("text", text);
      done.set("logprobs", logprobs);
      sink.accept("response.output_text.done", done);
    }
    ObjectNode part = part(open.declines, text);
    if (!open.declines) {
      part.set("annotations", annotations);
      part.set("logprobs", logprobs);
    }
    ObjectNode done = content(open);
    done.set("part", part);
    sink.accept("response.content_part.done", done);
    ((ArrayNode) open.node.path("content")).add(part.deepCopy());
    open.text.setLength(0);
    open.logprobs.clear();
    open.isSpeaking = false;
    open.parts++;
  }

  /// Tells what the text that ends cites.
  private ArrayNode annotations(Item open) {
    ArrayNode annotations = Json.object().arrayNode();
    for (ObjectNode annotation : open.citations.end(open.text, losses)) {
      ObjectNode added = content(open).put("annotation_index", annotations.size());
      added.set("annotation", annotation);
      sink.accept("response.output_text.annotation.added", added);
      annotations.add(annotation.deepCopy());
    }
    return annotations;
  }

  private void endMessage(String status) {
    Item open = message;
    if (open != null) {
      if (open.isSpeaking) {
        endContent(open);
      }
      end(open, status);
      message = null;
    }
  }

  void think(String delta) {
    endedEarly = false;
    endMessage(ResponsesStops.COMPLETED);
    Item open = thought == null ? openThought() : thought;
    if (!open.isSpeaking) {
      open.isSpeaking = true;
      ObjectNode added = summary(open);
      added.set("part", ResponsesReasoning.summaryPart(""));
      sink.accept("response.reasoning_summary_part.added", added);
    }
    open.text.append(delta);
    sink.accept("response.reasoning_summary_text.delta", summary(open).put("delta", delta));
  }

  private Item openThought() {
    ObjectNode node = node("reasoning", "rs_");
    node.putArray("summary");
    Item open = add(node);
    thought = open;
    return open;
  }

  private ObjectNode summary(Item open) {
    return about(open).put("summary_index", 0);
  }

  /// Ends the thought that is open, or an empty one, with its encrypted content.
  void seal(String encrypted) {
    endMessage(ResponsesStops.COMPLETED);
    if (thought == null) {
      openThought();
    }
    endThought(encrypted);
    endedEarly = true;
  }

  /// A thought of its own that is nothing but its encrypted content.
  void sealed(String encrypted) {
    endThought("");
    seal(encrypted);
  }

  private void endThought(String encrypted) {
    Item open = thought;
    if (open == null) {
      return;
    }
    String text = open.text.toString();
    if (open.isSpeaking) {
      sink.accept("response.reasoning_summary_text.done", summary(open).put("text", text));
      ObjectNode done = summary(open);
      done.set("part", ResponsesReasoning.summaryPart(text));
      sink.accept("response.reasoning_summary_part.done", done);
    }
    ResponsesReasoning.summarise(open.node, text);
    open.node.put(
        "encrypted_content",
        encrypted.isEmpty() ? ResponsesReasoning.unsigned() : encrypted);
    end(open, null);
    thought = null;
  }

  /// Starts the call of that number.
  void callStart(int call, String id, String name) {
    endedEarly = false;
    endMessage(ResponsesStops.COMPLETED);
    endThought("");
    boolean isFree = freeForm.contains(name);
    ObjectNode node =
        (isFree ? node(FREE, "ctc_") : node("function_call", "fc_"))
            .put("status", "in_progress")
            .put(isFree ? "input" : "arguments", "")
            .put("call_id", id)
            .put("name", name);
    calls.put(call, add(node));
  }

  /// A delta of a call that was never started, or has ended, says nothing.
  void callDelta(int call, String arguments) {
    Item open = calls.get(call);
    if (open != null && !open.isEnded && !arguments.isEmpty()) {
      open.text.append(arguments);
      if (!isFree(open)) {
        sink.accept("response.function_call_arguments.delta", about(open).put("delta", arguments));
      }
    }
  }

  private static boolean isFree(Item call) {
    return call.node.path("type").asString("").equals(FREE);
  }

  private void endCall(Item open, String status) {
    if (isFree(open)) {
      String input = OpenAiFreeForm.input(open.text.toString());
      open.node.put("input", input);
      sink.accept("response.custom_tool_call_input.delta", about(open).put("delta", input));
      sink.accept("response.custom_tool_call_input.done", about(open).put("input", input));
      end(open, status);
      return;
    }
    String arguments = open.text.toString().isBlank() ? "{}" : open.text.toString();
    open.node.put("arguments", arguments);
    sink.accept(
        "response.function_call_arguments.done",
        about(open).put("name", open.node.path("name").asString("")).put("arguments", arguments));
    end(open, status);
  }

  /// An item that comes whole.
  void whole(ObjectNode item) {
    endMessage(ResponsesStops.COMPLETED);
    endThought("");
    end(add(item), null);
    endedEarly = true;
  }

  /// Ends the part that was opened last and has not ended.
  void endPart() {
    if (endedEarly) {
      endedEarly = false;
    } else if (message != null && message.isSpeaking) {
      endContent(message);
    } else if (thought != null) {
      endThought("");
    } else {
      items.reversed().stream()
          .filter(item -> !item.isEnded && calls.containsValue(item))
          .findFirst()
          .ifPresent(call -> endCall(call, ResponsesStops.COMPLETED));
    }
  }

  /// Ends everything; what is still open gets `status`.
  void endAll(String status) {
    endThought("");
    for (Item item : items) {
      if (!item.isEnded && calls.containsValue(item)) {
        endCall(item, status);
      } else if (item.equals(message)) {
        endMessage(status);
      }
    }
  }

  private ObjectNode node(String type, String idStart) {
    String id = idStart + stem + "_" + items.size();
    return Json.object().put("id", id).put("type", type);
  }

  private Item add(ObjectNode node) {
    Item item = new Item(items.size(), node);
    items.add(item);
    ObjectNode added = Json.object().put("output_index", item.index);
    added.set("item", node.deepCopy());
    sink.accept("response.output_item.added", added);
    return item;
  }

  private void end(Item item, @Nullable String status) {
    item.isEnded = true;
    if (status != null) {
      item.node.put("status", status);
    }
    ObjectNode done = Json.object().put("output_index", item.index);
    done.set("item", item.node.deepCopy());
    sink.accept("response.output_item.done", done);
  }

  private static ObjectNode about(Item item) {
    return Json.object().put("item_id", item.id()).put("output_index", item.index);
  }
}
