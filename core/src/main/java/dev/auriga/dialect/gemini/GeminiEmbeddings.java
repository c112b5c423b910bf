// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.completion.EmbeddingRequest;
import dev.auriga.completion.Embeddings;
import dev.auriga.completion.Loss;
import dev.auriga.completion.TokenCount;
import dev.auriga.dialect.BadReply;
import dev.auriga.dialect.EmbeddingDialect;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Written;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `models.batchEmbedContents`: one request in the batch for each text.
///
/// Vectors are given length one, as clients of OpenAI's dialect rely on: shortened ones of
/// gemini-embedding-001 are not. Source: Gemini API reference, `models.batchEmbedContents`; Gemini
/// API documentation, Embeddings ("Ensuring quality for smaller dimensions").
public final class GeminiEmbeddings implements EmbeddingDialect {

  @Override
  public String name() {
    return "gemini-embeddings";
  }

  @Override
  public Written write(EmbeddingRequest request, Target target) {
    ObjectNode body = Json.object();
    ArrayNode requests = body.putArray("requests");
    for (int i = 0; i < request.inputs().size(); i++) {
      ObjectNode each = requests.addObject().put("model", "models/" + target.model());
      each.putObject("content").putArray("parts").addObject().put("text", text(request.inputs().get(i), i));
      if (request.dimensions() != null) {
        each.put("outputDimensionality", request.dimensions());
      }
    }
    List<Loss> losses =
        request.user() == null ? List.of() : List.of(new Loss(Loss.Reason.UNSUPPORTED_FIELD, "user"));
    return new Written(Json.write(body), losses);
  }

  private static String text(EmbeddingRequest.Input input, int index) {
    return switch (input) {
      case EmbeddingRequest.Input.Text text -> text.text();
      case EmbeddingRequest.Input.Tokens _ ->
          throw Json.wrong(
              "input[%d]".formatted(index), "Gemini does not read tokens of another model; send text");
    };
  }

  @Override
  public Embeddings read(byte[] body) {
    JsonNode tree = tree(body);
    if (!(tree.get("embeddings") instanceof ArrayNode embeddings)) {
      throw new BadReply(GeminiErrors.read(200, Headers.NONE, body));
    }
    List<Embeddings.Vector> vectors = new ArrayList<>(embeddings.size());
    for (JsonNode embedding : embeddings) {
      vectors.add(vector(embedding.path("values"), body).unit());
    }
    return counted(tree, vectors);
  }

  /// Answers here are short beside their vectors and always translated, so there is nothing to save.
  @Override
  public Embeddings glance(byte[] body) {
    return new Embeddings("", List.of(), read(body).inputTokens());
  }

  private static Embeddings counted(JsonNode tree, List<Embeddings.Vector> vectors) {
    JsonNode count = tree.path("usageMetadata").path("promptTokenCount");
    return new Embeddings(
        "", vectors, count.isIntegralNumber() ? TokenCount.counted(Math.max(0, count.asLong(0))) : null);
  }

  private static Embeddings.Vector vector(JsonNode values, byte[] body) {
    if (!values.isArray() || values.isEmpty()) {
      throw new BadReply(GeminiErrors.read(200, Headers.NONE, body));
    }
    float[] components = new float[values.size()];
    for (int i = 0; i < components.length; i++) {
      components[i] = (float) values.get(i).asDouble(0);
    }
    return new Embeddings.Vector(components);
  }

  private static JsonNode tree(byte[] body) {
    try {
      return Json.read(body);
    } catch (JacksonException notJson) {
      throw GeminiReplies.notJson(notJson);
    }
  }
}
