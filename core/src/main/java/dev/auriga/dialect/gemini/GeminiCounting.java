// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.CountReply;
import dev.auriga.dialect.Counting;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Scan;
import dev.auriga.dialect.Written;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `models.countTokens`: either `contents` alone, or a whole request in `generateContentRequest`,
/// which names its model once more.
///
/// Source: Gemini API reference, `CountTokensRequest` and `CountTokensResponse`.
final class GeminiCounting implements Counting {
  private static final String WHOLE = "generateContentRequest";
  private static final String TOKENS = "totalTokens";

  @Override
  public ClientRequest prompt(ClientRequest question) {
    JsonNode whole = whole(Json.readClient(question.body()));
    if (whole == null) {
      return question;
    }
    if (!whole.isObject()) {
      throw Json.wrong(WHOLE, "must be an object");
    }
    return new ClientRequest(Json.write(whole), question.pathModel(), question.framing());
  }

  @Override
  public Scan.Passage passage(ClientRequest question, Scan.Passage prompt) {
    return target -> {
      ObjectNode body = Json.readClient(question.body());
      if (!(whole(body) instanceof ObjectNode whole) || !whole.has("model")) {
        return Written.whole(question.body());
      }
      whole.put("model", named(target.model()));
      return Written.whole(Json.write(body));
    };
  }

  private static @Nullable JsonNode whole(ObjectNode body) {
    JsonNode whole = body.get(WHOLE);
    return whole != null ? whole : body.get("generate_content_request");
  }

  @Override
  public byte[] ask(byte[] completion, String model) {
    ObjectNode whole = (ObjectNode) Json.read(completion);
    whole.put("model", named(model));
    ObjectNode body = Json.object();
    body.set(WHOLE, whole);
    return Json.write(body);
  }

  private static String named(String model) {
    return model.startsWith("models/") ? model : "models/" + model;
  }

  @Override
  public @Nullable Long read(byte[] answer) {
    return CountReply.read(answer, TOKENS);
  }

  @Override
  public byte[] write(long tokens) {
    return Json.write(Json.object().put(TOKENS, tokens));
  }
}
