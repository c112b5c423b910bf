// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.dialect.Json;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Sets references in a JSON Schema apart from what stands beside them.
///
/// Gemini takes no keyword beside `$ref` but those that begin with `$`, so `{"$ref": r, "title": t}`
/// becomes `{"anyOf": [{"$ref": r}], "title": t}`, which means the same.
/// Source: Google Gen AI SDK, `GenerateContentConfig.response_json_schema`.
final class GeminiReferences {
  private static final Set<String> MAPS = Set.of("properties", "patternProperties", "$defs", "definitions");
  private static final Set<String> SCHEMAS =
      Set.of("items", "additionalProperties", "not", "anyOf", "oneOf", "allOf", "prefixItems");

  private GeminiReferences() {}

  static JsonNode setApart(JsonNode schema) {
    if (schema instanceof ArrayNode choices) {
      ArrayNode out = choices.arrayNode();
      choices.forEach(choice -> out.add(setApart(choice)));
      return out;
    }
    if (!(schema instanceof ObjectNode object)) {
      return schema;
    }
    ObjectNode out = Json.object();
    object.forEachEntry((name, value) -> out.set(name, keyword(name, value)));
    boolean isCrowded =
        out.path("$ref").isString() && out.propertyNames().stream().anyMatch(name -> !name.startsWith("$"));
    if (isCrowded && !out.has("anyOf")) {
      JsonNode reference = out.remove("$ref");
      out.putArray("anyOf").addObject().set("$ref", reference);
    }
    return out;
  }

  private static JsonNode keyword(String name, JsonNode value) {
    if (MAPS.contains(name) && value instanceof ObjectNode named) {
      ObjectNode out = Json.object();
      named.forEachEntry((key, schema) -> out.set(key, setApart(schema)));
      return out;
    }
    return SCHEMAS.contains(name) ? setApart(value) : value;
  }
}
