// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation.stream;

import dev.auriga.completion.RawJson;
import dev.auriga.dialect.Json;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Reads the [Shape]s of a schema, each when a value gets there. For one thread.
///
/// What it does not know (dynamic references, conditions, unevaluated members, …) narrows nothing.
final class ShapeReader {
  private final JsonNode root;
  private final boolean followsReferences;
  /// By identity: the same schema is the same shape. A schema that is being read is anything.
  private final IdentityHashMap<JsonNode, Shape> known = new IdentityHashMap<>();

  private ShapeReader(JsonNode root) {
    this.root = root;
    this.followsReferences = root.valueStream().noneMatch(ShapeReader::hasAnAddress);
  }

  /// The shape of `schema`; of what is none, anything.
  static Shape of(RawJson schema) {
    try {
      JsonNode root = Json.read(schema);
      return new ShapeReader(root).read(root);
    } catch (JacksonException notJson) {
      return Shape.ANYTHING;
    }
  }

  /// Within a schema with an address of its own, references are counted from there.
  private static boolean hasAnAddress(JsonNode schema) {
    return schema.path("$id").isString()
        || schema.path("id").isString()
        || schema.valueStream().anyMatch(ShapeReader::hasAnAddress);
  }

  Shape read(JsonNode schema) {
    if (!schema.isObject()) {
      return Shape.ANYTHING;
    }
    Shape before = known.putIfAbsent(schema, Shape.ANYTHING);
    if (before != null) {
      return before;
    }
    Shape shape = schema.has("$ref") ? referred(schema.path("$ref").asString("")) : own(schema);
    known.put(schema, shape);
    return shape;
  }

  private Shape own(JsonNode schema) {
    List<Shape> all = new ArrayList<>();
    all.add(new SchemaShape(schema, this));
    schema.path("allOf").forEach(each -> all.add(read(each)));
    for (String choice : List.of("anyOf", "oneOf")) {
      if (schema.path(choice).isArray()) {
        all.add(Shape.any(schema.path(choice).valueStream().map(this::read).toList()));
      }
    }
    return Shape.all(all);
  }

  /// What stands beside a reference counts in some drafts only, and is left away in all.
  private Shape referred(String reference) {
    if (!followsReferences || !reference.startsWith("#") || reference.indexOf('%') >= 0) {
      return Shape.ANYTHING;
    }
    String pointer = reference.substring(1);
    return pointer.isEmpty() || pointer.startsWith("/")
        ? read(root.at(JsonPointer.compile(pointer)))
        : Shape.ANYTHING;
  }
}
