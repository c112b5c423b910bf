// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Message;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Tool;
import dev.auriga.completion.ToolChoice;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Leftovers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads a generateContent request.
///
/// Fields only Gemini knows become extras: a top-level one under its camelCase name, an inner one
/// under its path (`generationConfig.candidateCount`).
/// Source: Gemini API reference, models.generateContent.
final class GeminiRequestReader {
  private static final Set<String> READ =
      Set.of("model", "contents", "systemInstruction", "tools", "toolConfig", "generationConfig");

  private final GeminiObject body;
  private final Map<String, RawJson> extras = new LinkedHashMap<>();
  private final Leftovers leftovers = new Leftovers();

  private GeminiRequestReader(GeminiObject body) {
    this.body = body;
  }

  static CompletionRequest read(ClientRequest request) {
    String model = modelOf(request);
    return new GeminiRequestReader(GeminiObject.root(Json.readClient(request.body())))
        .read(CompletionRequest.to(model).streamed(isStreamed(request)));
  }

  static String modelOf(ClientRequest request) {
    String model = request.pathModel();
    if (model == null || model.isBlank()) {
      throw new Refusal(
          Refusal.Kind.INVALID, "the path must name the model: …/models/{model}:generateContent", "model");
    }
    return model;
  }

  static boolean isStreamed(ClientRequest request) {
    return switch (request.framing()) {
      case BY_BODY, WHOLE -> false;
      case SSE, JSON_ARRAY -> true;
    };
  }

  private CompletionRequest read(CompletionRequest.Builder request) {
    GeminiObject instruction = body.object("systemInstruction");
    Message system = instruction == null ? null : GeminiContentReader.instruction(instruction, leftovers);
    if (system != null) {
      request.message(system);
    }
    List<Message> turns = GeminiContentReader.read(body.objects("contents"), leftovers);
    if (turns.isEmpty()) {
      throw Json.wrong("contents", "must hold at least one content with parts");
    }
    turns.forEach(request::message);
    readTools(request);
    GeminiObject config = body.object("generationConfig");
    if (config != null) {
      new GeminiConfigReader(config, extras).read(request);
    }
    keepRest("", body, READ);
    extras.putAll(leftovers.fields());
    return request.extras(extras).build();
  }

  private void readTools(CompletionRequest.Builder request) {
    List<Tool> tools = new ArrayList<>();
    for (GeminiObject tool : body.objects("tools")) {
      for (GeminiObject function : tool.objects("functionDeclarations")) {
        tools.add(function(function));
      }
      tool.rest(Set.of("functionDeclarations"))
          .forEachEntry((name, value) -> tools.add(
              new Tool.Hosted(Gemini.NAME, name, Json.raw(Json.object().set(name, value)))));
    }
    Set<String> allowed = readChoice(request);
    tools.stream()
        .filter(tool -> !(tool instanceof Tool.Function function)
            || allowed.isEmpty() || allowed.contains(function.name()))
        .forEach(request::tool);
  }

  private Tool function(GeminiObject function) {
    String name = function.text("name");
    if (name == null) {
      throw Json.wrong(function.pathOf("name"), "is missing");
    }
    JsonNode schema = function.find("parametersJsonSchema");
    JsonNode subset = function.find("parameters");
    RawJson parameters =
        schema != null ? Json.raw(schema)
            : subset != null ? Json.raw(GeminiSchemaReader.jsonSchema(subset))
            : new RawJson("{\"type\":\"object\",\"properties\":{}}");
    keepRest(
        function.path() + ".",
        function,
        Set.of("name", "description", "parameters", "parametersJsonSchema"));
    return new Tool.Function(name, function.text("description"), parameters, null, null);
  }

  /// Reads the tool choice; the names of the only functions that may be called, empty when all may.
  private Set<String> readChoice(CompletionRequest.Builder request) {
    GeminiObject config = body.object("toolConfig");
    if (config == null) {
      return Set.of();
    }
    keepRest("toolConfig.", config, Set.of("functionCallingConfig"));
    GeminiObject calling = config.object("functionCallingConfig");
    if (calling == null) {
      return Set.of();
    }
    String prefix = "toolConfig.functionCallingConfig.";
    keepRest(prefix, calling, Set.of("mode", "allowedFunctionNames"));
    List<String> names = calling.strings("allowedFunctionNames");
    String mode = calling.text("mode");
    switch (mode == null ? "MODE_UNSPECIFIED" : mode) {
      case "MODE_UNSPECIFIED", "AUTO" -> {
        return Set.of();
      }
      case "NONE" -> {
        request.toolChoice(new ToolChoice.None());
        return Set.of();
      }
      case "ANY" -> request.toolChoice(
          names.size() == 1 ? new ToolChoice.Named(names.getFirst()) : new ToolChoice.Required());
      case "VALIDATED" -> extras.put(prefix + "mode", new RawJson("\"VALIDATED\""));
      default -> throw Json.wrong(calling.pathOf("mode"), "must be AUTO, ANY, NONE or VALIDATED");
    }
    return names.size() == 1 && "ANY".equals(mode) ? Set.of() : new HashSet<>(names);
  }

  private void keepRest(String prefix, GeminiObject object, Set<String> read) {
    object.rest(read).forEachEntry((name, value) -> extras.put(prefix + name, Json.raw(value)));
  }
}
