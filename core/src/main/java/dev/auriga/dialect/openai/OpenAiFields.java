// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Refusal;
import dev.auriga.dialect.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An object of a client's body with its path, whose fields are read with their types checked.
///
/// A field that is absent or `null` reads as null; one of another type is a [Refusal] that names
/// its path.
public record OpenAiFields(ObjectNode node, String path) {

  /// The field's path, such as `messages[2].content`.
  public String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  public Refusal wrong(String name, String expected) {
    return Json.wrong(at(name), expected);
  }

  public @Nullable JsonNode any(String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value;
  }

  public @Nullable String text(String name) {
    JsonNode value = any(name);
    if (value == null) {
      return null;
    }
    if (!value.isString()) {
      throw wrong(name, "must be a string");
    }
    return value.stringValue();
  }

  public String needText(String name) {
    String value = text(name);
    if (value == null) {
      throw wrong(name, "is missing, must be a string");
    }
    return value;
  }

  public @Nullable Boolean flag(String name) {
    JsonNode value = any(name);
    if (value == null) {
      return null;
    }
    if (!value.isBoolean()) {
      throw wrong(name, "must be true or false");
    }
    return value.booleanValue();
  }

  public @Nullable Double number(String name) {
    JsonNode value = any(name);
    if (value == null) {
      return null;
    }
    if (!value.isNumber()) {
      throw wrong(name, "must be a number");
    }
    return value.doubleValue();
  }

  public @Nullable Long wholeNumber(String name) {
    JsonNode value = any(name);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(name, "must be a whole number");
    }
    return value.longValue();
  }

  /// A whole number from 0 up, as for limits on tokens.
  public @Nullable Integer count(String name) {
    JsonNode value = any(name);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
      throw wrong(name, "must be a whole number, not negative");
    }
    return value.intValue();
  }

  public @Nullable OpenAiFields object(String name) {
    JsonNode value = any(name);
    if (value == null) {
      return null;
    }
    if (value instanceof ObjectNode object) {
      return new OpenAiFields(object, at(name));
    }
    throw wrong(name, "must be an object");
  }

  public OpenAiFields needObject(String name) {
    OpenAiFields value = object(name);
    if (value == null) {
      throw wrong(name, "is missing, must be an object");
    }
    return value;
  }

  /// The objects of an array; none when the field is absent.
  public List<OpenAiFields> objects(String name) {
    JsonNode value = any(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      throw wrong(name, "must be an array of objects");
    }
    List<OpenAiFields> all = new ArrayList<>(value.size());
    for (JsonNode each : value) {
      String where = at(name) + "[" + all.size() + "]";
      if (!(each instanceof ObjectNode object)) {
        throw Json.wrong(where, "must be an object");
      }
      all.add(new OpenAiFields(object, where));
    }
    return all;
  }
}
