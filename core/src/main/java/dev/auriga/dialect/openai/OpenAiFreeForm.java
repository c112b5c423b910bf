// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.CacheMark;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Tool;
import dev.auriga.dialect.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Custom tools, whose input is free text: elsewhere a function with one string called `input`.
///
/// What such a function is called with goes back to the client as the custom tool's input.
/// Source: OpenAI OpenAPI document, `CustomToolParam`, `CustomToolCall`.
public final class OpenAiFreeForm {
  private static final RawJson PARAMETERS =
      new RawJson(
          "{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\"}},"
              + "\"required\":[\"input\"],\"additionalProperties\":false}");
  private static final byte[] SIGN = "\"custom\"".getBytes(StandardCharsets.US_ASCII);

  private OpenAiFreeForm() {}

  /// The function that stands for a custom tool; a grammar for its input is told in the description.
  public static Tool wrapped(
      String name, @Nullable String description, JsonNode format, @Nullable CacheMark cache) {
    JsonNode grammar = format.has("grammar") ? format.path("grammar") : format;
    String definition = grammar.path("definition").asString("");
    String told = description == null ? "" : description;
    if (!definition.isEmpty()) {
      String syntax = grammar.path("syntax").asString("");
      told = "%s%nThe input must follow this %s grammar:%n%s".formatted(told, syntax, definition).strip();
    }
    return new Tool.Function(name, told.isEmpty() ? null : told, PARAMETERS, null, cache);
  }

  /// The arguments of the function for a custom tool's input.
  public static String arguments(String input) {
    return Json.raw(Json.object().put("input", input)).text();
  }

  /// The custom tool's input for the function's arguments; the arguments themselves where they are
  /// not what was asked for.
  public static String input(String arguments) {
    try {
      JsonNode input = Json.read(arguments).path("input");
      return input.isString() ? input.stringValue() : arguments;
    } catch (JacksonException notJson) {
      return arguments;
    }
  }

  /// The names of the custom tools among `tools`, in either API's form.
  public static Set<String> names(JsonNode tools) {
    Set<String> names = new HashSet<>();
    for (JsonNode tool : tools) {
      if (tool.path("type").asString("").equals("custom")) {
        names.add(tool.path("custom").path("name").asString(tool.path("name").asString("")));
      }
    }
    return names;
  }

  /// The names of the custom tools of a Chat Completions request; its body is only read where the
  /// word stands in it.
  static Set<String> namesIn(byte[] body) {
    return mentions(body) ? names(Json.read(body).path("tools")) : Set.of();
  }

  private static boolean mentions(byte[] body) {
    int last = body.length - SIGN.length;
    for (int from = 0; from <= last; from++) {
      int i = 0;
      while (i < SIGN.length && body[from + i] == SIGN[i]) {
        i++;
      }
      if (i == SIGN.length) {
        return true;
      }
    }
    return false;
  }
}
