// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.dialect.Json;
import dev.auriga.dialect.Scan;
import dev.auriga.dialect.Splice;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Wrapping;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A Messages request on its way to a provider of the same dialect: only `model` is replaced.
///
/// One thing else is Auriga's own: thoughts of other providers, which it handed to the client in
/// its [Wrapping] and which Anthropic would refuse as forged. A body that has any is written anew
/// without them.
///
/// @param modelFrom where the value of `model` starts in `body`
/// @param modelTo the index behind it
record AnthropicPass(byte[] body, int modelFrom, int modelTo) implements Scan.Passage {

  @Override
  public byte[] to(Target target) {
    if (Wrapping.isIn(body)) {
      ObjectNode tree = Json.readClient(body);
      if (removeBlocks(tree, AnthropicPass::isWrapped)) {
        return Json.write(tree.put("model", target.model()));
      }
    }
    return new Splice(body).replace(modelFrom, modelTo, Json.quoted(target.model())).bytes();
  }

  /// Thinking by budget goes too where a tool loop is open: its last turn had to begin with a thought.
  /// Source: Claude documentation, Thinking with tool use.
  @Override
  public byte[] withoutState(Target target) {
    ObjectNode tree = Json.readClient(body);
    removeBlocks(tree, AnthropicPass::isThought);
    boolean byBudget = tree.path("thinking").path("type").stringValue("").equals("enabled");
    if (byBudget && endsInResults(tree.path("messages"))) {
      tree.remove("thinking");
    }
    return Json.write(tree.put("model", target.model()));
  }

  private static boolean isThought(JsonNode block) {
    String type = block.path("type").stringValue("");
    return type.equals("thinking") || type.equals("redacted_thinking");
  }

  private static boolean isWrapped(JsonNode block) {
    return block.path("type").stringValue("").equals("thinking") && AnthropicSignatures.isWrapped(block);
  }

  private static boolean endsInResults(JsonNode messages) {
    return messages
        .path(messages.size() - 1)
        .path("content")
        .valueStream()
        .anyMatch(block -> block.path("type").stringValue("").equals("tool_result"));
  }

  /// Whether any was removed; a message that has no other goes too.
  private static boolean removeBlocks(ObjectNode tree, Predicate<JsonNode> which) {
    boolean any = false;
    if (tree.get("messages") instanceof ArrayNode messages) {
      for (int i = messages.size() - 1; i >= 0; i--) {
        if (messages.get(i).path("content") instanceof ArrayNode content) {
          int before = content.size();
          boolean removed = content.removeIf(which).size() < before;
          any |= removed;
          if (removed && content.isEmpty()) {
            messages.remove(i);
          }
        }
      }
    }
    return any;
  }
}
