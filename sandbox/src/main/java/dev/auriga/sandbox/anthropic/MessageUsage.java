// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.anthropic;

import dev.auriga.sandbox.protocol.Json;
import dev.auriga.sandbox.protocol.Usage;
import tools.jackson.databind.node.ObjectNode;

/// Usage as a message reports it: `input_tokens` leaves out what the cache read and wrote,
/// `output_tokens` has the thinking in it (Anthropic API reference, Messages).
record MessageUsage(Usage usage, long written5m, long written1h) {

  /// The input side and so many output tokens.
  ObjectNode whole(long outputTokens) {
    ObjectNode json = input();
    json.set(
        "cache_creation",
        Json.object()
            .put("ephemeral_5m_input_tokens", written5m)
            .put("ephemeral_1h_input_tokens", written1h));
    return json.put("output_tokens", outputTokens).put("service_tier", "standard");
  }

  /// The cumulative counts of a `message_delta`.
  ObjectNode cumulative() {
    ObjectNode json = input().put("output_tokens", usage.allOutput());
    details(json);
    return json;
  }

  /// The counts of a message that was not streamed.
  ObjectNode complete() {
    ObjectNode json = whole(usage.allOutput());
    details(json);
    return json;
  }

  private void details(ObjectNode json) {
    if (usage.reasoning() > 0) {
      json.set("output_tokens_details", Json.object().put("thinking_tokens", usage.reasoning()));
    }
  }

  private ObjectNode input() {
    return Json.object()
        .put("input_tokens", usage.input())
        .put("cache_creation_input_tokens", usage.cacheWrite())
        .put("cache_read_input_tokens", usage.cacheRead());
  }
}
