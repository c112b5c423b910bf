// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.dialect.Json;
import dev.auriga.dialect.Splice;
import dev.auriga.dialect.Wrapping;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A Messages request on its way to a provider of the same dialect: only `model` is replaced.
///
/// One thing else is Auriga's own: thoughts of other providers, which it handed to the client in
/// its [Wrapping] and which Anthropic would refuse as forged. A body that has
/// any is written anew without them.
final class AnthropicPass {
  private AnthropicPass() {}

  /// `body` with `model` in the place of the model it names.
  ///
  /// The scan ends at the model: that the rest is JSON, and names no second model, was seen when
  /// the outline was drawn.
  static byte[] request(byte[] body, String model) {
    byte[] own = Wrapping.isIn(body) ? withoutWrapped(body) : body;
    try (JsonParser parser = Json.parser(own)) {
      parser.nextToken();
      for (String field = parser.nextName(); field != null; field = parser.nextName()) {
        JsonToken value = parser.nextToken();
        if (!field.equals("model")) {
          parser.skipChildren();
          continue;
        }
        if (value != JsonToken.VALUE_STRING) {
          throw Json.wrong("model", "must be a string");
        }
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.finishToken();
        int to = (int) parser.currentLocation().getByteOffset();
        return new Splice(own).replace(from, to, Json.quoted(model)).bytes();
      }
    } catch (JacksonException notJson) {
      throw Json.malformed(notJson);
    }
    throw Json.wrong("model", "is missing");
  }

  private static byte[] withoutWrapped(byte[] body) {
    ObjectNode tree = Json.readClient(body);
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
    return any ? Json.write(tree) : body;
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
