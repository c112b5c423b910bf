// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.dialect.Json;
import dev.auriga.dialect.Scan;
import dev.auriga.dialect.Splice;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Wrapping;
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

  @Override
  public byte[] to(Target target) {
    if (Wrapping.isIn(body)) {
      ObjectNode tree = Json.readClient(body);
      if (removeWrapped(tree)) {
        return Json.write(tree.put("model", target.model()));
      }
    }
    return new Splice(body).replace(modelFrom, modelTo, Json.quoted(target.model())).bytes();
  }

  private static boolean removeWrapped(ObjectNode tree) {
    boolean any = false;
    if (tree.get("input") instanceof ArrayNode input) {
      for (int i = input.size() - 1; i >= 0; i--) {
        JsonNode item = input.get(i);
        if (item.path("type").asString("").equals("reasoning")
            && Wrapping.isWrapped(item.path("encrypted_content").asString(""))) {
          input.remove(i);
          any = true;
        }
      }
    }
    return any;
  }
}
