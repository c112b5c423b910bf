// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai.responses;

import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.mind.Offer;
import dev.auriga.sandbox.mind.ToolCard;
import dev.auriga.sandbox.openai.rules.OpenAiErrors;
import dev.auriga.sandbox.openai.rules.StrictSchema;
import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.Json;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads `tools`, `tool_choice` and `parallel_tool_calls` of a Responses request, where a function's
/// fields stand in the tool itself. The sandbox runs no tools of the provider's own.
record ResponsesTools(ModelCard card, OpenAiErrors errors) {

  Offer read(Fields body) {
    List<ToolCard> tools = body.optionalItems("tools").stream().map(this::tool).toList();
    boolean parallel = !body.has("parallel_tool_calls") || body.flag("parallel_tool_calls");
    if (!body.has("tool_choice")) {
      return tools.isEmpty()
          ? Offer.NOTHING
          : new Offer(tools, Offer.Choice.AUTO, List.of(), parallel);
    }
    return body.raw("tool_choice").isString()
        ? word(body.text("tool_choice"), tools, parallel)
        : named(body.object("tool_choice"), tools, parallel);
  }

  private ToolCard tool(Fields tool) {
    String type = tool.text("type");
    if (!type.equals("function")) {
      throw errors.invalid(
          "Hosted tool '" + type + "' is not supported with " + card.name() + ".", "tools", null);
    }
    tool.allow(Set.of("type", "name", "description", "parameters", "strict"));
    String name = tool.text("name");
    if (!name.matches("[a-zA-Z0-9_-]{1,64}")) {
      throw errors.invalid(
          "Invalid '"
              + tool.at("name")
              + "': string does not match pattern. Expected a string that matches the pattern"
              + " '^[a-zA-Z0-9_-]+$'.",
          tool.at("name"),
          "invalid_value");
    }
    @Nullable Fields parameters = tool.optionalObject("parameters");
    JsonNode schema =
        parameters == null
            ? Json.object().put("type", "object").set("properties", Json.object())
            : parameters.node();
    @Nullable String complaint = complaint(schema, tool.flag("strict"));
    if (complaint != null) {
      throw errors.invalid(
          "Invalid schema for function '" + name + "': " + complaint,
          tool.at("parameters"),
          "invalid_function_parameters");
    }
    @Nullable String description = tool.optionalText("description");
    return new ToolCard(name, description == null ? "" : description, schema);
  }

  private static @Nullable String complaint(JsonNode schema, boolean strict) {
    String type = schema.path("type").asString("None");
    if (!type.equals("object")) {
      return "schema must be a JSON Schema of 'type: \"object\"', got 'type: \"" + type + "\"'.";
    }
    return strict ? StrictSchema.complaint(schema, "") : null;
  }

  private Offer word(String choice, List<ToolCard> tools, boolean parallel) {
    Offer.Choice chosen =
        switch (choice) {
          case "none" -> Offer.Choice.NONE;
          case "auto" -> Offer.Choice.AUTO;
          case "required" -> Offer.Choice.REQUIRED;
          case String other ->
              throw errors.invalid(
                  "Invalid value: '"
                      + other
                      + "'. Supported values are: 'none', 'auto', and 'required'.",
                  "tool_choice",
                  "invalid_value");
        };
    if (chosen == Offer.Choice.REQUIRED && tools.isEmpty()) {
      throw errors.invalid(
          "Tool choice 'required' must be specified with 'tools' parameter.", "tool_choice", null);
    }
    return tools.isEmpty() ? Offer.NOTHING : new Offer(tools, chosen, List.of(), parallel);
  }

  private Offer named(Fields choice, List<ToolCard> tools, boolean parallel) {
    return switch (choice.text("type")) {
      case "function" ->
          new Offer(tools, Offer.Choice.REQUIRED, List.of(known(choice, tools)), parallel);
      case "allowed_tools" -> {
        List<String> names =
            choice.items("tools").stream().map(tool -> known(tool, tools)).toList();
        boolean required = choice.text("mode").equals("required");
        yield new Offer(
            tools, required ? Offer.Choice.REQUIRED : Offer.Choice.AUTO, names, parallel);
      }
      case String other ->
          throw errors.invalid(
              "Invalid value: '"
                  + other
                  + "'. Supported values are: 'function' and 'allowed_tools'.",
              choice.at("type"),
              "invalid_value");
    };
  }

  private String known(Fields tool, List<ToolCard> tools) {
    String name = tool.text("name");
    if (tools.stream().noneMatch(known -> known.name().equals(name))) {
      throw errors.invalid(
          "Tool choice '" + name + "' not found in 'tools' parameter.", "tool_choice", null);
    }
    return name;
  }
}
