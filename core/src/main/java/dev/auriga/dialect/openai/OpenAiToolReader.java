// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.RawJson;
import dev.auriga.completion.Tool;
import dev.auriga.completion.ToolChoice;
import dev.auriga.dialect.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the tools of a Chat Completions request and how free the model is to call them.
///
/// The deprecated `functions` and `function_call` are read like their successors. `allowed_tools`
/// names a subset of the tools; here the others are left out, which means the same to the model.
/// Source: OpenAI OpenAPI document, `ChatCompletionTool`, `ChatCompletionToolChoiceOption`.
record OpenAiToolReader(List<Tool> tools, ToolChoice choice) {
  private static final RawJson NO_PARAMETERS =
      new RawJson("{\"type\":\"object\",\"properties\":{}}");

  static OpenAiToolReader read(OpenAiFields body) {
    List<Tool> tools = new ArrayList<>();
    body.objects("tools").forEach(tool -> tools.add(tool(tool)));
    body.objects("functions").forEach(function -> tools.add(function(function, function)));
    JsonNode choice = body.any("tool_choice");
    if (choice == null && body.any("function_call") != null) {
      return new OpenAiToolReader(tools, legacyChoice(body));
    }
    if (choice == null || choice.isString()) {
      return new OpenAiToolReader(tools, mode(body, body.text("tool_choice")));
    }
    return chosen(tools, body.needObject("tool_choice"));
  }

  private static Tool tool(OpenAiFields tool) {
    String type = tool.needText("type");
    if (type.equals("function")) {
      return function(tool.needObject("function"), tool);
    }
    if (type.equals("custom")) {
      OpenAiFields custom = tool.needObject("custom");
      return OpenAiFreeForm.wrapped(
          custom.needText("name"), custom.text("description"), custom.node().path("format"),
          OpenAiPartReader.mark(tool));
    }
    return new Tool.Hosted(OpenAiChat.NAME, type, Json.raw(tool.node()));
  }

  private static Tool function(OpenAiFields function, OpenAiFields holder) {
    OpenAiFields parameters = function.object("parameters");
    return new Tool.Function(
        function.needText("name"),
        function.text("description"),
        parameters == null ? NO_PARAMETERS : Json.raw(parameters.node()),
        function.flag("strict"),
        OpenAiPartReader.mark(holder));
  }

  private static ToolChoice mode(OpenAiFields holder, @Nullable String mode) {
    return switch (mode) {
      case "none" -> new ToolChoice.None();
      case "required" -> new ToolChoice.Required();
      case "auto" -> new ToolChoice.Auto();
      case null -> new ToolChoice.Auto();
      default -> throw holder.wrong("tool_choice", "must be none, auto, required or an object");
    };
  }

  private static OpenAiToolReader chosen(List<Tool> tools, OpenAiFields choice) {
    return switch (choice.needText("type")) {
      case "function" -> new OpenAiToolReader(tools, named(choice.needObject("function")));
      case "custom" -> new OpenAiToolReader(tools, named(choice.needObject("custom")));
      case "allowed_tools" -> allowed(tools, choice.needObject("allowed_tools"));
      default -> throw choice.wrong("type", "must be function, custom or allowed_tools");
    };
  }

  private static ToolChoice named(OpenAiFields holder) {
    return new ToolChoice.Named(holder.needText("name"));
  }

  private static OpenAiToolReader allowed(List<Tool> tools, OpenAiFields allowed) {
    Set<String> names = new HashSet<>();
    for (OpenAiFields each : allowed.objects("tools")) {
      String type = each.needText("type");
      OpenAiFields holder = each.object(type);
      names.add(holder == null ? type : holder.needText("name"));
    }
    List<Tool> left = tools.stream().filter(tool -> names.contains(nameOf(tool))).toList();
    boolean required = "required".equals(allowed.text("mode"));
    return new OpenAiToolReader(left, required ? new ToolChoice.Required() : new ToolChoice.Auto());
  }

  static String nameOf(Tool tool) {
    return switch (tool) {
      case Tool.Function function -> function.name();
      case Tool.Hosted hosted -> hosted.name();
    };
  }

  private static ToolChoice legacyChoice(OpenAiFields body) {
    JsonNode choice = body.any("function_call");
    return choice != null && choice.isObject()
        ? named(body.needObject("function_call"))
        : mode(body, body.text("function_call"));
  }
}
