// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.dialect.Json;
import dev.auriga.dialect.Splice;
import dev.auriga.dialect.Wrapping;
import dev.auriga.dialect.openai.OpenAiTokens;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A Responses request on its way to a provider of the same dialect: only `model` is replaced.
///
/// Streams carry usage anyway. One thing else is Auriga's own: thoughts of other providers, which
/// it handed to the client in its [Wrapping] and which OpenAI would refuse ("encrypted content
/// could not be verified"). A body that has any is written anew without them.
final class ResponsesPassage {
  private ResponsesPassage() {}

  /// The scan ends at the model: that the rest is JSON, and names no second model, was seen when
  /// the outline was drawn.
  static byte[] of(byte[] body, String model) {
    byte[] own = Wrapping.isIn(body) ? withoutWrapped(body) : body;
    try (JsonParser parser = Json.parser(own)) {
      parser.nextToken();
      for (String field = parser.nextName(); field != null; field = parser.nextName()) {
        parser.nextToken();
        if (!field.equals("model")) {
          parser.skipChildren();
          continue;
        }
        if (OpenAiTokens.text(parser, "model") == null) {
          throw Json.wrong("model", "must be a string");
        }
        return new Splice(own)
            .replace(OpenAiTokens.start(parser), OpenAiTokens.end(parser), Json.quoted(model))
            .bytes();
      }
    } catch (JacksonException notJson) {
      throw Json.malformed(notJson);
    }
    throw Json.wrong("model", "is missing, must be the name of a route or a deployment");
  }

  private static byte[] withoutWrapped(byte[] body) {
    ObjectNode tree = Json.readClient(body);
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
    return any ? Json.write(tree) : body;
  }
}
