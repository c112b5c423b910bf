// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.dialect.Json;
import dev.auriga.dialect.Scan;
import dev.auriga.dialect.Splice;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Wrapping;
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
      if (removeWrapped(tree)) {
        return Json.write(tree.put("model", target.model()));
      }
    }
    return new Splice(body).replace(modelFrom, modelTo, Json.quoted(target.model())).bytes();
  }

  private static boolean removeWrapped(ObjectNode tree) {
    boolean any = false;
    if (tree.get("messages") instanceof ArrayNode messages) {
      for (int i = messages.size() - 1; i >= 0; i--) {
        if (messages.get(i).path("content") instanceof ArrayNode content) {
          boolean removed = removeWrapped(content);
          any |= removed;
          if (removed && content.isEmpty()) {
            messages.remove(i);
          }
        }
      }
    }
    return any;
  }

  private static boolean removeWrapped(ArrayNode content) {
    boolean removed = false;
    for (int i = content.size() - 1; i >= 0; i--) {
      JsonNode block = content.get(i);
      if (block.path("type").stringValue("").equals("thinking")
          && AnthropicSignatures.isWrapped(block)) {
        content.remove(i);
        removed = true;
      }
    }
    return removed;
  }
}
