// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.dialect.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Puts parts that may come interleaved into blocks that may not overlap; for one thread.
///
/// The head of the queue is the block that is open on the wire, the others wait with what they have
/// so far. Text and thinking end when anything else begins. A tool call ends only when its part
/// does, or everything: what comes after it waits until then, because deltas of it may still come.
final class AnthropicStreamBlocks {
  private static final Set<String> OTHER_BLOCKS =
      Set.of("compaction", "container_upload", "fallback", "search_result");

  private enum Kind { TEXT, THINKING, CALL, WHOLE }

  /// One block; `waiting` is what it has said while it was not yet open.
  private static final class Block {
    private final Kind kind;
    private final ObjectNode opening;
    private final StringBuilder waiting = new StringBuilder();
    private final Deque<ObjectNode> citations = new ArrayDeque<>(1);
    private @Nullable String signature;
    private boolean isOpen;
    private boolean isEnded;

    Block(Kind kind, ObjectNode opening) {
      this.kind = kind;
      this.opening = opening;
    }
  }

  private final BiConsumer<String, ObjectNode> sink;
  private final Deque<Block> queue = new ArrayDeque<>();
  private final Map<Integer, Block> calls = new HashMap<>();
  private int index;

  /// `sink` takes each event's name and data.
  AnthropicStreamBlocks(BiConsumer<String, ObjectNode> sink) {
    this.sink = sink;
  }

  /// Whether `type` is a block's and not an event's.
  static boolean isBlock(String type) {
    return type.endsWith("_tool_use") || type.endsWith("_tool_result") || OTHER_BLOCKS.contains(type);
  }

  void text(String text) {
    say(lastOr(Kind.TEXT, AnthropicReplies.text("")), text);
  }

  /// The text that is open, or one that begins, cites something.
  void cite(ObjectNode citation) {
    lastOr(Kind.TEXT, AnthropicReplies.text("")).citations.add(citation);
    advance();
  }

  void think(String text) {
    say(lastOr(Kind.THINKING, AnthropicReplies.thinking("", "")), text);
  }

  /// Signs the thought that is open, or an empty one.
  void sign(String signature) {
    seal(lastOr(Kind.THINKING, AnthropicReplies.thinking("", "")), signature);
  }

  /// An empty thought of its own, for its signature's sake.
  void vehicle(String signature) {
    seal(add(Kind.THINKING, AnthropicReplies.thinking("", "")), signature);
  }

  private void seal(Block thinking, String signature) {
    thinking.signature = signature;
    thinking.isEnded = true;
    advance();
  }

  void whole(ObjectNode block) {
    Block whole = add(Kind.WHOLE, block);
    whole.isEnded = true;
    advance();
  }

  void callStart(int call, ObjectNode opening) {
    opening.putObject("input");
    calls.put(call, add(Kind.CALL, opening));
    advance();
  }

  /// A delta of a call that was never started, or whose block is closed, says nothing.
  void callDelta(int call, String arguments) {
    Block block = calls.get(call);
    if (block != null && queue.contains(block)) {
      say(block, arguments);
    }
  }

  /// Ends the part that was opened last and has not ended.
  void endPart() {
    queue.reversed().stream()
        .filter(block -> !block.isEnded)
        .findFirst()
        .ifPresent(block -> block.isEnded = true);
    advance();
  }

  void endAll() {
    queue.forEach(block -> block.isEnded = true);
    advance();
  }

  private Block lastOr(Kind kind, ObjectNode opening) {
    Block last = queue.peekLast();
    return last != null && last.kind == kind && !last.isEnded ? last : add(kind, opening);
  }

  private Block add(Kind kind, ObjectNode opening) {
    Block last = queue.peekLast();
    if (last != null && last.kind != Kind.CALL) {
      last.isEnded = true;
    }
    Block block = new Block(kind, opening);
    queue.add(block);
    return block;
  }

  private void say(Block block, String text) {
    block.waiting.append(text);
    advance();
  }

  /// Opens the head, tells what waits in it, and goes on to the next as long as heads have ended.
  private void advance() {
    for (Block head = queue.peek(); head != null; head = queue.peek()) {
      open(head);
      if (!head.waiting.isEmpty()) {
        delta(head, head.waiting.toString());
        head.waiting.setLength(0);
      }
      while (!head.citations.isEmpty()) {
        ObjectNode event = event("content_block_delta");
        event.putObject("delta").put("type", "citations_delta").set("citation", head.citations.remove());
        sink.accept("content_block_delta", event);
      }
      if (!head.isEnded) {
        return;
      }
      close(head);
      queue.remove();
    }
  }

  private void open(Block block) {
    if (block.isOpen) {
      return;
    }
    block.isOpen = true;
    ObjectNode event = event("content_block_start");
    event.set("content_block", block.opening);
    sink.accept("content_block_start", event);
    if (block.kind == Kind.CALL) {
      delta(block, "");
    }
  }

  private void delta(Block block, String text) {
    switch (block.kind) {
      case TEXT -> delta("text_delta", "text", text);
      case THINKING -> delta("thinking_delta", "thinking", text);
      case CALL -> delta("input_json_delta", "partial_json", text);
      case WHOLE -> throw new IllegalStateException("a whole block has no deltas");
    }
  }

  private void delta(String type, String field, String text) {
    ObjectNode event = event("content_block_delta");
    event.putObject("delta").put("type", type).put(field, text);
    sink.accept("content_block_delta", event);
  }

  /// A thought that nobody signed gets the signature that says so, as the last delta of its block.
  private void close(Block block) {
    if (block.kind == Kind.THINKING) {
      String signature = block.signature;
      delta(
          "signature_delta",
          "signature",
          signature == null ? AnthropicSignatures.ofThought(null) : signature);
    }
    sink.accept("content_block_stop", event("content_block_stop"));
    index++;
  }

  private ObjectNode event(String type) {
    return Json.object().put("type", type).put("index", index);
  }
}
