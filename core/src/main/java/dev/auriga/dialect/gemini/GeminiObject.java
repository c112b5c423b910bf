// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.dialect.Json;
import dev.auriga.dialect.Leftovers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One object of a Gemini body with its path, so that a wrong field is refused by its name.
///
/// Google reads proto JSON leniently, and so does this: a field by its camelCase or its snake_case
/// name, `null` as absent, an integer also as a string, and a lone object where a list belongs.
/// Source: Protocol Buffers documentation, ProtoJSON format; Gemini API documentation, Text
/// generation (the `curl` examples with `"parts": {"text": …}`).
record GeminiObject(ObjectNode node, String path) {

  static GeminiObject root(ObjectNode node) {
    return new GeminiObject(node, "");
  }

  /// The field's value, null when it is absent or JSON's `null`.
  @Nullable JsonNode find(String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      value = node.get(snake(name));
    }
    return value == null || value.isNull() ? null : value;
  }

  @Nullable String text(String name) {
    JsonNode value = find(name);
    if (value == null) {
      return null;
    }
    if (!value.isString()) {
      throw Json.wrong(pathOf(name), "must be a string");
    }
    return value.stringValue();
  }

  @Nullable Double number(String name) {
    JsonNode value = find(name);
    if (value == null) {
      return null;
    }
    if (!value.isNumber()) {
      throw Json.wrong(pathOf(name), "must be a number");
    }
    return value.doubleValue();
  }

  @Nullable Long integer(String name) {
    JsonNode value = find(name);
    if (value == null) {
      return null;
    }
    Long whole = wholeNumber(value.isNumber() || value.isString() ? value.asString() : "");
    if (whole == null) {
      throw Json.wrong(pathOf(name), "must be a whole number");
    }
    return whole;
  }

  /// As [#integer], for values that fit 32 bits.
  @Nullable Integer smallInteger(String name) {
    Long value = integer(name);
    if (value == null) {
      return null;
    }
    if (value != value.intValue()) {
      throw Json.wrong(pathOf(name), "must be a whole number of 32 bits");
    }
    return value.intValue();
  }

  @Nullable Boolean flag(String name) {
    JsonNode value = find(name);
    if (value == null) {
      return null;
    }
    if (!value.isBoolean()) {
      throw Json.wrong(pathOf(name), "must be true or false");
    }
    return value.booleanValue();
  }

  @Nullable GeminiObject object(String name) {
    JsonNode value = find(name);
    if (value == null) {
      return null;
    }
    if (value instanceof ObjectNode object) {
      return new GeminiObject(object, pathOf(name));
    }
    throw Json.wrong(pathOf(name), "must be an object");
  }

  /// The objects of a list; empty when the field is absent.
  List<GeminiObject> objects(String name) {
    JsonNode value = find(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof ObjectNode lone) {
      return List.of(new GeminiObject(lone, pathOf(name)));
    }
    if (!value.isArray()) {
      throw Json.wrong(pathOf(name), "must be a list of objects");
    }
    List<GeminiObject> objects = new ArrayList<>(value.size());
    for (JsonNode element : value) {
      String place = pathOf(name) + "[" + objects.size() + "]";
      if (!(element instanceof ObjectNode object)) {
        throw Json.wrong(place, "must be an object");
      }
      objects.add(new GeminiObject(object, place));
    }
    return objects;
  }

  List<String> strings(String name) {
    JsonNode value = find(name);
    if (value == null) {
      return List.of();
    }
    List<String> strings = new ArrayList<>();
    for (JsonNode element : value.isArray() ? value : List.of(value)) {
      if (!element.isString()) {
        throw Json.wrong(pathOf(name), "must be a list of strings");
      }
      strings.add(element.stringValue());
    }
    return strings;
  }

  /// The fields other than `known` (camelCase), under their camelCase names.
  ObjectNode rest(Set<String> known) {
    ObjectNode rest = Json.object();
    node.forEachEntry(
        (name, value) -> {
          if (!known.contains(camel(name)) && !value.isNull()) {
            rest.set(camel(name), value);
          }
        });
    return rest;
  }

  /// Keeps the fields other than `known` (camelCase) in `leftovers`, under their camelCase names.
  void keepRest(Set<String> known, Leftovers leftovers) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = camel(field.getKey());
      if (!known.contains(name)) {
        leftovers.keep(pathOf(name), field.getValue());
      }
    }
  }

  String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /// The whole number `text` says, also as `100.0` or `1e2`; null when it says none of 64 bits.
  static @Nullable Long wholeNumber(String text) {
    try {
      return text.length() > 40 ? null : Long.valueOf(new BigDecimal(text).longValueExact());
    } catch (ArithmeticException | NumberFormatException notWhole) {
      return null;
    }
  }

  static String snake(String camel) {
    StringBuilder snake = new StringBuilder(camel.length() + 4);
    for (int i = 0; i < camel.length(); i++) {
      char each = camel.charAt(i);
      if (Character.isUpperCase(each)) {
        snake.append('_').append(Character.toLowerCase(each));
      } else {
        snake.append(each);
      }
    }
    return snake.toString();
  }

  static String camel(String snake) {
    if (snake.indexOf('_') < 0) {
      return snake;
    }
    StringBuilder camel = new StringBuilder(snake.length());
    boolean upper = false;
    for (int i = 0; i < snake.length(); i++) {
      char each = snake.charAt(i);
      if (each == '_') {
        upper = true;
      } else {
        camel.append(upper ? Character.toUpperCase(each) : each);
        upper = false;
      }
    }
    return camel.toString();
  }
}
