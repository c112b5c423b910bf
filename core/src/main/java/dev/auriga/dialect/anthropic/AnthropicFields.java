// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.dialect.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Typed reads of a client's JSON; each refuses with the path of what is wrong.
///
/// `at` is the path of the object that is read, empty for the body itself. A field that is null
/// counts as absent.
final class AnthropicFields {
  private AnthropicFields() {}

  static String path(String at, String field) {
    return at.isEmpty() ? field : at + "." + field;
  }

  static String requireModel(@Nullable String model) {
    if (model == null || model.isBlank()) {
      throw Json.wrong("model", model == null ? "is missing" : "must not be blank");
    }
    return model;
  }

  static String text(JsonNode object, String field, String at) {
    String text = textOrNull(object, field, at);
    if (text == null) {
      throw Json.wrong(path(at, field), "is missing");
    }
    return text;
  }

  static @Nullable String textOrNull(JsonNode object, String field, String at) {
    JsonNode value = object.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw Json.wrong(path(at, field), "must be a string");
    }
    return value.stringValue();
  }

  static @Nullable Integer countOrNull(JsonNode object, String field, String at) {
    JsonNode value = object.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
      throw Json.wrong(path(at, field), "must be a whole number from 0 to 2147483647");
    }
    return value.intValue();
  }

  static @Nullable Double numberOrNull(JsonNode object, String field, String at) {
    JsonNode value = object.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isNumber()) {
      throw Json.wrong(path(at, field), "must be a number");
    }
    return value.doubleValue();
  }

  static @Nullable Boolean flagOrNull(JsonNode object, String field, String at) {
    JsonNode value = object.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isBoolean()) {
      throw Json.wrong(path(at, field), "must be true or false");
    }
    return value.booleanValue();
  }

  /// The object in `field`, or a missing node when it is absent.
  static JsonNode object(JsonNode object, String field, String at) {
    JsonNode value = object.path(field);
    if (!value.isMissingNode() && !value.isNull() && !value.isObject()) {
      throw Json.wrong(path(at, field), "must be an object");
    }
    return value;
  }

  /// The array in `field`, or an empty node when it is absent.
  static JsonNode array(JsonNode object, String field, String at) {
    JsonNode value = object.path(field);
    if (!value.isMissingNode() && !value.isNull() && !value.isArray()) {
      throw Json.wrong(path(at, field), "must be an array");
    }
    return value;
  }
}
