// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.dialect.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Turns JSON Schema into the schema language of models before Gemini 2.5, by a list of what they
/// know.
///
/// References are put in place (a cycle becomes a plain object), `const` becomes an enum of one,
/// `oneOf` becomes `anyOf`, a type with `null` becomes `nullable`, exclusive bounds become bounds.
/// Enums are for strings only. Whatever else constrains the value is dropped and reported.
/// Source: Gemini API reference, `Schema`.
final class GeminiSchemaWriter {
  private static final Set<String> KNOWN =
      Set.of(
          "title", "description", "nullable", "maxItems", "minItems", "maxProperties",
          "minProperties", "minLength", "maxLength", "pattern", "example", "default",
          "minimum", "maximum", "propertyOrdering");
  private static final Set<String> SAYS_NOTHING =
      Set.of(
          "$schema", "$id", "$comment", "$anchor", "$defs", "definitions", "examples",
          "deprecated", "readOnly", "writeOnly");
  private static final Map<String, Set<String>> FORMATS =
      Map.of(
          "STRING", Set.of("enum", "date-time"),
          "NUMBER", Set.of("float", "double"),
          "INTEGER", Set.of("int32", "int64"));

  private final JsonNode root;
  private final Deque<String> resolving = new ArrayDeque<>();
  private final Set<String> lost = new LinkedHashSet<>();

  private GeminiSchemaWriter(JsonNode root) {
    this.root = root;
  }

  /// `schema` in Gemini's language; each keyword that was dropped is a loss at its path in `field`.
  static ObjectNode write(JsonNode schema, String field, List<Loss> losses) {
    GeminiSchemaWriter writer = new GeminiSchemaWriter(schema);
    ObjectNode out = writer.schema(schema, field);
    writer.lost.forEach(path -> losses.add(new Loss(Reason.SCHEMA_KEYWORD, path)));
    return out;
  }

  private ObjectNode schema(JsonNode given, String path) {
    if (!(given instanceof ObjectNode schema)) {
      return Json.object();
    }
    String reference = schema.path("$ref").asString("");
    if (!reference.isEmpty()) {
      return referred(reference, schema, path);
    }
    ObjectNode out = Json.object();
    writeType(schema.get("type"), out, path);
    schema.forEachEntry((name, value) -> writeKeyword(name, value, out, path));
    if (out.path("type").asString("").equals("ARRAY") && !out.has("items")) {
      out.putObject("items").put("type", "STRING");
      lost.add(path + ".items");
    }
    keepRequired(schema, out);
    return out;
  }

  private ObjectNode referred(String reference, ObjectNode schema, String path) {
    JsonNode target =
        reference.equals("#") ? root
            : reference.startsWith("#/") ? root.at(reference.substring(1))
            : Json.object().missingNode();
    if (resolving.contains(reference) || !target.isObject()) {
      lost.add(path + ".$ref");
      return Json.object().put("type", "OBJECT");
    }
    resolving.push(reference);
    ObjectNode out = schema(target, path);
    resolving.pop();
    if (schema.path("description").isString()) {
      out.set("description", schema.path("description"));
    }
    return out;
  }

  private void writeType(@Nullable JsonNode type, ObjectNode out, String path) {
    if (type == null) {
      return;
    }
    if (type.isString()) {
      out.put("type", capital(type));
      return;
    }
    List<String> types =
        type.valueStream().map(GeminiSchemaWriter::capital).filter(name -> !name.equals("NULL")).toList();
    if (types.size() < type.size()) {
      out.put("nullable", true);
    }
    if (types.size() == 1) {
      out.put("type", types.getFirst());
    } else if (types.isEmpty()) {
      lost.add(path + ".type");
    } else {
      ArrayNode choices = out.putArray("anyOf");
      types.forEach(name -> choices.addObject().put("type", name));
    }
  }

  private static String capital(JsonNode type) {
    return type.asString("").toUpperCase(Locale.ROOT);
  }

  private void writeKeyword(String name, JsonNode value, ObjectNode out, String path) {
    switch (name) {
      case "type", "required" -> {}
      case "properties" -> {
        ObjectNode properties = out.putObject("properties");
        value.forEachEntry((property, schema) ->
            properties.set(property, schema(schema, path + ".properties." + property)));
      }
      case "items" -> out.set("items", schema(value, path + ".items"));
      case "anyOf", "oneOf" -> choices(value, out, path + "." + name);
      case "allOf" -> all(value, out, path + ".allOf");
      case "enum" -> enumeration(value, out, path + ".enum");
      case "const" -> constant(value, out, path + ".const");
      case "exclusiveMinimum" -> bound("minimum", value, 1, out);
      case "exclusiveMaximum" -> bound("maximum", value, -1, out);
      case "format" -> {
        if (FORMATS.getOrDefault(out.path("type").asString(""), Set.of()).contains(value.asString(""))) {
          out.set("format", value);
        } else {
          lost.add(path + ".format");
        }
      }
      default -> {
        if (KNOWN.contains(name)) {
          out.set(name, value);
        } else if (!SAYS_NOTHING.contains(name)) {
          lost.add(path + "." + name);
        }
      }
    }
  }

  private void choices(JsonNode given, ObjectNode out, String path) {
    ArrayNode choices = out.withArray("anyOf");
    int index = 0;
    for (JsonNode choice : given) {
      if (choice.path("type").asString("").equals("null")) {
        out.put("nullable", true);
      } else {
        choices.add(schema(choice, path + "[" + index + "]"));
      }
      index++;
    }
    if (choices.size() == 1 && choices.get(0) instanceof ObjectNode only) {
      out.remove("anyOf");
      only.forEachEntry((name, value) -> { if (!out.has(name)) { out.set(name, value); } });
    }
  }

  private void all(JsonNode given, ObjectNode out, String path) {
    int index = 0;
    for (JsonNode part : given) {
      ObjectNode schema = schema(part, path + "[" + index++ + "]");
      if (schema.get("properties") instanceof ObjectNode properties) {
        out.withObject("/properties").setAll(properties);
      }
      schema.forEachEntry((name, value) -> { if (!out.has(name)) { out.set(name, value); } });
    }
  }

  private void enumeration(JsonNode values, ObjectNode out, String path) {
    ArrayNode strings = out.arrayNode();
    boolean others = false;
    for (JsonNode value : values) {
      if (value.isString()) {
        strings.add(value);
      } else if (value.isNull()) {
        out.put("nullable", true);
      } else {
        others = true;
      }
    }
    if (others || strings.isEmpty()) {
      lost.add(path);
    } else {
      out.set("enum", strings);
      out.put("type", "STRING");
    }
  }

  private void constant(JsonNode value, ObjectNode out, String path) {
    if (value.isNumber()) {
      out.set("minimum", value);
      out.set("maximum", value);
      if (!out.has("type")) {
        out.put("type", value.isIntegralNumber() ? "INTEGER" : "NUMBER");
      }
    } else {
      enumeration(out.arrayNode().add(value), out, path);
    }
  }

  private static void bound(String name, JsonNode value, int step, ObjectNode out) {
    boolean whole = value.canConvertToLong() && out.path("type").asString("").equals("INTEGER");
    if (whole) {
      out.put(name, value.asLong() + step);
    } else {
      out.set(name, value);
    }
  }

  private static void keepRequired(ObjectNode schema, ObjectNode out) {
    ArrayNode required = out.arrayNode();
    for (JsonNode name : schema.path("required")) {
      if (out.path("properties").has(name.asString(""))) {
        required.add(name);
      }
    }
    if (!required.isEmpty()) {
      out.set("required", required);
    }
  }
}
