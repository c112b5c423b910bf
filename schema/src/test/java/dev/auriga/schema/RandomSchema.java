// SPDX-License-Identifier: Apache-2.0
package dev.auriga.schema;

import dev.auriga.completion.RawJson;
import dev.auriga.dialect.Json;
import dev.auriga.validation.RandomJson;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Schemas by chance that allow a given document, said in many ways.
final class RandomSchema {
  private final Random random;
  private final RandomJson values;
  private final ObjectNode definitions = Json.object();

  RandomSchema(Random random) {
    this.random = random;
    this.values = new RandomJson(random);
  }

  RawJson allowing(JsonNode document) {
    ObjectNode root = said(document);
    if (!definitions.isEmpty()) {
      root.set("$defs", definitions);
    }
    return Json.raw(root);
  }

  private ObjectNode said(JsonNode value) {
    ObjectNode plain = plain(value);
    return switch (random.nextInt(9)) {
      case 0 -> choice("anyOf", plain, plain(values.value(1)));
      case 1 -> choice("anyOf", plain(values.value(1)), plain);
      case 2 -> choice("allOf", plain, Json.object());
      case 3 -> choice("oneOf", plain, (ObjectNode) Json.read("{\"const\":\"nothing of the kind\"}"));
      case 4 -> reference(plain);
      case 5 -> plain.set("if", Json.object().put("type", "null"));
      default -> plain;
    };
  }

  private ObjectNode choice(String keyword, ObjectNode... schemas) {
    ObjectNode choice = Json.object();
    choice.putArray(keyword).addAll(List.of(schemas));
    return choice;
  }

  private ObjectNode reference(ObjectNode schema) {
    String name = "d" + definitions.size();
    definitions.set(name, schema);
    return Json.object().put("$ref", "#/$defs/" + name);
  }

  private ObjectNode plain(JsonNode value) {
    ObjectNode schema = Json.object();
    if (value.isContainer()) {
      return value.isObject() ? object(value, schema) : array(value, schema);
    }
    switch (random.nextInt(4)) {
      case 0 -> schema.putArray("enum").add(values.value(0)).add(value).add("other");
      case 1 -> schema.set("const", value);
      case 2 -> type(value, schema);
      default -> schema.put("description", "any");
    }
    return schema;
  }

  private ObjectNode type(JsonNode value, ObjectNode schema) {
    String type =
        switch (value.getNodeType()) {
          case STRING -> "string";
          case BOOLEAN -> "boolean";
          case NULL -> "null";
          case OBJECT -> "object";
          case ARRAY -> "array";
          default -> value.isIntegralNumber() ? "integer" : "number";
        };
    if (random.nextInt(3) == 0) {
      schema.putArray("type").add(type).add("null".equals(type) ? "string" : "null");
    } else {
      schema.put("type", type);
    }
    return schema;
  }

  private ObjectNode object(JsonNode value, ObjectNode schema) {
    type(value, schema);
    ObjectNode properties = Json.object();
    boolean all = true;
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      boolean named = random.nextInt(6) > 0;
      all &= named;
      if (named) {
        properties.set(member.getKey(), said(member.getValue()));
      }
    }
    schema.set("properties", properties);
    properties.propertyNames().stream().findFirst().ifPresent(name -> schema.putArray("required").add(name));
    switch (random.nextInt(4)) {
      case 0 -> schema.put("additionalProperties", !all);
      case 1 -> schema.set("additionalProperties", all ? Json.object().put("type", "boolean") : Json.object());
      case 2 -> schema.putObject("patternProperties").putObject("^never$");
      default -> {}
    }
    return schema;
  }

  private ObjectNode array(JsonNode value, ObjectNode schema) {
    type(value, schema);
    if (random.nextBoolean() && !value.isEmpty()) {
      ArrayNode items = schema.putObject("items").putArray("anyOf");
      value.forEach(item -> items.add(said(item)));
    } else if (random.nextBoolean() && !value.isEmpty()) {
      schema.putArray("prefixItems").add(said(value.get(0)));
    }
    return schema;
  }
}
