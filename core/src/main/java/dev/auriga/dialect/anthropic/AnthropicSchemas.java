// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON Schema as structured outputs and strict tools take it: objects closed, no bounds.
///
/// Source: Claude documentation, Structured outputs (JSON Schema limitations).
final class AnthropicSchemas {
  private static final Set<String> BOUNDS =
      Set.of(
          "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength",
          "maxLength", "maxItems", "uniqueItems", "minProperties", "maxProperties");
  private static final List<String> BY_NAME = List.of("properties", "$defs", "definitions");
  private static final List<String> LISTED = List.of("anyOf", "oneOf", "allOf", "prefixItems");

  private AnthropicSchemas() {}

  /// Gives every object of `schema` without `additionalProperties` a false one, and takes out the
  /// bounds that are refused, each with a loss at its path below `at`.
  static void constrain(JsonNode schema, String at, List<Loss> losses) {
    if (!(schema instanceof ObjectNode object)) {
      return;
    }
    boolean isObject = object.path("properties").isObject() || isObjectType(object.path("type"));
    if (isObject && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    for (String keyword : List.copyOf(object.propertyNames())) {
      boolean isRefused =
          BOUNDS.contains(keyword)
              || (keyword.equals("minItems") && object.path(keyword).asInt(0) > 1);
      if (isRefused) {
        object.remove(keyword);
        losses.add(new Loss(Reason.SCHEMA_KEYWORD, at + "." + keyword));
      }
    }
    for (String keyword : BY_NAME) {
      for (Map.Entry<String, JsonNode> named : object.path(keyword).properties()) {
        constrain(named.getValue(), at + "." + keyword + "." + named.getKey(), losses);
      }
    }
    for (String keyword : LISTED) {
      int index = 0;
      for (JsonNode each : object.path(keyword)) {
        constrain(each, at + "." + keyword + "[" + index++ + "]", losses);
      }
    }
    constrain(object.path("items"), at + ".items", losses);
  }

  private static boolean isObjectType(JsonNode type) {
    return type.isArray()
        ? type.valueStream().anyMatch(each -> each.stringValue("").equals("object"))
        : type.stringValue("").equals("object");
  }
}
