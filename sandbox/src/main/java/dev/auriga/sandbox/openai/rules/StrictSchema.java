// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai.rules;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What `strict: true` asks of a schema: objects are closed and require all their properties
/// (OpenAI documentation, Structured outputs).
public final class StrictSchema {
  private StrictSchema() {}

  /// The first complaint about the schema, or null when it is fine.
  public static @Nullable String complaint(JsonNode schema, String context) {
    if (schema.path("type").asString("").equals("object")) {
      JsonNode extra = schema.path("additionalProperties");
      if (!extra.isBoolean() || extra.asBoolean()) {
        return "In context=("
            + context
            + "), 'additionalProperties' is required to be supplied and to be false.";
      }
      Set<String> required = new HashSet<>();
      schema.path("required").forEach(name -> required.add(name.asString("")));
      for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
        if (!required.contains(property.getKey())) {
          return "In context=("
              + context
              + "), 'required' is required to be supplied and to be an array including "
              + "every key in properties. Missing '"
              + property.getKey()
              + "'.";
        }
        String inner = complaint(property.getValue(), "'properties', '" + property.getKey() + "'");
        if (inner != null) {
          return inner;
        }
      }
    }
    return schema.path("items").isObject() ? complaint(schema.path("items"), "'items'") : null;
  }
}
