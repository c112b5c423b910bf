// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.completion.Loss;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The limit of four cache marks in one request.
///
/// Of more than four, the first two stay, which usually close the tools and the instructions, and
/// the last two, where the next request goes on. Source: Claude documentation, Prompt caching.
final class AnthropicCacheMarks {
  private static final int MOST = 4;
  private static final String MARK = "cache_control";

  private AnthropicCacheMarks() {}

  static void limit(ObjectNode body, List<Loss> losses) {
    List<ObjectNode> marked = new ArrayList<>();
    for (String section : List.of("tools", "system", "messages")) {
      collect(body.path(section), marked);
    }
    for (int i = MOST / 2; i < marked.size() - MOST / 2; i++) {
      if (marked.size() > MOST) {
        marked.get(i).remove(MARK);
        losses.add(new Loss("clamped", MARK));
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
