// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai.responses;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What the service remembers of its responses: items and conversations that were stored, and of
/// every item which reasoning it came of. Bounded, the oldest going first; guarded by its monitor.
final class Shelf {
  private static final int MOST = 10_000;

  private final Map<String, JsonNode> items = bounded();
  private final Map<String, List<JsonNode>> conversations = bounded();
  private final Map<String, String> reasoning = bounded();

  /// A stored item, null when there is none of that id.
  synchronized @Nullable JsonNode item(String id) {
    return items.get(id);
  }

  /// The items of a stored response and of all before it, null when it was not stored.
  synchronized @Nullable List<JsonNode> conversation(String response) {
    return conversations.get(response);
  }

  /// The id of the reasoning that an item came of, null when it came of none.
  synchronized @Nullable String reasoningOf(String item) {
    return reasoning.get(item);
  }

  /// Stores a response with everything that led to it.
  synchronized void store(String response, List<JsonNode> conversation) {
    conversations.put(response, List.copyOf(conversation));
    for (JsonNode item : conversation) {
      if (item.path("id").isString()) {
        items.put(item.path("id").asString(), item);
      }
    }
  }

  /// Notes which of the items of an answer came of the reasoning among them.
  synchronized void note(List<? extends JsonNode> output) {
    String thought = null;
    for (JsonNode item : output) {
      String id = item.path("id").asString();
      if (item.path("type").asString().equals("reasoning")) {
        thought = id;
      } else if (thought != null) {
        reasoning.put(id, thought);
      }
    }
  }

  private static <V> Map<String, V> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MOST;
      }
    };
  }
}
