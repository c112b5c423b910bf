// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.completion.Loss;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Scan;
import dev.auriga.dialect.Splice;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Wrapping;
import dev.auriga.dialect.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A Messages request on its way to a provider of the same dialect: only `model` is replaced.
///
/// One thing else is Auriga's own: thoughts of other providers and citations of what they found,
/// which it handed to the client in its [Wrapping] and which Anthropic would refuse as forged. A
/// body that has any is written anew without them.
///
/// @param modelFrom where the value of `model` starts in `body`
/// @param modelTo the index behind it
record AnthropicPass(byte[] body, int modelFrom, int modelTo) implements Scan.Passage {

  @Override
  public Written to(Target target) {
    if (Wrapping.isIn(body)) {
      ObjectNode tree = Json.readClient(body);
      List<Loss> losses = removeForeign(tree, 0);
      if (!losses.isEmpty()) {
        return rewritten(tree, target, losses);
      }
    }
    return Written.whole(
        new Splice(body).replace(modelFrom, modelTo, Json.quoted(target.model())).bytes());
  }

  @Override
  public Written withoutState(Target target, int messages) {
    ObjectNode tree = Json.readClient(body);
    return rewritten(tree, target, removeForeign(tree, messages));
  }

  /// Thinking by budget goes too where a tool loop is open: its last turn has to begin with a
  /// thought. Source: Claude documentation, Thinking with tool use.
  private static Written rewritten(ObjectNode tree, Target target, List<Loss> losses) {
    boolean byBudget = tree.path("thinking").path("type").stringValue("").equals("enabled");
    JsonNode messages = tree.path("messages");
    if (byBudget && endsInResults(messages) && !lastAnswerBeginsWithThought(messages)) {
      tree.remove("thinking");
      losses.add(new Loss(Loss.Reason.THINKING_OFF, "thinking"));
    }
    return new Written(Json.write(tree.put("model", target.model())), losses);
  }

  private static boolean lastAnswerBeginsWithThought(JsonNode messages) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.path(i).path("role").stringValue("").equals("assistant")) {
        return isThought(messages.path(i).path("content").path(0));
      }
    }
    return false;
  }

  private static boolean isThought(JsonNode block) {
    String type = block.path("type").stringValue("");
    return type.equals("thinking") || type.equals("redacted_thinking");
  }

  private static boolean isWrapped(JsonNode block) {
    return block.path("type").stringValue("").equals("thinking") && AnthropicSignatures.isWrapped(block);
  }

  private static List<Loss> removeCitations(ObjectNode tree) {
    List<Loss> losses = new ArrayList<>();
    int message = 0;
    for (JsonNode turn : tree.path("messages").values()) {
      String at = "messages[%d]".formatted(message++);
      int place = 0;
      for (JsonNode block : turn.path("content").values()) {
        String within = "%s.content[%d].citations".formatted(at, place++);
        if (block.path("citations") instanceof ArrayNode citations
            && citations.valueStream().anyMatch(AnthropicCitations::isWrapped)) {
          citations.removeIf(AnthropicCitations::isWrapped);
          losses.add(new Loss(Loss.Reason.FOREIGN_SIGNATURE, within));
        }
      }
    }
    return losses;
  }

  private static boolean endsInResults(JsonNode messages) {
    return messages
        .path(messages.size() - 1)
        .path("content")
        .valueStream()
        .anyMatch(block -> block.path("type").stringValue("").equals("tool_result"));
  }

  private static List<Loss> removeForeign(ObjectNode tree, int foreign) {
    List<Loss> losses = removeCitations(tree);
    losses.addAll(removeBlocks(tree, foreign));
    return losses;
  }

  /// Takes out every thought of the first `foreign` messages, and what is wrapped of the others. A loss
  /// for each message any was removed from; one that has no other block goes too.
  private static List<Loss> removeBlocks(ObjectNode tree, int foreign) {
    List<Loss> losses = new ArrayList<>();
    if (tree.get("messages") instanceof ArrayNode messages) {
      for (int i = messages.size() - 1; i >= 0; i--) {
        if (messages.get(i).path("content") instanceof ArrayNode content) {
          int before = content.size();
          Predicate<JsonNode> which = i < foreign ? AnthropicPass::isThought : AnthropicPass::isWrapped;
          if (content.removeIf(which).size() < before) {
            losses.addFirst(new Loss(Loss.Reason.FOREIGN_SIGNATURE, "messages[%d]".formatted(i)));
            if (content.isEmpty()) {
              messages.remove(i);
            }
          }
        }
      }
    }
    return losses;
  }
}
