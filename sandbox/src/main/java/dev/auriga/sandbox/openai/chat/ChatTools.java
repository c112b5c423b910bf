// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai.chat;

import dev.auriga.sandbox.mind.Offer;
import dev.auriga.sandbox.mind.Tokens;
import dev.auriga.sandbox.mind.ToolCard;
import dev.auriga.sandbox.openai.rules.OpenAiErrors;
import dev.auriga.sandbox.openai.rules.StrictSchema;
import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads `tools`, `tool_choice` and `parallel_tool_calls` of a chat request.
record ChatTools(OpenAiErrors errors) {

  Offer read(Fields body) {
    if (!body.has("tools")) {
      for (String needsTools : List.of("tool_choice", "parallel_tool_calls")) {
        if (body.has(needsTools)) {
          throw errors.invalid(
              "Invalid value for '"
                  + needsTools
                  + "': '"
                  + needsTools
                  + "' is only allowed when 'tools' "
                  + "are specified.",
              needsTools,
              null);
        }
      }
      return Offer.NOTHING;
    }
    List<ToolCard> tools = body.items("tools").stream().map(this::tool).toList();
    if (tools.isEmpty()) {
      throw errors.invalid(
          "Invalid 'tools': empty array. Expected an array with minimum length 1, but got an empty"
              + " array instead.",
          "tools",
          "empty_array");
    }
    boolean parallel = !body.has("parallel_tool_calls") || body.flag("parallel_tool_calls");
    return chosen(body, tools, parallel);
  }

  /// Tokens of all definitions.
  static long tokens(Offer offer) {
    return offer.tools().stream()
        .mapToLong(
            tool -> Tokens.TOOL + Tokens.count(tool.name() + tool.description() + tool.schema()))
        .sum();
  }

  private ToolCard tool(Fields tool) {
    tool.allow(Set.of("type", "function"));
    if (!tool.text("type").equals("function")) {
      throw errors.invalid(
          "Invalid value: '" + tool.text("type") + "'. Supported values are: 'function'.",
          tool.at("type"),
          "invalid_value");
    }
    Fields function =
        tool.object("function").allow(Set.of("name", "description", "parameters", "strict"));
    String name = function.text("name");
    if (!name.matches("[a-zA-Z0-9_-]{1,64}")) {
      throw errors.invalid(
          "Invalid '"
              + function.at("name")
              + "': string does not match pattern. Expected a string that "
              + "matches the pattern '^[a-zA-Z0-9_-]+$'.",
          function.at("name"),
          "invalid_value");
    }
    @Nullable Fields parameters = function.optionalObject("parameters");
    JsonNode schema = parameters == null ? Json.object().put("type", "object") : parameters.node();
    if (!schema.path("type").asString("").equals("object")) {
      throw errors.invalid(
          "Invalid schema for function '"
              + name
              + "': schema must be a JSON Schema of 'type: \"object\"', "
              + "got 'type: \""
              + schema.path("type").asString("None")
              + "\"'.",
          function.at("parameters"),
          "invalid_function_parameters");
    }
    @Nullable String complaint =
        function.flag("strict") ? StrictSchema.complaint(schema, "") : null;
    if (complaint != null) {
      throw errors.invalid(
          "Invalid schema for function '" + name + "': " + complaint,
          function.at("parameters"),
          "invalid_function_parameters");
    }
    @Nullable String description = function.optionalText("description");
    return new ToolCard(name, description == null ? "" : description, schema);
  }

  private Offer chosen(Fields body, List<ToolCard> tools, boolean parallel) {
    JsonNode choice = body.raw("tool_choice");
    if (!body.has("tool_choice")) {
      return new Offer(tools, Offer.Choice.AUTO, List.of(), parallel);
    }
    if (choice.isString()) {
      return switch (choice.asString()) {
        case "none" -> new Offer(tools, Offer.Choice.NONE, List.of(), parallel);
        case "auto" -> new Offer(tools, Offer.Choice.AUTO, List.of(), parallel);
        case "required" -> new Offer(tools, Offer.Choice.REQUIRED, List.of(), parallel);
        case String other ->
            throw errors.invalid(
                "Invalid value: '"
                    + other
                    + "'. Supported values are: 'none', 'auto', and 'required'.",
                "tool_choice",
                "invalid_value");
      };
    }
    Fields object = body.object("tool_choice");
    return switch (object.text("type")) {
      case "function" ->
          new Offer(
              tools,
              Offer.Choice.REQUIRED,
              List.of(known(object.object("function"), tools)),
              parallel);
      case "allowed_tools" -> {
        Fields allowed = object.object("allowed_tools");
        List<String> names = new ArrayList<>();
        for (Fields tool : allowed.items("tools")) {
          names.add(known(tool.object("function"), tools));
        }
        boolean required = allowed.text("mode").equals("required");
        yield new Offer(
            tools, required ? Offer.Choice.REQUIRED : Offer.Choice.AUTO, names, parallel);
      }
      case String other ->
          throw errors.invalid(
              "Invalid value: '"
                  + other
                  + "'. Supported values are: 'function' and 'allowed_tools'.",
              "tool_choice.type",
              "invalid_value");
    };
  }

  private String known(Fields function, List<ToolCard> tools) {
    String name = function.text("name");
    if (tools.stream().noneMatch(tool -> tool.name().equals(name))) {
      throw errors.invalid(
          "Invalid value for 'tool_choice': tool '" + name + "' not found in 'tools'.",
          "tool_choice",
          null);
    }
    return name;
  }
}
