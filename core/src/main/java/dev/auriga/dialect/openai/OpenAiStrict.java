// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// What a JSON Schema must be like for OpenAI to take it as strict: every object is closed and
/// requires each of its properties.
///
/// Source: OpenAI documentation, Structured outputs (supported schemas).
public final class OpenAiStrict {
  private static final List<String> BY_NAME = List.of("properties", "$defs", "definitions");

  private OpenAiStrict() {}

  /// Whether `schema` may go with `strict: true`.
  public static boolean takes(JsonNode schema) {
    if (!schema.isObject()) {
      return true;
    }
    if (schema.path("type").asString("").equals("object") || schema.has("properties")) {
      boolean isClosed = schema.path("additionalProperties").isBoolean()
          && !schema.path("additionalProperties").booleanValue();
      List<String> required =
          schema.path("required").valueStream().map(name -> name.asString("")).toList();
      if (!isClosed || !required.containsAll(schema.path("properties").propertyNames())) {
        return false;
      }
    }
    for (String keyword : BY_NAME) {
      if (!schema.path(keyword).valueStream().allMatch(OpenAiStrict::takes)) {
        return false;
      }
    }
    return schema.path("anyOf").valueStream().allMatch(OpenAiStrict::takes)
        && takes(schema.path("items"));
  }
}
