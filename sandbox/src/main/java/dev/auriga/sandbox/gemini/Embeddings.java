// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.gemini;

import dev.auriga.sandbox.mind.Embedder;
import dev.auriga.sandbox.mind.ModelCard.Vendor;
import dev.auriga.sandbox.mind.Tokens;
import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.Json;
import dev.auriga.sandbox.protocol.Refused;
import dev.auriga.sandbox.protocol.Reply;
import dev.auriga.sandbox.protocol.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `:embedContent` and `:batchEmbedContents` (Gemini API reference, Embeddings). A text that is too
/// long is cut, as the service does it.
record Embeddings(GeminiErrors errors) {
  private static final Set<String> FIELDS =
      Set.of("model", "content", "taskType", "title", "outputDimensionality");
  private static final Set<String> TASKS =
      Set.of(
          "TASK_TYPE_UNSPECIFIED",
          "RETRIEVAL_QUERY",
          "RETRIEVAL_DOCUMENT",
          "SEMANTIC_SIMILARITY",
          "CLASSIFICATION",
          "CLUSTERING",
          "QUESTION_ANSWERING",
          "FACT_VERIFICATION",
          "CODE_RETRIEVAL_QUERY");
  private static final int MOST_REQUESTS = 100;

  /// One text with the length its vector is to have.
  private record Wanted(String text, int dimensions) {}

  Reply answer(GeminiPath path, Fields body) {
    Embedder embedder =
        Embedder.find(Vendor.GOOGLE, path.model())
            .orElseThrow(() -> new Refused(errors.noSuchModel(path.model(), path.method())));
    List<Wanted> wanted = new ArrayList<>();
    if (path.embedsSeveral()) {
      List<Fields> requests = Proto.allow(body, Set.of("requests"), errors).items("requests");
      if (requests.isEmpty() || requests.size() > MOST_REQUESTS) {
        throw errors.invalid(
            "* BatchEmbedContentsRequest.requests: must have between 1 and 100 requests.\n");
      }
      requests.forEach(request -> wanted.add(batched(request, embedder)));
    } else {
      wanted.add(read(body, embedder));
    }
    List<ObjectNode> vectors = wanted.stream().map(each -> vector(each, embedder)).toList();
    ObjectNode answer = Json.object();
    if (path.embedsSeveral()) {
      vectors.forEach(answer.putArray("embeddings")::add);
    } else {
      answer.set("embedding", vectors.getFirst());
    }
    long tokens = wanted.stream().mapToLong(each -> Tokens.count(each.text())).sum();
    return GeminiErrors.pretty(
        200, answer, new Reply.Served(embedder.card(), new Usage(tokens, 0, 0, 0, 0)));
  }

  private Wanted batched(Fields request, Embedder embedder) {
    if (!request.text("model").equals("models/" + embedder.name())) {
      throw errors.invalid(
          "* BatchEmbedContentsRequest." + request.at("model") + ": must match the model of the"
              + " path.\n");
    }
    return read(request, embedder);
  }

  private Wanted read(Fields request, Embedder embedder) {
    Proto.allow(request, FIELDS, errors);
    @Nullable String task = request.optionalText("taskType");
    if (task != null && !TASKS.contains(task)) {
      throw errors.invalid("Invalid value at '" + request.at("taskType") + "', \"" + task + "\"");
    }
    @Nullable Long dimensions = request.optionalInteger("outputDimensionality");
    if (dimensions != null && (dimensions < 1 || dimensions > embedder.dimensions())) {
      throw errors.invalid(
          "* EmbedContentRequest."
              + request.at("outputDimensionality")
              + ": must be between 1 and "
              + embedder.dimensions()
              + ".\n");
    }
    Fields content = Proto.allow(request.object("content"), Set.of("role", "parts"), errors);
    StringBuilder text = new StringBuilder();
    for (Fields part : content.items("parts")) {
      text.append(Proto.allow(part, Set.of("text"), errors).text("text")).append(' ');
    }
    if (text.toString().isBlank()) {
      throw errors.invalid("* EmbedContentRequest.content: contents is not specified\n");
    }
    return new Wanted(
        Tokens.first(text.toString().strip(), embedder.maxTokens()),
        dimensions == null ? embedder.dimensions() : dimensions.intValue());
  }

  private static ObjectNode vector(Wanted wanted, Embedder embedder) {
    ObjectNode vector = Json.object();
    ArrayNode values = vector.putArray("values");
    for (float value : embedder.embed(wanted.text(), wanted.dimensions())) {
      values.add(value);
    }
    return vector;
  }
}
