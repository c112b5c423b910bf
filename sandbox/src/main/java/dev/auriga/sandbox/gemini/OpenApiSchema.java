// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.gemini;

import dev.auriga.sandbox.protocol.Fields;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Gemini's `Schema` message: a subset of OpenAPI 3.0. A keyword of full JSON Schema, such as
/// `additionalProperties` or `$ref`, is an unknown name (Gemini API reference, Schema).
record OpenApiSchema(GeminiErrors errors) {
  private static final Set<String> KEYWORDS =
      Set.of(
          "type",
          "format",
          "title",
          "description",
          "nullable",
          "enum",
          "maxItems",
          "minItems",
          "properties",
          "required",
          "minProperties",
          "maxProperties",
          "minLength",
          "maxLength",
          "pattern",
          "example",
          "anyOf",
          "propertyOrdering",
          "default",
          "items",
          "minimum",
          "maximum");
  private static final Set<String> TYPES =
      Set.of(
          "STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT", "NULL", "TYPE_UNSPECIFIED");

  void check(Fields schema) {
    Proto.allow(schema, KEYWORDS, errors);
    String type = schema.has("type") ? schema.text("type").toUpperCase(Locale.ROOT) : "";
    if (!type.isEmpty() && !TYPES.contains(type)) {
      throw errors.invalid(
          "Invalid value at '"
              + schema.at("type")
              + "' (type.googleapis.com/google.ai.generativelanguage."
              + "v1beta.Type), \""
              + schema.text("type")
              + "\"");
    }
    if (schema.has("enum") && !type.equals("STRING") && !type.isEmpty()) {
      throw errors.invalid(
          "* GenerateContentRequest." + schema.at("enum") + ": only allowed for STRING type\n");
    }
    if (type.equals("ARRAY") && !schema.has("items")) {
      throw errors.invalid("* GenerateContentRequest." + schema.at("items") + ": missing field.\n");
    }
    properties(schema);
    if (schema.has("items")) {
      check(schema.object("items"));
    }
    for (Fields choice : schema.optionalItems("anyOf")) {
      check(choice);
    }
  }

  private void properties(Fields schema) {
    if (!schema.has("properties")) {
      return;
    }
    Fields properties = schema.object("properties");
    if (properties.node().isEmpty()) {
      throw errors.invalid(
          "* GenerateContentRequest."
              + schema.at("properties")
              + ": should be non-empty for OBJECT type\n");
    }
    for (Map.Entry<String, JsonNode> property : properties.node().properties()) {
      String path = schema.at("properties") + "[" + property.getKey() + "]";
      check(Fields.of(property.getValue(), path, errors));
    }
    for (String required : schema.optionalTexts("required")) {
      if (!properties.node().has(required)) {
        throw errors.invalid(
            "* GenerateContentRequest." + schema.at("required") + ": property is not defined\n");
      }
    }
  }
}
