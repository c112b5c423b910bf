// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai;

import dev.auriga.sandbox.mind.Catalogue;
import dev.auriga.sandbox.mind.Embedder;
import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.mind.ModelCard.Vendor;
import dev.auriga.sandbox.openai.rules.OpenAiErrors;
import dev.auriga.sandbox.protocol.Json;
import dev.auriga.sandbox.protocol.Refused;
import dev.auriga.sandbox.protocol.Reply;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `GET /v1/models` and `GET /v1/models/{model}` (OpenAI API reference, Models).
record ModelList(OpenAiErrors errors) {
  private static final String PATH = "/v1/models";

  Reply answer(String path) {
    Set<String> names = names();
    if (path.startsWith(PATH + "/")) {
      String name = path.substring(PATH.length() + 1);
      if (!names.contains(name)) {
        throw new Refused(errors.noSuchModel(name));
      }
      return Json.reply(200, errors.correlation(), model(name), null);
    }
    ObjectNode list = Json.object().put("object", "list");
    ArrayNode data = list.putArray("data");
    names.forEach(name -> data.add(model(name)));
    return Json.reply(200, errors.correlation(), list, null);
  }

  private static Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (ModelCard card : Catalogue.of(Vendor.OPENAI)) {
      names.add(card.name());
      names.add(card.answersAs());
    }
    Embedder.of(Vendor.OPENAI).forEach(embedder -> names.add(embedder.name()));
    return names;
  }

  private static ObjectNode model(String id) {
    return Json.object()
        .put("id", id)
        .put("object", "model")
        .put("created", 1_754_000_000)
        .put("owned_by", "system");
  }
}
