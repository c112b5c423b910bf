// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.EmbeddingRequest;
import dev.auriga.completion.EmbeddingRequest.Encoding;
import dev.auriga.completion.EmbeddingRequest.Input;
import dev.auriga.completion.Embeddings;
import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.TokenCount;
import dev.auriga.dialect.BadReply;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads embedding requests of clients, and replies of providers token by token, since a reply may
/// hold millions of numbers. For one reply.
final class OpenAiEmbeddingReader {
  private final byte[] body;
  private final Map<Integer, Embeddings.Vector> vectors = new TreeMap<>();
  private String model = "";
  private @Nullable TokenCount tokens;
  private boolean hasData;
  private boolean failed;

  OpenAiEmbeddingReader(byte[] body) {
    this.body = body;
  }

  static EmbeddingRequest request(byte[] body) {
    ObjectNode tree = Json.readClient(body);
    JsonNode dimensions = tree.path("dimensions");
    if (!isAbsent(dimensions) && (!dimensions.isInt() || dimensions.intValue() < 1)) {
      throw Json.wrong("dimensions", "must be a whole number from 1 up");
    }
    JsonNode user = tree.path("user");
    return new EmbeddingRequest(
        tree.path("model").asString(""), inputs(tree.path("input")),
        isAbsent(dimensions) ? null : dimensions.intValue(),
        encoding(tree.path("encoding_format")), user.isString() ? user.stringValue() : null);
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static Encoding encoding(JsonNode said) {
    if (isAbsent(said)) {
      return Encoding.FLOATS;
    }
    return switch (said.asString("")) {
      case "float" -> Encoding.FLOATS;
      case "base64" -> Encoding.BASE64;
      default -> throw Json.wrong("encoding_format", "must be float or base64");
    };
  }

  private static List<Input> inputs(JsonNode input) {
    if (input.isString()) {
      return List.of(text(input, "input"));
    }
    if (!(input instanceof ArrayNode array) || array.isEmpty()) {
      throw Json.wrong("input", "must be a text, an array of texts, or an array of tokens");
    }
    if (array.get(0).isNumber()) {
      return List.of(ids(array, "input"));
    }
    List<Input> inputs = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      String path = "input[%d]".formatted(i);
      JsonNode each = array.get(i);
      inputs.add(each instanceof ArrayNode tokens ? ids(tokens, path) : text(each, path));
    }
    return inputs;
  }

  private static Input text(JsonNode value, String path) {
    if (!value.isString() || value.stringValue().isEmpty()) {
      throw Json.wrong(path, "must be a text and not empty");
    }
    return new Input.Text(value.stringValue());
  }

  private static Input ids(ArrayNode array, String path) {
    List<Integer> ids = new ArrayList<>(array.size());
    for (JsonNode id : array) {
      if (!id.isInt() || id.intValue() < 0) {
        throw Json.wrong(path, "tokens must be whole numbers from 0 up");
      }
      ids.add(id.intValue());
    }
    if (ids.isEmpty()) {
      throw Json.wrong(path, "must not be empty");
    }
    return new Input.Tokens(ids);
  }

  Embeddings reply() {
    scan(Vectors.READ);
    return new Embeddings(model, List.copyOf(vectors.values()), tokens);
  }

  Embeddings glance() {
    scan(Vectors.SKIPPED);
    return new Embeddings(model, List.of(), tokens);
  }

  private enum Vectors {
    READ,
    SKIPPED
  }

  private void scan(Vectors wish) {
    try (JsonParser parser = Json.parser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new BadReply(OpenAiFailures.notJson());
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        field(parser, wish);
      }
    } catch (JacksonException notJson) {
      throw new BadReply(OpenAiFailures.notJson());
    }
    if (failed) {
      throw new BadReply(
          new OpenAiFailures(OpenAiChat.NAME, InstantSource.system()).read(200, Headers.NONE, body));
    }
    if (!hasData) {
      throw strange("the reply has no data");
    }
  }

  private void field(JsonParser parser, Vectors wish) {
    String name = parser.currentName();
    JsonToken value = parser.nextToken();
    switch (name) {
      case "model" -> model = value == JsonToken.VALUE_STRING ? parser.getString() : "";
      case "usage" -> usage(parser);
      case "error" -> {
        failed |= value != JsonToken.VALUE_NULL;
        parser.skipChildren();
      }
      case "data" -> {
        hasData = value == JsonToken.START_ARRAY;
        if (wish == Vectors.READ && hasData) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            embedding(parser);
          }
        } else {
          parser.skipChildren();
        }
      }
      default -> parser.skipChildren();
    }
  }

  private void usage(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean prompt = parser.currentName().equals("prompt_tokens");
      if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT && prompt) {
        tokens = TokenCount.counted(Math.max(0, parser.getValueAsLong()));
      }
      parser.skipChildren();
    }
  }

  private void embedding(JsonParser parser) {
    int index = vectors.size();
    Embeddings.Vector vector = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("index") && value == JsonToken.VALUE_NUMBER_INT) {
        index = parser.getValueAsInt();
      } else if (name.equals("embedding") && value == JsonToken.VALUE_STRING) {
        vector = decoded(parser.getString());
      } else if (name.equals("embedding") && value == JsonToken.START_ARRAY) {
        vector = numbers(parser);
      } else {
        parser.skipChildren();
      }
    }
    if (vector == null || vectors.put(index, vector) != null) {
      throw strange("embedding %d is missing or there twice".formatted(index));
    }
  }

  private static Embeddings.Vector numbers(JsonParser parser) {
    float[] numbers = new float[1536];
    int count = 0;
    for (JsonToken each = parser.nextToken(); each != JsonToken.END_ARRAY; each = parser.nextToken()) {
      if (!each.isNumeric()) {
        throw strange("an embedding holds something else than numbers");
      }
      if (count == numbers.length) {
        numbers = java.util.Arrays.copyOf(numbers, count * 2);
      }
      numbers[count++] = parser.getFloatValue();
    }
    return new Embeddings.Vector(java.util.Arrays.copyOf(numbers, count));
  }

  private static Embeddings.Vector decoded(String base64) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
      float[] components = new float[bytes.remaining() / Float.BYTES];
      bytes.asFloatBuffer().get(components);
      return new Embeddings.Vector(components);
    } catch (IllegalArgumentException notBase64) {
      throw strange("an embedding is not base64");
    }
  }

  private static BadReply strange(String detail) {
    return new BadReply(Failure.of(FailureKind.UNKNOWN, 200, detail));
  }
}
