// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.completion.Loss;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Scan;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Written;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
  public Written withoutState(Target target, int messages) {
    ObjectNode tree = Json.readClient(body);
    JsonNode contents = tree.path("contents");
    List<Loss> losses = new ArrayList<>();
    for (int i = 0; i < Math.min(messages, contents.size()); i++) {
      boolean isFirst = true;
      boolean isSigned = false;
      for (JsonNode part : contents.path(i).path("parts")) {
        if (part instanceof ObjectNode object) {
          isSigned |= isSignature(object.remove("thoughtSignature"));
          isSigned |= isSignature(object.remove("thought_signature"));
          if (isFirst && (object.has("functionCall") || object.has("function_call"))) {
            object.put("thoughtSignature", GeminiTurns.NO_SIGNATURE);
            isFirst = false;
          }
        }
      }
      if (isSigned) {
        losses.add(new Loss(Loss.Reason.FOREIGN_SIGNATURE, "contents[%d]".formatted(i)));
      }
    }
    return new Written(Json.write(tree), losses);
  }

  private static boolean isSignature(@Nullable JsonNode value) {
    return value != null && !value.asString("").equals(GeminiTurns.NO_SIGNATURE);
  }
}
