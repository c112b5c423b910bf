// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.RawJson;
import dev.auriga.completion.Tool;
import dev.auriga.completion.ToolChoice;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.openai.OpenAiFields;
import dev.auriga.dialect.openai.OpenAiFreeForm;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the tools of a Responses request and how free the model is to call them.
///
/// A function stands flat in its tool; every other type is hosted or a form only this dialect
/// knows. `allowed_tools` names a subset of the tools; here the others are left out, which means
/// the same to the model. Source: OpenAI OpenAPI document, `Tool`, `ToolChoiceParam`.
record ResponsesToolReader(List<Tool> tools, ToolChoice choice) {
  private static final RawJson NO_PARAMETERS =
      new RawJson("{\"type\":\"object\",\"properties\":{}}");

  static ResponsesToolReader read(OpenAiFields body) {
    List<Tool> tools = body.objects("tools").stream().map(ResponsesToolReader::tool).toList();
    JsonNode choice = body.any("tool_choice");
    if (choice == null || choice.isString()) {
      return new ResponsesToolReader(tools, mode(body, "tool_choice"));
    }
    OpenAiFields said = body.needObject("tool_choice");
    String type = said.needText("type");
    if (type.equals("allowed_tools")) {
      return allowed(tools, said);
    }
    String name = said.text("name");
    return new ResponsesToolReader(
        tools, new ToolChoice.Named(name == null || type.equals("mcp") ? type : name));
  }

  private static Tool tool(OpenAiFields tool) {
    String type = tool.needText("type");
    if (type.equals("custom")) {
      return OpenAiFreeForm.wrapped(
          tool.needText("name"), tool.text("description"), tool.node().path("format"), null);
    }
    if (!type.equals("function")) {
      return new Tool.Hosted(OpenAiResponses.NAME, type, Json.raw(tool.node()));
    }
    OpenAiFields parameters = tool.object("parameters");
    Boolean strict = tool.flag("strict");
    boolean isStrictUnsaid =
        strict == null && parameters != null && isStrict(parameters.node());
    return new Tool.Function(
        tool.needText("name"),
        tool.text("description"),
        parameters == null ? NO_PARAMETERS : Json.raw(parameters.node()),
        isStrictUnsaid ? Boolean.TRUE : strict,
        null);
  }

  /// Whether a schema is one strict mode takes as it is; a function that says nothing is strict here
  /// where it can be (OpenAI documentation, Function calling, Strict mode).
  private static boolean isStrict(JsonNode schema) {
    JsonNode properties = schema.path("properties");
    boolean isObject = properties.isObject() || schema.path("type").asString("").equals("object");
    boolean isClosed = !schema.path("additionalProperties").asBoolean(true);
    return (!isObject || (isClosed && schema.path("required").size() == properties.size()))
        && properties.valueStream().allMatch(ResponsesToolReader::isStrict)
        && isStrictWithin(schema);
  }

  private static boolean isStrictWithin(JsonNode schema) {
    return (!schema.has("items") || isStrict(schema.path("items")))
        && schema.path("anyOf").valueStream().allMatch(ResponsesToolReader::isStrict)
        && schema.path("$defs").valueStream().allMatch(ResponsesToolReader::isStrict);
  }

  private static ToolChoice mode(OpenAiFields holder, String field) {
    @Nullable String mode = holder.text(field);
    return switch (mode) {
      case "none" -> new ToolChoice.None();
      case "required" -> new ToolChoice.Required();
      case "auto" -> new ToolChoice.Auto();
      case null -> new ToolChoice.Auto();
      default -> throw holder.wrong(field, "must be none, auto, required or an object");
    };
  }

  private static ResponsesToolReader allowed(List<Tool> tools, OpenAiFields allowed) {
    Set<String> names = new HashSet<>();
    for (OpenAiFields each : allowed.objects("tools")) {
      String name = each.text("name");
      names.add(name == null ? each.needText("type") : name);
    }
    List<Tool> left = tools.stream().filter(tool -> names.contains(nameOf(tool))).toList();
    return new ResponsesToolReader(left, mode(allowed, "mode"));
  }

  private static String nameOf(Tool tool) {
    return switch (tool) {
      case Tool.Function function -> function.name();
      case Tool.Hosted hosted -> hosted.name();
    };
  }
}
