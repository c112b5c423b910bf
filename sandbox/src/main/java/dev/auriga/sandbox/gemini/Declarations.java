// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.gemini;

import dev.auriga.sandbox.mind.Offer;
import dev.auriga.sandbox.mind.Tokens;
import dev.auriga.sandbox.mind.ToolCard;
import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads `tools` and `toolConfig` of a Gemini request.
record Declarations(GeminiErrors errors) {
  private static final Set<String> TOOL =
      Set.of(
          "functionDeclarations",
          "googleSearch",
          "googleSearchRetrieval",
          "codeExecution",
          "urlContext",
          "computerUse",
          "googleMaps",
          "fileSearch");
  private static final Set<String> FUNCTION =
      Set.of(
          "name",
          "description",
          "behavior",
          "parameters",
          "parametersJsonSchema",
          "response",
          "responseJsonSchema");

  Offer read(Fields body) {
    List<ToolCard> tools = new ArrayList<>();
    for (Fields tool : body.optionalItems("tools")) {
      Proto.allow(tool, TOOL, errors);
      for (String name : tool.node().propertyNames()) {
        if (!name.equals("functionDeclarations")) {
          throw errors.invalid(
              "Tool '" + errors.member("", name) + "' is not supported for this model.");
        }
      }
      tool.items("functionDeclarations").forEach(function -> tools.add(function(function)));
    }
    Fields settings = body.optionalObject("toolConfig");
    Fields calling =
        settings == null
            ? null
            : Proto.allow(settings, Set.of("functionCallingConfig", "retrievalConfig"), errors)
                .optionalObject("functionCallingConfig");
    return chosen(calling, tools);
  }

  static long tokens(Offer offer) {
    return offer.tools().stream()
        .mapToLong(
            tool -> Tokens.TOOL + Tokens.count(tool.name() + tool.description() + tool.schema()))
        .sum();
  }

  private ToolCard function(Fields function) {
    Proto.allow(function, FUNCTION, errors);
    String name = function.text("name");
    if (!name.matches("[A-Za-z_][A-Za-z0-9_.:-]{0,63}")) {
      throw errors.invalid(
          "* GenerateContentRequest."
              + function.at("name")
              + ": Invalid function name. Must start with a letter or an underscore. Must be"
              + " alphameric (a-z, A-Z, 0-9), underscores (_), dots (.), colons (:), or dashes (-),"
              + " with a maximum length of 64.\n");
    }
    if (function.has("parameters") && function.has("parametersJsonSchema")) {
      throw errors.invalid(
          "* GenerateContentRequest."
              + function.path()
              + ": only one of parameters and "
              + "parameters_json_schema may be set\n");
    }
    JsonNode schema = Json.object().put("type", "object");
    if (function.has("parameters")) {
      new OpenApiSchema(errors).check(function.object("parameters"));
      schema = function.raw("parameters");
    } else if (function.has("parametersJsonSchema")) {
      schema = function.raw("parametersJsonSchema");
    }
    @Nullable String description = function.optionalText("description");
    return new ToolCard(name, description == null ? "" : description, schema);
  }

  private Offer chosen(@Nullable Fields calling, List<ToolCard> tools) {
    if (calling == null) {
      return new Offer(
          tools, tools.isEmpty() ? Offer.Choice.NONE : Offer.Choice.AUTO, List.of(), true);
    }
    Proto.allow(
        calling, Set.of("mode", "allowedFunctionNames", "streamFunctionCallArguments"), errors);
    if (tools.isEmpty()) {
      throw errors.invalid("Function calling config is set without function_declarations.");
    }
    String mode =
        calling.has("mode") ? calling.text("mode").toUpperCase(java.util.Locale.ROOT) : "AUTO";
    List<String> allowed = calling.optionalTexts("allowedFunctionNames");
    if (!allowed.isEmpty() && !mode.equals("ANY") && !mode.equals("VALIDATED")) {
      throw errors.invalid(
          "* GenerateContentRequest."
              + calling.at("allowedFunctionNames")
              + ": allowed_function_names should "
              + "only be set when the function calling mode is ANY or VALIDATED.\n");
    }
    for (String name : allowed) {
      if (tools.stream().noneMatch(tool -> tool.name().equals(name))) {
        throw errors.invalid(
            "* GenerateContentRequest."
                + calling.at("allowedFunctionNames")
                + ": "
                + name
                + " is not a declared function\n");
      }
    }
    Offer.Choice choice =
        switch (mode) {
          case "AUTO", "VALIDATED", "MODE_UNSPECIFIED" -> Offer.Choice.AUTO;
          case "ANY" -> Offer.Choice.REQUIRED;
          case "NONE" -> Offer.Choice.NONE;
          case String _ ->
              throw errors.invalid(
                  "Invalid value at '"
                      + calling.at("mode")
                      + "' (type.googleapis.com/google.ai."
                      + "generativelanguage.v1beta.FunctionCallingConfig.Mode), \""
                      + mode
                      + "\"");
        };
    return new Offer(tools, choice, allowed, true);
  }
}
