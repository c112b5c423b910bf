// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.mind;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes JSON that conforms to a JSON Schema, filled with words of the prompt. Knows the keywords
/// the providers accept: type, properties, required, items, enum, const, anyOf, oneOf, allOf, $ref,
/// the bounds, and the common formats. A `pattern` is met only by a few everyday candidates.
final class SchemaExample {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DEPTH = 12;
  private static final List<String> CANDIDATES =
      List.of(
          "A", "a", "1", "abc", "ABC", "123", "12345", "A1", "ABC-123", "2025-01-31", "+15550100");

  private final JsonNode root;
  private final Facts facts;
  private final Dice dice;

  /// What the strings and numbers may say: names in the prompt, its telling words, and an answer.
  record Facts(List<String> names, List<String> words, String answer) {}

  SchemaExample(JsonNode schema, Facts facts, Dice dice) {
    this.root = schema;
    this.facts = facts;
    this.dice = dice;
  }

  /// The example.
  JsonNode make() {
    return value(root, "", 0);
  }

  private JsonNode value(JsonNode written, String name, int depth) {
    JsonNode schema = resolved(written);
    if (schema.has("const")) {
      return schema.get("const");
    }
    if (schema.path("enum").isArray() && !schema.path("enum").isEmpty()) {
      return fromEnum(schema.path("enum"));
    }
    for (String choice : List.of("anyOf", "oneOf", "allOf")) {
      if (schema.path(choice).isArray() && !schema.path(choice).isEmpty()) {
        return value(schema.path(choice).get(0), name, depth + 1);
      }
    }
    return switch (type(schema)) {
      case "object" -> object(schema, depth);
      case "array" -> array(schema, name, depth);
      case "integer" -> JSON.numberNode(Math.round(number(schema)));
      case "number" -> JSON.numberNode(number(schema));
      case "boolean" -> JSON.booleanNode(dice.chance(0.5));
      case "null" -> JSON.nullNode();
      case String _ -> JSON.stringNode(string(schema, name));
    };
  }

  private JsonNode resolved(JsonNode schema) {
    String reference = schema.path("$ref").asString("");
    if (!reference.startsWith("#")) {
      return schema;
    }
    JsonNode target = root.at(reference.substring(1));
    return target.isMissingNode() ? schema : target;
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    String named = type.isArray() && !type.isEmpty() ? type.get(0).asString("") : type.asString("");
    if (named.isEmpty()) {
      return schema.has("properties") ? "object" : schema.has("items") ? "array" : "string";
    }
    return named.toLowerCase(Locale.ROOT);
  }

  private JsonNode fromEnum(JsonNode values) {
    for (JsonNode value : values) {
      if (facts.words().contains(value.asString("").toLowerCase(Locale.ROOT))) {
        return value;
      }
    }
    return values.get(dice.below(values.size()));
  }

  private ObjectNode object(JsonNode schema, int depth) {
    ObjectNode object = JSON.objectNode();
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asString("")));
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      if (depth < DEPTH
          && (required.isEmpty() ? depth < 3 : required.contains(property.getKey()))) {
        object.set(property.getKey(), value(property.getValue(), property.getKey(), depth + 1));
      }
    }
    return object;
  }

  private ArrayNode array(JsonNode schema, String name, int depth) {
    ArrayNode array = JSON.arrayNode();
    int most = Math.max(schema.path("maxItems").asInt(3), schema.path("minItems").asInt(0));
    int items = Math.min(Math.max(schema.path("minItems").asInt(1), 1), most);
    for (int index = 0; index < items && depth < DEPTH; index++) {
      array.add(value(schema.path("items"), name, depth + 1));
    }
    return array;
  }

  private double number(JsonNode schema) {
    double low =
        schema.path("minimum").asDouble(schema.path("exclusiveMinimum").asDouble(-1e15) + 1);
    double high =
        schema.path("maximum").asDouble(schema.path("exclusiveMaximum").asDouble(1e15) - 1);
    double wanted =
        facts.answer().matches("-?\\d{1,15}(\\.\\d+)?")
            ? Double.parseDouble(facts.answer())
            : dice.below(100);
    double bounded = Math.max(low, Math.min(high, wanted));
    double step = schema.path("multipleOf").asDouble(0);
    return step > 0 ? Math.ceil(bounded / step) * step : bounded;
  }

  private String string(JsonNode schema, String name) {
    String wanted = formatted(schema.path("format").asString(""), name);
    int least = schema.path("minLength").asInt(0);
    int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
    StringBuilder text = new StringBuilder(wanted);
    while (text.length() < least) {
      text.append('a');
    }
    text.setLength(Math.min(text.length(), most));
    return fitting(schema.path("pattern").asString(""), text.toString());
  }

  private static String fitting(String pattern, String text) {
    try {
      Pattern wanted = Pattern.compile(pattern);
      return wanted.matcher(text).find()
          ? text
          : CANDIDATES.stream()
              .filter(candidate -> wanted.matcher(candidate).find())
              .findFirst()
              .orElse(text);
    } catch (PatternSyntaxException _) {
      return text; // a dialect of regular expressions that Java does not read
    }
  }

  private String formatted(String format, String name) {
    return switch (format) {
      case "date" -> "2025-01-31";
      case "time" -> "12:00:00Z";
      case "date-time" -> "2025-01-31T12:00:00Z";
      case "email" -> "ada@example.com";
      case "uri", "url" -> "https://example.com/";
      case "uuid" -> "123e4567-e89b-42d3-a456-426614174000";
      case "ipv4" -> "192.0.2.1";
      case String _ -> told(name);
    };
  }

  private String told(String name) {
    if (List.of("answer", "result", "value", "content", "text", "summary").contains(name)) {
      return facts.answer();
    }
    if (!facts.names().isEmpty()) {
      return facts.names().getFirst();
    }
    return facts.words().isEmpty() ? "example" : facts.words().getLast();
  }
}
