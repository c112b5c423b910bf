// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.completion.CacheMark;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The cache marks of one request and their limit of four.
///
/// Of more than four, the first two stay, which usually close the tools and the instructions, and
/// the last two, where the next request goes on. Source: Claude documentation, Prompt caching.
final class AnthropicCacheMarks {
  private static final int MOST = 4;
  private static final String MARK = "cache_control";

  private final IdentityHashMap<JsonNode, String> places = new IdentityHashMap<>();

  /// `block`, which stands for what is at `at`, with `cache` where there is one.
  ObjectNode marked(ObjectNode block, @Nullable CacheMark cache, String at) {
    if (cache != null) {
      ObjectNode mark = block.putObject(MARK).put("type", "ephemeral");
      if (cache.ttl() != null) {
        mark.put("ttl", cache.ttl());
      }
    }
    return noted(block, at);
  }

  /// `block`, which stands for what is at `at` and may bring a mark of its own.
  <T extends JsonNode> T noted(T block, String at) {
    if (block.has(MARK)) {
      places.put(block, at);
    }
    return block;
  }

  /// Takes the marks beyond the limit out of `body`.
  void limit(ObjectNode body, List<Loss> losses) {
    List<ObjectNode> marked = new ArrayList<>();
    for (String section : List.of("tools", "system", "messages")) {
      collect(body.path(section), marked);
    }
    for (int i = MOST / 2; i < marked.size() - MOST / 2; i++) {
      if (marked.size() > MOST) {
        ObjectNode block = marked.get(i);
        block.remove(MARK);
        String at = places.getOrDefault(block, "messages");
        losses.add(new Loss(Reason.CLAMPED, at + ".cache"));
      }
    }
  }

  /// In the order of the prompt; only blocks are looked into, not what they hold as data.
  private static void collect(JsonNode blocks, List<ObjectNode> marked) {
    if (!blocks.isArray()) {
      return;
    }
    for (JsonNode block : blocks) {
      collect(block.path("content"), marked);
      if (block instanceof ObjectNode object && object.has(MARK)) {
        marked.add(object);
      }
    }
  }
}
