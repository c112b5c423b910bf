// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import dev.auriga.completion.Completion;
import dev.auriga.completion.Part;
import dev.auriga.dialect.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a member's answer says, as text that can be compared.
public final class Spoken {
  private Spoken() {}

  /// The calls of tools as JSON where there are any, else the text, else why it declined.
  public static String text(Completion completion) {
    ArrayNode calls = Json.object().arrayNode();
    StringBuilder declined = new StringBuilder();
    for (Part part : completion.parts()) {
      switch (part) {
        case Part.ToolCall call -> calls.add(call(call));
        case Part.Declined words -> declined.append(words.text());
        default -> {}
      }
    }
    if (!calls.isEmpty()) {
      return Json.raw(calls).text();
    }
    String text = completion.text();
    return text.isEmpty() ? declined.toString() : text;
  }

  private static ObjectNode call(Part.ToolCall call) {
    ObjectNode json = Json.object().put("name", call.name());
    json.set("arguments", arguments(call.arguments()));
    return json;
  }

  private static JsonNode arguments(String text) {
    try {
      return Json.read(text);
    } catch (JacksonException _) {
      return Json.object().stringNode(text);
    }
  }
}
