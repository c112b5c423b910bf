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
      List<Loss> losses = removeItems(tree, 0);
      if (!losses.isEmpty()) {
        return new Written(Json.write(tree.put("model", target.model())), losses);
      }
    }
    return Written.whole(
        new Splice(body).replace(modelFrom, modelTo, Json.quoted(target.model())).bytes());
  }

  /// The ids of what the model said go too: by them a server would know that an item lacks its
  /// reasoning ("was provided without its required 'reasoning' item").
  @Override
  public Written withoutState(Target target, int messages) {
    ObjectNode tree = Json.readClient(body);
    JsonNode input = tree.path("input");
    boolean any = false;
    for (int i = 0; i < Math.min(messages, input.size()); i++) {
      any |= isState(input.path(i));
    }
    for (int i = 0; any && i < Math.min(messages, input.size()); i++) {
      if (input.path(i) instanceof ObjectNode said && SAID.contains(said.path("type").asString(""))) {
        said.remove("id");
      }
    }
    List<Loss> losses = removeItems(tree, messages);
    return new Written(Json.write(tree.put("model", target.model())), losses);
  }

  private static boolean isWrapped(JsonNode item) {
    return Wrapping.isWrapped(encrypted(item));
  }

  /// Takes out the state of the first `foreign` items, and what is wrapped of the others; a loss for each.
  private static List<Loss> removeItems(ObjectNode tree, int foreign) {
    List<Loss> losses = new ArrayList<>();
    if (tree.get("input") instanceof ArrayNode input) {
      for (int i = input.size() - 1; i >= 0; i--) {
        JsonNode item = input.path(i);
        if (i < foreign ? isState(item) : isWrapped(item)) {
          losses.addFirst(new Loss(Loss.Reason.FOREIGN_SIGNATURE, "input[%d]".formatted(i)));
          input.remove(i);
        }
      }
    }
    return losses;
  }

  /// Whether the item is a thought that is encrypted, or says nothing but by which id one is kept, which
  /// nobody else knows and the provider itself only where it was asked to store it.
  private static boolean isState(JsonNode item) {
    return item.path("type").asString("").equals("reasoning")
        && (!encrypted(item).isEmpty() || (item.has("id") && item.path("content").isEmpty()));
  }

  /// The encrypted content of a reasoning item; empty where there is none.
  private static String encrypted(JsonNode item) {
    return item.path("type").asString("").equals("reasoning")
        ? item.path("encrypted_content").asString("")
        : "";
  }
}
