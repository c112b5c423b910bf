// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.answer;

import dev.auriga.dialect.Json;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Reads answers that are JSON, bare or in the last fenced block.
final class JsonAnswers {
  /// What stands beside a field `answer` only to explain it.
  private static final Set<String> COMMENTARY =
      Set.of(
          "reasoning", "reason", "explanation", "rationale", "thoughts", "thinking", "steps", "confidence",
          "justification", "analysis", "comment", "notes");

  private JsonAnswers() {}

  static Content read(String answer) {
    Optional<JsonNode> tree = tree(answer);
    if (tree.isEmpty()) {
      return Content.Nothing.UNREAD;
    }
    Map<String, JsonLeaf> leaves = new HashMap<>();
    boolean hasAnswer = tree.get().has("answer");
    if (tree.get().isObject()) {
      tree.get().forEachEntry((name, value) -> {
        if (!hasAnswer || !COMMENTARY.contains(name.toLowerCase(Locale.ROOT))) {
          collect("." + name, value, leaves);
        }
      });
    } else {
      collect("", tree.get(), leaves);
    }
    return new Content.Json(leaves);
  }

  /// Whether the answer is an object or an array of JSON.
  static boolean isJson(String answer) {
    return tree(answer).filter(tree -> tree.isContainer() && !tree.isEmpty()).isPresent();
  }

  static Optional<JsonNode> tree(String answer) {
    String text = Fences.unwrapped(answer);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(text));
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static void collect(String path, JsonNode node, Map<String, JsonLeaf> leaves) {
    if (!node.isContainer() || node.isEmpty()) {
      leaves.put(path, JsonLeaf.of(node));
    } else if (node.isObject()) {
      node.forEachEntry((name, value) -> collect(path + "." + name, value, leaves));
    } else {
      for (int i = 0; i < node.size(); i++) {
        collect("%s[%d]".formatted(path, i), node.path(i), leaves);
      }
    }
  }
}
