// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads and makes JSON for the providers.
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Json() {}

  /// A new object.
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /// A new array.
  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /// The bytes as JSON, or null when they are not.
  public static @Nullable JsonNode read(byte[] bytes) {
    try {
      JsonNode node = MAPPER.readTree(bytes);
      return node == null || node.isMissingNode() ? null : node;
    } catch (JacksonException _) {
      return null;
    }
  }

  /// JSON that stands in the source.
  public static JsonNode literal(String text) {
    return MAPPER.readTree(text);
  }

  /// A whole reply with a compact body of type application/json.
  public static Reply.Whole reply(
      int status, Map<String, String> headers, JsonNode body, Reply.@Nullable Served served) {
    Map<String, String> all = new java.util.LinkedHashMap<>(headers);
    all.put("content-type", "application/json");
    return new Reply.Whole(status, all, body.toString().getBytes(StandardCharsets.UTF_8), served);
  }
}
