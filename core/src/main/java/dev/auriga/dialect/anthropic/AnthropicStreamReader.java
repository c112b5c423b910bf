// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.StopReason;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Leftovers;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.StreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a Messages stream.
///
/// Events are told apart by the `type` of their data; the `event:` line repeats it and some servers
/// leave it out. A second `message_start` (proxies splice them in) does not start anew. A block
/// without a neutral word is collected and handed on whole, as [Chunk.Unknown], when it ends; so is
/// an event of an unknown type.
/// Source: Anthropic API reference, Streaming.
final class AnthropicStreamReader implements StreamReader {
  private static final byte[] DELTA =
      "\"type\":\"content_block_delta\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BLOCK_STOP =
      "\"type\":\"content_block_stop\"".getBytes(StandardCharsets.US_ASCII);

  private static final Set<String> TEXT = Set.of("type", "text", "citations");
  private static final Set<String> THINKING = Set.of("type", "thinking", "signature");
  private static final Set<String> CALL = Set.of("type", "id", "name", "input", "caller");

  /// A block that is open: what its deltas mean.
  private sealed interface Block {
    record Known() implements Block {}

    record Call(int number) implements Block {}

    /// `json` collects the text of `input` where it comes in pieces.
    record Foreign(ObjectNode block, StringBuilder json) implements Block {}
  }

  private final AnthropicErrors errors;
  private final AnthropicUsage usage = new AnthropicUsage();
  private final Map<Integer, Block> open = new HashMap<>();
  private final Leftovers leftovers = new Leftovers();
  private boolean started;
  private int calls;
  private @Nullable StopReason stopped;
  private boolean ended;
  private @Nullable Failure failed;

  AnthropicStreamReader(AnthropicErrors errors) {
    this.errors = errors;
  }

  @Override
  public boolean matters(SseEvent event) {
    return !event.contains(DELTA) && !event.contains(BLOCK_STOP);
  }

  @Override
  public void read(SseEvent event, Consumer<? super Chunk> sink) {
    String data = event.data();
    if (data.isBlank()) {
      return;
    }
    JsonNode tree;
    try {
      tree = Json.read(data);
    } catch (JacksonException malformed) {
      return;
    }
    String type = tree.path("type").stringValue("");
    switch (type) {
      case "message_start" -> messageStart(tree.path("message"), sink);
      case "content_block_start" ->
          blockStart(tree.path("index").asInt(0), tree.path("content_block"), sink);
      case "content_block_delta" ->
          blockDelta(tree.path("index").asInt(0), tree.path("delta"), sink);
      case "content_block_stop" -> blockStop(tree.path("index").asInt(0), sink);
      case "message_delta" -> messageDelta(tree, sink);
      case "message_stop" -> ended = true;
      case "ping" -> {}
      default -> other(type, tree, data, sink);
    }
  }

  private void other(String type, JsonNode tree, String data, Consumer<? super Chunk> sink) {
    if (type.equals("error") || tree.hasNonNull("error")) {
      failed = errors.read(200, Headers.NONE, data.getBytes(StandardCharsets.UTF_8));
      sink.accept(new Chunk.Failed(failed));
    } else if (!type.isEmpty()) {
      sink.accept(new Chunk.Unknown(AnthropicMessages.NAME, Json.raw(tree)));
    }
  }

  private void messageStart(JsonNode message, Consumer<? super Chunk> sink) {
    if (started) {
      return;
    }
    started = true;
    leftovers.keepRest(message, "", AnthropicReplies.MESSAGE);
    sink.accept(
        new Chunk.Started(
            message.path("id").stringValue(""), message.path("model").stringValue("")));
    count(message.path("usage"), sink);
  }

  private void count(JsonNode counts, Consumer<? super Chunk> sink) {
    if (counts.isObject()) {
      usage.read(counts);
      sink.accept(new Chunk.Counted(usage.usage()));
    }
  }

  private void blockStart(int index, JsonNode block, Consumer<? super Chunk> sink) {
    switch (block.path("type").stringValue("")) {
      case "text" -> {
        open.put(index, new Block.Known());
        leftovers.keepRest(block, "content[%d]".formatted(index), TEXT);
        text(block.path("text").stringValue(""), sink);
        for (JsonNode citation : block.path("citations")) {
          String at = "content[%d].citations".formatted(index);
          sink.accept(new Chunk.Cited(AnthropicCitations.read(citation, at, leftovers)));
        }
      }
      case "thinking" -> {
        open.put(index, new Block.Known());
        leftovers.keepRest(block, "content[%d]".formatted(index), THINKING);
        thought(block.path("thinking").stringValue(""), sink);
        signature(block.path("signature").stringValue(""), sink);
      }
      case "redacted_thinking" -> {
        open.put(index, new Block.Known());
        String data = block.path("data").stringValue("");
        sink.accept(new Chunk.RedactedThinking(new Opaque(AnthropicMessages.NAME, data)));
      }
      case "tool_use" -> callStart(index, block, sink);
      default -> {
        if (block instanceof ObjectNode object) {
          open.put(index, new Block.Foreign(object, new StringBuilder()));
        }
      }
    }
  }

  /// Compatible servers may give the whole input at the start.
  private void callStart(int index, JsonNode block, Consumer<? super Chunk> sink) {
    int call = calls++;
    open.put(index, new Block.Call(call));
    leftovers.keepRest(block, "content[%d]".formatted(index), CALL);
    if (!block.path("caller").path("type").stringValue("direct").equals("direct")) {
      leftovers.keep("content[%d].caller".formatted(index), block.path("caller"));
    }
    sink.accept(
        new Chunk.ToolCallStarted(
            call, block.path("id").stringValue(""), block.path("name").stringValue(""), null));
    JsonNode input = block.path("input");
    if (input.isObject() && !input.isEmpty()) {
      sink.accept(new Chunk.ToolCallDelta(call, Json.raw(input).text()));
    }
  }

  private void blockDelta(int index, JsonNode delta, Consumer<? super Chunk> sink) {
    switch (open.get(index)) {
      case Block.Foreign foreign -> collect(foreign, delta);
      case Block.Call(int call) -> {
        String json = delta.path("partial_json").stringValue("");
        if (!json.isEmpty()) {
          sink.accept(new Chunk.ToolCallDelta(call, json));
        }
      }
      case Block.Known _ -> known(index, delta, sink);
      case null -> known(index, delta, sink);
    }
  }

  @Override
  public List<Loss> losses() {
    return leftovers.losses();
  }

  private void known(int index, JsonNode delta, Consumer<? super Chunk> sink) {
    switch (delta.path("type").stringValue("")) {
      case "text_delta" -> text(delta.path("text").stringValue(""), sink);
      case "thinking_delta" -> thought(delta.path("thinking").stringValue(""), sink);
      case "signature_delta" -> signature(delta.path("signature").stringValue(""), sink);
      case "citations_delta" -> {
        JsonNode citation = delta.path("citation");
        String at = "content[%d].citations".formatted(index);
        if (!citation.isEmpty()) {
          sink.accept(new Chunk.Cited(AnthropicCitations.read(citation, at, leftovers)));
        }
      }
      default -> {}
    }
  }

  private static void text(String text, Consumer<? super Chunk> sink) {
    if (!text.isEmpty()) {
      sink.accept(new Chunk.TextDelta(text));
    }
  }

  private static void thought(String text, Consumer<? super Chunk> sink) {
    if (!text.isEmpty()) {
      sink.accept(new Chunk.ThinkingDelta(text));
    }
  }

  private static void signature(String signature, Consumer<? super Chunk> sink) {
    Opaque opaque = AnthropicSignatures.read(signature);
    if (opaque != null) {
      sink.accept(new Chunk.ThinkingSigned(opaque));
    }
  }

  /// Strings of a delta are appended to the block's field of their name, other values set.
  private static void collect(Block.Foreign foreign, JsonNode delta) {
    for (Map.Entry<String, JsonNode> field : delta.properties()) {
      JsonNode value = field.getValue();
      String name = field.getKey();
      if (name.equals("partial_json")) {
        foreign.json.append(value.stringValue(""));
      } else if (value.isString() && !name.equals("type")) {
        foreign.block.put(name, foreign.block.path(name).stringValue("") + value.stringValue());
      } else if (!name.equals("type") && !value.isNull()) {
        foreign.block.set(name, value);
      }
    }
  }

  private void blockStop(int index, Consumer<? super Chunk> sink) {
    switch (open.remove(index)) {
      case Block.Foreign(ObjectNode block, StringBuilder json) -> {
        input(block, json.toString());
        sink.accept(new Chunk.Unknown(AnthropicMessages.NAME, Json.raw(block)));
      }
      case Block.Known _, Block.Call _ -> sink.accept(new Chunk.PartEnded());
      case null -> {}
    }
  }

  private static void input(ObjectNode block, String json) {
    if (json.isBlank()) {
      return;
    }
    try {
      block.set("input", Json.read(json));
    } catch (JacksonException cutShort) {
      block.put("input", json);
    }
  }

  private void messageDelta(JsonNode event, Consumer<? super Chunk> sink) {
    count(event.path("usage"), sink);
    JsonNode delta = event.path("delta");
    String reason = delta.path("stop_reason").stringValue(null);
    if (reason == null || stopped != null) {
      return;
    }
    String explanation = delta.path("stop_details").path("explanation").stringValue("");
    if (!explanation.isEmpty()) {
      sink.accept(new Chunk.DeclinedDelta(explanation));
    }
    StopReason read = AnthropicStops.read(reason, calls > 0);
    stopped = read;
    sink.accept(new Chunk.Stopped(read, delta.path("stop_sequence").stringValue(null)));
  }

  @Override
  public boolean hasEnded() {
    return ended;
  }

  @Override
  public @Nullable Failure atEnd() {
    if (ended) {
      return null;
    }
    return failed != null
        ? failed
        : Failure.of(
            FailureKind.BROKEN_STREAM, "the provider's stream ended before message_stop");
  }
}
