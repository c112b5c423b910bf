// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.dialect.Json;
import dev.auriga.dialect.Scan;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Written;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A generateContent request on its way to Google: unchanged, since the model is in the path.
record GeminiPassage(byte[] body) implements Scan.Passage {

  @Override
  public Written to(Target target) {
    return Written.whole(body);
  }

  /// The first call of each turn gets the stand-in that is taken for a signature.
  /// Source: Gemini API documentation, Thought signatures.
  @Override
  public Written withoutState(Target target) {
    ObjectNode tree = Json.readClient(body);
    for (JsonNode content : tree.path("contents")) {
      boolean isFirst = true;
      for (JsonNode part : content.path("parts")) {
        if (part instanceof ObjectNode object) {
          object.remove("thoughtSignature");
          object.remove("thought_signature");
          if (isFirst && (object.has("functionCall") || object.has("function_call"))) {
            object.put("thoughtSignature", GeminiTurns.NO_SIGNATURE);
            isFirst = false;
          }
        }
      }
    }
    return Written.whole(Json.write(tree));
  }
}
