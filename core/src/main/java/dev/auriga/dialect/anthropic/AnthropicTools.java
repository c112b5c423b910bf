// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.Tool;
import dev.auriga.completion.ToolChoice;
import dev.auriga.dialect.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes `tools` and `tool_choice`.
///
/// Where the model may not be forced to call a tool it is left free, with a loss. Source: Anthropic
/// API reference, Messages (`tools`, `tool_choice`); Claude documentation, Thinking with tool use.
final class AnthropicTools {
  private final CompletionRequest request;
  private final AnthropicCacheMarks marks;
  private final List<Loss> losses;

  AnthropicTools(
      CompletionRequest request, AnthropicCacheMarks marks, List<Loss> losses) {
    this.request = request;
    this.marks = marks;
    this.losses = losses;
  }

  void write(ObjectNode body) {
    ArrayNode tools = Json.object().putArray("tools");
    for (int i = 0; i < request.tools().size(); i++) {
      String at = "tools[%d]".formatted(i);
      switch (request.tools().get(i)) {
        case Tool.Function function -> tools.add(function(function, at));
        case Tool.Hosted hosted -> {
          if (hosted.dialect().equals(AnthropicMessages.NAME)) {
            tools.add(marks.noted(Json.read(hosted.raw()), at));
          } else {
            losses.add(new Loss(Reason.FOREIGN_TOOL, at));
          }
        }
      }
    }
    if (!tools.isEmpty()) {
      body.set("tools", tools);
    }
    choice(body, tools);
  }

  private ObjectNode function(Tool.Function function, String at) {
    ObjectNode tool = Json.object().put("name", function.name());
    if (function.description() != null && !function.description().isBlank()) {
      tool.put("description", function.description());
    }
    ObjectNode schema =
        Json.read(function.parameters()) instanceof ObjectNode object ? object : Json.object();
    if (!schema.has("type")) {
      schema.put("type", "object");
    }
    if (Boolean.TRUE.equals(function.strict())) {
      tool.put("strict", true);
      AnthropicSchemas.constrain(schema, at + ".parameters", losses);
    }
    tool.set("input_schema", schema);
    return marks.marked(tool, function.cache(), at);
  }

  private void choice(ObjectNode body, ArrayNode tools) {
    ToolChoice wish = request.toolChoice();
    if (tools.isEmpty()) {
      if (!(wish instanceof ToolChoice.Auto || wish instanceof ToolChoice.None)) {
        losses.add(new Loss(Reason.FOREIGN_TOOL, "toolChoice"));
      }
      return;
    }
    ObjectNode choice =
        switch (wish) {
          case ToolChoice.Auto _ -> Json.object().put("type", "auto");
          case ToolChoice.None _ -> Json.object().put("type", "none");
          case ToolChoice.Required _ -> Json.object().put("type", "any");
          case ToolChoice.Named(String name) -> named(name, tools);
        };
    boolean oneAtATime = Boolean.FALSE.equals(request.parallelToolCalls());
    if (oneAtATime && !(wish instanceof ToolChoice.None)) {
      choice.put("disable_parallel_tool_use", true);
    }
    if (oneAtATime || !(wish instanceof ToolChoice.Auto)) {
      body.set("tool_choice", choice);
    }
  }

  private ObjectNode named(String name, ArrayNode tools) {
    for (JsonNode tool : tools) {
      if (tool.path("name").stringValue("").equals(name)) {
        return Json.object().put("type", "tool").put("name", name);
      }
    }
    losses.add(new Loss(Reason.FOREIGN_TOOL, "toolChoice"));
    return Json.object().put("type", "auto");
  }
}
