// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation.stream;

import dev.auriga.dialect.Json;
import dev.auriga.validation.syntax.JsonScanner.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One schema's own assertions about kinds, values, members and items; equal to itself alone.
final class SchemaShape implements Shape {
  private final JsonNode schema;
  private final ShapeReader reader;
  private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
  private final @Nullable List<JsonNode> values;
  private final boolean wholeNumbers;

  SchemaShape(JsonNode schema, ShapeReader reader) {
    this.schema = schema;
    this.reader = reader;
    Set<String> types = types(schema.path("type"));
    types.forEach(type -> kinds.addAll(kinds(type)));
    if (types.isEmpty()) {
      kinds.addAll(EnumSet.allOf(Kind.class));
    }
    wholeNumbers = types.contains("integer") && !types.contains("number");
    values = values(schema);
    if (values != null) {
      kinds.retainAll(values.stream().map(Shape::kindOf).collect(Collectors.toSet()));
    }
  }

  private static Set<String> types(JsonNode type) {
    return type.isString()
        ? Set.of(type.asString())
        : type.valueStream().map(each -> each.asString("")).collect(Collectors.toSet());
  }

  private static Set<Kind> kinds(String type) {
    return switch (type) {
      case "object" -> EnumSet.of(Kind.OBJECT);
      case "array" -> EnumSet.of(Kind.ARRAY);
      case "string" -> EnumSet.of(Kind.STRING);
      case "number", "integer" -> EnumSet.of(Kind.NUMBER);
      case "boolean" -> EnumSet.of(Kind.BOOLEAN);
      case "null" -> EnumSet.of(Kind.NULL);
      default -> EnumSet.allOf(Kind.class);
    };
  }

  private static @Nullable List<JsonNode> values(JsonNode schema) {
    if (schema.has("const")) {
      return List.of(schema.path("const"));
    }
    if (!schema.path("enum").isArray()) {
      return null;
    }
    List<JsonNode> values = new ArrayList<>();
    schema.path("enum").forEach(values::add);
    return values;
  }

  @Override
  public boolean allows(Kind kind) {
    return kinds.contains(kind);
  }

  @Override
  public boolean allows(JsonNode scalar) {
    if (wholeNumbers && scalar.isNumber() && scalar.decimalValue().stripTrailingZeros().scale() > 0) {
      return false;
    }
    return values == null || values.stream().anyMatch(value -> isSame(value, scalar));
  }

  private static boolean isSame(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      return one.decimalValue().compareTo(other.decimalValue()) == 0;
    }
    return one.equals(other);
  }

  @Override
  public @Nullable Shape member(String name) {
    JsonNode own = schema.path("properties").get(name);
    if (own != null) {
      return reader.read(own);
    }
    JsonNode others = schema.path("additionalProperties");
    if (others.isMissingNode() || schema.has("patternProperties")) {
      return ANYTHING;
    }
    boolean none = others.isBoolean() && !others.asBoolean();
    return none ? null : reader.read(others);
  }

  /// Nothing is said of items that are told apart by their place.
  @Override
  public Shape item() {
    JsonNode items = schema.path("items");
    return schema.has("prefixItems") || items.isArray() ? ANYTHING : reader.read(items);
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public String words() {
    if (values != null) {
      return values.stream().map(value -> Json.raw(value).text()).collect(Collectors.joining(" or "));
    }
    if (kinds.size() == Kind.values().length) {
      return ANYTHING.words();
    }
    return wholeNumbers && kinds.size() == 1
        ? "an integer"
        : kinds.stream().map(kind -> kind.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(" or "));
  }
}
