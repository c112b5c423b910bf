// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai;

import dev.auriga.sandbox.mind.Embedder;
import dev.auriga.sandbox.mind.Tokens;
import dev.auriga.sandbox.openai.rules.OpenAiErrors;
import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.Json;
import dev.auriga.sandbox.protocol.JsonType;
import dev.auriga.sandbox.protocol.Reply;
import dev.auriga.sandbox.protocol.Usage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `POST /v1/embeddings`: one text or several, as words or as tokens, answered as numbers or as
/// Base64 of little-endian 32-bit floats (OpenAI API reference, Create embeddings).
record Embeddings(OpenAiErrors errors) {
  private static final Set<String> FIELDS =
      Set.of("model", "input", "encoding_format", "dimensions", "user");
  private static final int MOST_INPUTS = 2_048;

  /// One input with what it is counted as.
  private record Input(String text, long tokens) {}

  Reply create(Fields body, Embedder embedder, Map<String, String> headers) {
    body.allow(FIELDS);
    List<Input> inputs = inputs(body);
    for (Input input : inputs) {
      checkLength(input, embedder);
    }
    boolean packed = packed(body);
    int dimensions = dimensions(body, embedder);
    ObjectNode list = Json.object().put("object", "list");
    ArrayNode data = list.putArray("data");
    for (int index = 0; index < inputs.size(); index++) {
      ObjectNode embedding = Json.object().put("object", "embedding").put("index", index);
      put(embedding, embedder.embed(inputs.get(index).text(), dimensions), packed);
      data.add(embedding);
    }
    long tokens = inputs.stream().mapToLong(Input::tokens).sum();
    list.put("model", embedder.name());
    list.set("usage", Json.object().put("prompt_tokens", tokens).put("total_tokens", tokens));
    return Json.reply(
        200,
        headers,
        list,
        new Reply.Served(embedder.card(), new Usage(tokens, 0, 0, 0, 0)));
  }

  private static void put(ObjectNode embedding, float[] vector, boolean packed) {
    if (packed) {
      ByteBuffer bytes =
          ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(vector);
      embedding.put("embedding", Base64.getEncoder().encodeToString(bytes.array()));
      return;
    }
    ArrayNode numbers = embedding.putArray("embedding");
    for (float number : vector) {
      numbers.add(number);
    }
  }

  private boolean packed(Fields body) {
    @Nullable String format = body.optionalText("encoding_format");
    if (format != null && !format.equals("float") && !format.equals("base64")) {
      throw errors.invalid(
          "Invalid value: '" + format + "'. Supported values are: 'float' and 'base64'.",
          "encoding_format",
          "invalid_value");
    }
    return "base64".equals(format);
  }

  private int dimensions(Fields body, Embedder embedder) {
    @Nullable Long wanted = body.optionalInteger("dimensions");
    if (wanted == null) {
      return embedder.dimensions();
    }
    if (!embedder.shortens()) {
      throw errors.invalid("This model does not support specifying dimensions.", null, null);
    }
    if (wanted < 1 || wanted > embedder.dimensions()) {
      throw errors.invalid(
          "Invalid value for 'dimensions' = "
              + wanted
              + ". Must be "
              + (wanted < 1
                  ? "greater than or equal to 1."
                  : "less than or equal to " + embedder.dimensions() + "."),
          "dimensions",
          null);
    }
    return wanted.intValue();
  }

  private void checkLength(Input input, Embedder embedder) {
    if (input.tokens() > embedder.maxTokens()) {
      throw errors.invalid(
          "This model's maximum context length is "
              + embedder.maxTokens()
              + " tokens, however you requested "
              + input.tokens()
              + " tokens ("
              + input.tokens()
              + " in your prompt; 0 for the completion). Please reduce your prompt; or completion"
              + " length.",
          null,
          null);
    }
  }

  private List<Input> inputs(Fields body) {
    JsonNode written = body.required("input");
    if (written.isString()) {
      return List.of(text(written));
    }
    if (!written.isArray()) {
      throw body.wording().wrong("input", JsonType.STRING, written);
    }
    if (written.isEmpty() || written.size() > MOST_INPUTS) {
      throw errors.invalid(
          written.isEmpty()
              ? "Invalid 'input': input cannot be an empty array."
              : "Invalid 'input': maximum array length is 2048.",
          "input",
          null);
    }
    if (written.get(0).isIntegralNumber()) {
      return List.of(tokens(written));
    }
    List<Input> inputs = new ArrayList<>();
    for (JsonNode input : written) {
      inputs.add(input.isArray() ? tokens(input) : text(input));
    }
    return inputs;
  }

  private Input text(JsonNode input) {
    if (!input.isString() || input.asString().isEmpty()) {
      throw errors.invalid("Invalid 'input': input cannot be an empty string.", "input", null);
    }
    return new Input(input.asString(), Tokens.count(input.asString()));
  }

  /// Tokens stand for themselves: the same ones mean the same.
  private Input tokens(JsonNode input) {
    StringBuilder text = new StringBuilder();
    for (JsonNode token : input) {
      if (!token.isIntegralNumber() || token.asLong() < 0) {
        throw errors.invalid("Invalid 'input': tokens must be whole numbers.", "input", null);
      }
      text.append("token").append(token.asLong()).append(' ');
    }
    if (text.isEmpty()) {
      throw errors.invalid("Invalid 'input': input cannot be an empty array.", "input", null);
    }
    return new Input(text.toString(), input.size());
  }
}
