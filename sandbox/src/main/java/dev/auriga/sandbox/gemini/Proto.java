// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.gemini;

import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.Json;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON as protocol buffers read it: names may be in camel or snake case, and a name nobody knows
/// is refused (Protocol Buffers documentation, ProtoJSON).
final class Proto {
  /// Members whose content belongs to the client and keeps its names.
  private static final Set<String> FREE =
      Set.of(
          "args",
          "response",
          "parametersJsonSchema",
          "responseJsonSchema",
          "labels",
          "example",
          "default",
          "enum");

  private Proto() {}

  /// The message with all names in camel case, but those that belong to the client.
  static JsonNode camel(JsonNode node) {
    if (node.isArray()) {
      ArrayNode array = Json.array();
      node.forEach(element -> array.add(camel(element)));
      return array;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode object = Json.object();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String name = camel(member.getKey());
      JsonNode value = member.getValue();
      object.set(
          name,
          FREE.contains(name) ? value : name.equals("properties") ? named(value) : camel(value));
    }
    return object;
  }

  private static JsonNode named(JsonNode properties) {
    if (!properties.isObject()) {
      return properties;
    }
    ObjectNode object = Json.object();
    properties.forEachEntry((name, schema) -> object.set(name, camel(schema)));
    return object;
  }

  private static String camel(String name) {
    StringBuilder camel = new StringBuilder();
    boolean upper = false;
    for (int index = 0; index < name.length(); index++) {
      char letter = name.charAt(index);
      if (letter == '_' && index > 0) {
        upper = true;
      } else {
        camel.append(upper ? Character.toUpperCase(letter) : letter);
        upper = false;
      }
    }
    return camel.toString();
  }

  /// Refuses members that are not among the known ones.
  static Fields allow(Fields fields, Set<String> known, GeminiErrors errors) {
    for (String name : fields.node().propertyNames()) {
      if (!known.contains(name)) {
        throw errors.unknown(fields.path(), name);
      }
    }
    return fields;
  }
}
