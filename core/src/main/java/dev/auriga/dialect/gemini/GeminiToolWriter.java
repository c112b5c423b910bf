// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.capability.Capabilities;
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

/// Writes the tools and how free the model is to call them.
///
/// Source: Gemini API reference, `FunctionDeclaration` and `FunctionCallingConfig`.
final class GeminiToolWriter {
  private final CompletionRequest request;
  private final Capabilities model;
  private final List<Loss> losses;

  GeminiToolWriter(CompletionRequest request, Capabilities model, List<Loss> losses) {
    this.request = request;
    this.model = model;
    this.losses = losses;
  }

  /// Whether there are functions among the tools of `request`.
  static boolean hasFunctions(CompletionRequest request) {
    return request.tools().stream().anyMatch(Tool.Function.class::isInstance);
  }

  void writeTo(ObjectNode body) {
    ArrayNode functions = Json.object().arrayNode();
    ArrayNode tools = Json.object().arrayNode();
    for (int i = 0; i < request.tools().size(); i++) {
      String field = "tools[" + i + "]";
      switch (request.tools().get(i)) {
        case Tool.Function function -> functions.add(declaration(function, field));
        case Tool.Hosted hosted -> {
          if (hosted.dialect().equals(Gemini.NAME)) {
            tools.add(Json.read(hosted.raw()));
          } else {
            losses.add(new Loss(Reason.FOREIGN_TOOL, field));
          }
        }
      }
    }
    if (!functions.isEmpty()) {
      tools.insertObject(0).set("functionDeclarations", functions);
    }
    if (!tools.isEmpty()) {
      body.set("tools", tools);
    }
    writeChoice(body);
  }

  private ObjectNode declaration(Tool.Function function, String field) {
    ObjectNode declaration = Json.object();
    declaration.put("name", function.name());
    if (function.description() != null) {
      declaration.put("description", function.description());
    }
    JsonNode schema = Json.read(function.parameters());
    if (model.formats().wholeSchemas()) {
      if (!schema.isEmpty()) {
        declaration.set("parametersJsonSchema", GeminiReferences.setApart(schema));
      }
    } else if (!schema.path("properties").isEmpty() || schema.has("$ref")) {
      // These models refuse an object without properties; a function without parameters has none.
      declaration.set("parameters", GeminiSchemaWriter.write(schema, field + ".parameters", losses));
    }
    if (function.cache() != null) {
      losses.add(new Loss(Reason.UNSUPPORTED_FIELD, field + ".cache"));
    }
    return declaration;
  }

  private void writeChoice(ObjectNode body) {
    switch (request.toolChoice()) {
      case ToolChoice.Auto _ -> {}
      case ToolChoice.None _ -> {
        if (hasFunctions(request)) {
          calling(body).put("mode", "NONE");
        }
      }
      case ToolChoice.Required _ -> {
        if (hasFunctions(request)) {
          calling(body).put("mode", "ANY");
        } else {
          losses.add(new Loss(Reason.FOREIGN_TOOL, "toolChoice"));
        }
      }
      case ToolChoice.Named named -> {
        boolean known =
            request.tools().stream()
                .anyMatch(tool -> tool instanceof Tool.Function f && f.name().equals(named.name()));
        if (known) {
          calling(body).put("mode", "ANY").putArray("allowedFunctionNames")
              .add(named.name());
        } else {
          losses.add(new Loss(Reason.FOREIGN_TOOL, "toolChoice"));
        }
      }
    }
  }

  private static ObjectNode calling(ObjectNode body) {
    return body.putObject("toolConfig").putObject("functionCallingConfig");
  }
}
