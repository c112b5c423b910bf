// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai.chat;

import dev.auriga.sandbox.mind.Dice;
import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.mind.Thought;
import dev.auriga.sandbox.mind.Thought.ToolCall;
import dev.auriga.sandbox.mind.Tokens;
import dev.auriga.sandbox.openai.rules.ContentFilter;
import dev.auriga.sandbox.protocol.Event;
import dev.auriga.sandbox.protocol.Event.Part;
import dev.auriga.sandbox.protocol.Ids;
import dev.auriga.sandbox.protocol.Json;
import dev.auriga.sandbox.protocol.Reply;
import dev.auriga.sandbox.protocol.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes chat completions, whole or as chunks that end in `data: [DONE]` (OpenAI API reference,
/// Chat completion chunk; recorded Azure streams for the empty first chunk and the annotations).
final class ChatWriter {
  private static final int ARGUMENT_SLICE = 8;

  private final ModelCard card;
  private final boolean azure;
  private final Ids ids;
  private final String id;
  private final long created = System.currentTimeMillis() / 1000;
  private final String fingerprint;

  ChatWriter(ModelCard card, boolean azure, Ids ids) {
    this.card = card;
    this.azure = azure;
    this.ids = ids;
    this.id = ids.next("chatcmpl-", 29);
    this.fingerprint = "fp_" + Dice.of(7, card.answersAs()).hex(10);
  }

  /// The completion at once.
  Reply whole(ChatRequest request, List<Thought> thoughts, Map<String, String> headers) {
    ObjectNode completion = head("chat.completion");
    ArrayNode choices = completion.putArray("choices");
    for (int index = 0; index < thoughts.size(); index++) {
      choices.add(choice(index, thoughts.get(index)));
    }
    Usage usage = usage(request, thoughts);
    completion.set("usage", written(usage));
    completion.put("service_tier", "default").put("system_fingerprint", fingerprint);
    if (azure) {
      completion.set("prompt_filter_results", ContentFilter.promptPassed());
    }
    return Json.reply(200, headers, completion, new Reply.Served(card, usage));
  }

  /// The completion in chunks.
  Reply streamed(ChatRequest request, List<Thought> thoughts, Map<String, String> headers) {
    List<Event> events = new ArrayList<>();
    if (azure) {
      events.add(emptyFirst());
    }
    for (int index = 0; index < thoughts.size(); index++) {
      choiceChunks(events, index, thoughts.get(index), request.usageChunk());
    }
    Usage usage = usage(request, thoughts);
    if (request.usageChunk()) {
      ObjectNode chunk = head("chat.completion.chunk").put("service_tier", "default");
      chunk.put("system_fingerprint", fingerprint).putArray("choices");
      chunk.set("usage", written(usage));
      events.add(data(chunk, Part.CLOSING, 0));
    }
    events.add(Event.of("data: [DONE]\n\n", Part.TERMINAL, 0));
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("content-type", "text/event-stream; charset=utf-8");
    return new Reply.Streamed(all, events, new Reply.Served(card, usage));
  }

  private ObjectNode head(String object) {
    return Json.object()
        .put("id", id)
        .put("object", object)
        .put("created", created)
        .put("model", card.answersAs());
  }

  private ObjectNode choice(int index, Thought thought) {
    ObjectNode message = Json.object().put("role", "assistant");
    message.put("content", thought.calls().isEmpty() ? thought.text() : null).putNull("refusal");
    message.putArray("annotations");
    if (!thought.calls().isEmpty()) {
      ArrayNode calls = message.putArray("tool_calls");
      thought.calls().forEach(call -> calls.add(call(call, call.arguments().toString())));
    }
    ObjectNode choice = Json.object().put("index", index);
    choice.set("message", message);
    choice.putNull("logprobs").put("finish_reason", reason(thought));
    annotate(choice, thought);
    return choice;
  }

  private ObjectNode call(ToolCall call, String arguments) {
    ObjectNode json = Json.object().put("id", ids.next("call_", 24)).put("type", "function");
    json.set("function", Json.object().put("name", call.name()).put("arguments", arguments));
    return json;
  }

  private void annotate(ObjectNode choice, Thought thought) {
    if (azure) {
      boolean stopped = thought.stop() == Thought.Stop.FILTERED;
      choice.set(
          "content_filter_results", stopped ? ContentFilter.stopped() : ContentFilter.safe());
    }
  }

  private Event emptyFirst() {
    ObjectNode chunk = Json.object();
    chunk.putArray("choices");
    chunk.put("created", 0).put("id", "").put("model", "").put("object", "");
    chunk.set("prompt_filter_results", ContentFilter.promptPassed());
    return data(chunk, Part.OPENING, 0);
  }

  private void choiceChunks(List<Event> events, int index, Thought thought, boolean usageChunk) {
    boolean calls = !thought.calls().isEmpty();
    ObjectNode first =
        Json.object().put("role", "assistant").put("content", calls ? null : "").putNull("refusal");
    events.add(chunk(index, first, null, usageChunk, Part.OPENING, 0));
    for (String piece : Tokens.pieces(calls ? "" : thought.text())) {
      ObjectNode delta = Json.object().put("content", piece);
      events.add(chunk(index, delta, null, usageChunk, Part.CONTENT, Tokens.count(piece)));
    }
    for (int number = 0; number < thought.calls().size(); number++) {
      callChunks(events, index, number, thought.calls().get(number), usageChunk);
    }
    Event last = chunk(index, Json.object(), thought, usageChunk, Part.CLOSING, 0);
    events.add(last);
  }

  private void callChunks(
      List<Event> events, int index, int number, ToolCall call, boolean usageChunk) {
    ObjectNode begin = Json.object().put("index", number);
    begin.setAll(call(call, ""));
    events.add(
        chunk(index, calls(begin), null, usageChunk, Part.CONTENT, Tokens.count(call.name())));
    for (String slice : Tokens.slices(call.arguments().toString(), ARGUMENT_SLICE)) {
      ObjectNode more = Json.object().put("index", number);
      more.set("function", Json.object().put("arguments", slice));
      events.add(chunk(index, calls(more), null, usageChunk, Part.CONTENT, Tokens.count(slice)));
    }
  }

  private static ObjectNode calls(ObjectNode call) {
    ObjectNode delta = Json.object();
    delta.putArray("tool_calls").add(call);
    return delta;
  }

  private Event chunk(
      int index,
      ObjectNode delta,
      @org.jspecify.annotations.Nullable Thought ended,
      boolean usageChunk,
      Part part,
      int tokens) {
    ObjectNode choice = Json.object().put("index", index);
    choice.set("delta", delta);
    choice.putNull("logprobs").put("finish_reason", ended == null ? null : reason(ended));
    if (azure) {
      boolean stopped = ended != null && ended.stop() == Thought.Stop.FILTERED;
      boolean said = part == Part.CONTENT;
      choice.set(
          "content_filter_results",
          stopped ? ContentFilter.stopped() : said ? ContentFilter.safe() : Json.object());
    }
    ObjectNode chunk = head("chat.completion.chunk").put("service_tier", "default");
    chunk.put("system_fingerprint", fingerprint).putArray("choices").add(choice);
    if (usageChunk) {
      chunk.putNull("usage");
    }
    chunk.put(
        "obfuscation", "0123456789abcdef".substring(Math.min(15, delta.toString().length() % 16)));
    return data(chunk, part, tokens);
  }

  private static Event data(ObjectNode chunk, Part part, int tokens) {
    return Event.of("data: " + chunk + "\n\n", part, tokens);
  }

  private static String reason(Thought thought) {
    return switch (thought.stop()) {
      case DONE, STOP_SEQUENCE -> "stop";
      case LENGTH -> "length";
      case TOOLS -> "tool_calls";
      case FILTERED -> "content_filter";
    };
  }

  private static Usage usage(ChatRequest request, List<Thought> thoughts) {
    long visible = thoughts.stream().mapToLong(Thought::visibleTokens).sum();
    long reasoning = thoughts.stream().mapToLong(Thought::reasoningTokens).sum();
    return new Usage(request.promptTokens(), 0, 0, visible, reasoning);
  }

  private static ObjectNode written(Usage usage) {
    ObjectNode json =
        Json.object()
            .put("prompt_tokens", usage.allInput())
            .put("completion_tokens", usage.allOutput())
            .put("total_tokens", usage.allInput() + usage.allOutput());
    json.set(
        "prompt_tokens_details",
        Json.object().put("cached_tokens", usage.cacheRead()).put("audio_tokens", 0));
    json.set(
        "completion_tokens_details",
        Json.object()
            .put("reasoning_tokens", usage.reasoning())
            .put("audio_tokens", 0)
            .put("accepted_prediction_tokens", 0)
            .put("rejected_prediction_tokens", 0));
    return json;
  }
}
