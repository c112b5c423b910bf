// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.dialect.Json;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Turns Gemini's own schema language, a subset of OpenAPI 3.0, into JSON Schema.
///
/// Types lose their capitals, `nullable` becomes a type, counts written as strings (proto JSON's
/// 64-bit integers) become numbers. Source: Gemini API reference, `Schema`.
final class GeminiSchemaReader {
  private static final Set<String> COUNTS =
      Set.of("minItems", "maxItems", "minProperties", "maxProperties", "minLength", "maxLength");
  private static final Set<String> DROPPED = Set.of("nullable", "propertyOrdering");

  private GeminiSchemaReader() {}

  static JsonNode jsonSchema(JsonNode schema) {
    if (!(schema instanceof ObjectNode object)) {
      return schema;
    }
    ObjectNode out = Json.object();
    object.forEachEntry(
        (given, value) -> {
          String name = GeminiObject.camel(given);
          if (!DROPPED.contains(name) && !value.isNull()) {
            out.set(name, keyword(name, value));
          }
        });
    if (object.path("nullable").asBoolean(false)) {
      allowNull(out);
    }
    return out;
  }

  private static JsonNode keyword(String name, JsonNode value) {
    if (name.equals("type") && value.isString()) {
      return Json.object().stringNode(value.stringValue().toLowerCase(Locale.ROOT));
    }
    if (COUNTS.contains(name) && value.isString()) {
      Long count = GeminiObject.wholeNumber(value.stringValue());
      return count == null ? value : Json.object().numberNode(count);
    }
    if (name.equals("properties") && value instanceof ObjectNode properties) {
      ObjectNode out = Json.object();
      properties.forEachEntry((property, schema) -> out.set(property, jsonSchema(schema)));
      return out;
    }
    if (name.equals("items")) {
      return jsonSchema(value);
    }
    if (name.equals("anyOf") && value instanceof ArrayNode choices) {
      ArrayNode out = Json.object().arrayNode();
      choices.forEach(choice -> out.add(jsonSchema(choice)));
      return out;
    }
    return value;
  }

  private static void allowNull(ObjectNode schema) {
    if (schema.path("type").isString()) {
      String type = schema.path("type").stringValue();
      schema.putArray("type").add(type).add("null");
      if (schema.get("enum") instanceof ArrayNode values) {
        schema.set("enum", values.deepCopy().addNull());
      }
    } else if (schema.get("anyOf") instanceof ArrayNode choices) {
      choices.addObject().put("type", "null");
    }
  }
}
