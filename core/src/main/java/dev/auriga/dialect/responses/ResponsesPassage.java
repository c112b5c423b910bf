// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.Loss;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Scan;
import dev.auriga.dialect.Splice;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Wrapping;
import dev.auriga.dialect.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A Responses request on its way to a provider of the same dialect: only `model` is replaced.
///
/// Streams carry usage anyway. One thing else is Auriga's own: thoughts of other providers, which
/// it handed to the client in its [Wrapping] and which OpenAI would refuse ("encrypted content
/// could not be verified"). A body that has any is written anew without them.
///
/// @param modelFrom where the value of `model` starts in `body`
/// @param modelTo the index behind it
record ResponsesPassage(byte[] body, int modelFrom, int modelTo) implements Scan.Passage {
  private static final Set<String> SAID = Set.of("message", "function_call", "custom_tool_call");

  @Override
  public Written to(Target target) {
    if (Wrapping.isIn(body)) {
      ObjectNode tree = Json.readClient(body);
      List<Loss> losses = foreign(tree);
      if (removeItems(tree, ResponsesPassage::isWrapped)) {
        return new Written(Json.write(tree.put("model", target.model())), losses);
      }
    }
    return Written.whole(
        new Splice(body).replace(modelFrom, modelTo, Json.quoted(target.model())).bytes());
  }

  /// The ids of what the model said go too: by them a server would know that an item lacks its
  /// reasoning ("was provided without its required 'reasoning' item").
  @Override
  public Written withoutState(Target target) {
    ObjectNode tree = Json.readClient(body);
    if (removeItems(tree, item -> !encrypted(item).isEmpty())) {
      for (JsonNode item : tree.path("input")) {
        if (item instanceof ObjectNode said && SAID.contains(item.path("type").asString(""))) {
          said.remove("id");
        }
      }
    }
    return Written.whole(Json.write(tree.put("model", target.model())));
  }

  private static boolean isWrapped(JsonNode item) {
    return Wrapping.isWrapped(encrypted(item));
  }

  private static List<Loss> foreign(ObjectNode tree) {
    List<Loss> losses = new ArrayList<>();
    JsonNode input = tree.path("input");
    for (int i = 0; i < input.size(); i++) {
      if (isWrapped(input.path(i))) {
        losses.add(new Loss(Loss.Reason.FOREIGN_SIGNATURE, "input[%d]".formatted(i)));
      }
    }
    return losses;
  }

  private static boolean removeItems(ObjectNode tree, Predicate<JsonNode> which) {
    return tree.get("input") instanceof ArrayNode input && input.size() > input.removeIf(which).size();
  }

  /// The encrypted content of a reasoning item; empty where there is none.
  private static String encrypted(JsonNode item) {
    return item.path("type").asString("").equals("reasoning")
        ? item.path("encrypted_content").asString("")
        : "";
  }
}
