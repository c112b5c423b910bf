// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.gemini;

import dev.auriga.sandbox.mind.Catalogue;
import dev.auriga.sandbox.mind.Embedder;
import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.mind.ModelCard.Vendor;
import dev.auriga.sandbox.protocol.Json;
import dev.auriga.sandbox.protocol.Refused;
import dev.auriga.sandbox.protocol.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `GET /v1beta/models` in pages and `GET /v1beta/models/{model}` (Gemini API reference, Models).
record ModelList(GeminiErrors errors) {
  static final String PATH = "/v1beta/models";
  private static final int USUAL_PAGE = 50;
  private static final int LARGEST_PAGE = 1_000;

  Reply answer(String path, Map<String, String> query) {
    List<ObjectNode> models = models();
    if (path.startsWith(PATH + "/")) {
      String name = path.substring(PATH.length() + 1);
      ObjectNode model =
          models.stream()
              .filter(known -> known.path("name").asString().equals("models/" + name))
              .findFirst()
              .orElseThrow(() -> new Refused(errors.noSuchModel(name, "generateContent")));
      return GeminiErrors.pretty(200, model, null);
    }
    int size = number(query.getOrDefault("pageSize", ""), USUAL_PAGE, "page_size");
    int from = number(query.getOrDefault("pageToken", ""), 0, "page_token");
    int page = size == 0 ? USUAL_PAGE : Math.min(size, LARGEST_PAGE);
    int to = Math.min(models.size(), from + page);
    ObjectNode list = Json.object();
    ArrayNode data = list.putArray("models");
    models.subList(Math.min(from, to), to).forEach(data::add);
    if (to < models.size()) {
      list.put("nextPageToken", Integer.toString(to));
    }
    return GeminiErrors.pretty(200, list, null);
  }

  private int number(String written, int usual, String name) {
    if (written.isEmpty()) {
      return usual;
    }
    if (!written.matches("\\d{1,6}")) {
      throw errors.invalid("Invalid value at '" + name + "' (TYPE_INT32), \"" + written + "\"");
    }
    return Integer.parseInt(written);
  }

  private static List<ObjectNode> models() {
    List<ObjectNode> models = new ArrayList<>();
    for (ModelCard card : Catalogue.of(Vendor.GOOGLE)) {
      models.add(
          model(card.name(), card.contextTokens(), card.maxOutputTokens(),
              List.of("generateContent", "streamGenerateContent", "countTokens")));
    }
    for (Embedder embedder : Embedder.of(Vendor.GOOGLE)) {
      models.add(
          model(embedder.name(), embedder.maxTokens(), 1,
              List.of("embedContent", "batchEmbedContents")));
    }
    return models;
  }

  private static ObjectNode model(String name, int input, int output, List<String> methods) {
    ObjectNode model =
        Json.object()
            .put("name", "models/" + name)
            .put("version", "001")
            .put("displayName", name)
            .put("inputTokenLimit", input)
            .put("outputTokenLimit", output);
    ArrayNode supported = model.putArray("supportedGenerationMethods");
    methods.forEach(supported::add);
    return model;
  }
}
