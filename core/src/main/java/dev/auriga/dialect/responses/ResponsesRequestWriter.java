// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.capability.Capabilities;
import dev.auriga.completion.AnswerFormat;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Tool;
import dev.auriga.completion.ToolChoice;
import dev.auriga.dialect.Fitting;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Promises;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Written;
import dev.auriga.dialect.openai.OpenAiEffort;
import dev.auriga.dialect.openai.OpenAiNames;
import dev.auriga.dialect.openai.OpenAiSampling;
import dev.auriga.dialect.openai.OpenAiStrict;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes one neutral request as a Responses request for one deployment, to be answered without the
/// server's memory: nothing is stored, and reasoning comes back encrypted.
///
/// `strict` is always said, because a function without it is strict here and loose everywhere else.
/// What the model refuses is left out as `unsupported-by-model`. Source: OpenAI OpenAPI
/// document, `CreateResponse`; OpenAI documentation, Function calling and Reasoning models.
final class ResponsesRequestWriter {
  /// What this dialect can promise too.
  private static final Set<String> KEPT = Set.of("logprobs");
  private static final Set<Fitting.Field> FIELDS =
      EnumSet.of(Fitting.Field.PARALLEL, Fitting.Field.STRICT, Fitting.Field.LOGPROBS);
  /// Open Responses has penalties, OpenAI does not.
  private static final Set<Fitting.Field> COMPATIBLE_FIELDS =
      EnumSet.of(
          Fitting.Field.PARALLEL, Fitting.Field.STRICT, Fitting.Field.LOGPROBS,
          Fitting.Field.PENALTIES);
  /// The least OpenAI takes for `max_output_tokens`.
  private static final int LEAST_TOKENS = 16;

  private final Target target;
  private final Capabilities model;
  private final Set<Loss> losses = new LinkedHashSet<>();
  private final ObjectNode body = Json.object();
  private final OpenAiEffort effort;
  private final CompletionRequest request;

  ResponsesRequestWriter(CompletionRequest said, Target target) {
    this.target = target;
    this.model = target.capabilities();
    CompletionRequest tooled = Fitting.tools(said, model, losses);
    this.effort = OpenAiEffort.of(tooled.thinking(), model.reasoning(), losses);
    this.request =
        Fitting.rest(
            tooled,
            model,
            effort.thinks(),
            target.host() == Target.Host.VENDOR ? FIELDS : COMPATIBLE_FIELDS,
            losses);
  }

  Written write() {
    Promises.check(request, KEPT);
    body.put("model", target.model());
    ArrayNode input = new ResponsesItemWriter(target, losses).write(request.messages());
    Promises.checkMedia(request.messages(), losses);
    if (input.isEmpty() && !request.extras().containsKey("prompt")) {
      throw new Refusal(
          Refusal.Kind.INVALID, "no message is left that " + OpenAiResponses.NAME + " can say", "messages");
    }
    body.set("input", input);
    body.put("store", false);
    tools();
    maxTokens();
    if (effort.said() != null) {
      body.putObject("reasoning").put("effort", effort.said());
    }
    if (effort.thinks()) {
      // Models that do not think refuse to be asked for it.
      body.putArray("include").add(ResponsesRequestReader.ENCRYPTED_REASONING);
    }
    OpenAiSampling.write(request.sampling(), body);
    format();
    Integer top = request.logprobs();
    if (top != null) {
      body.withArrayProperty("include").add(ResponsesRequestReader.LOGPROBS);
      if (top > 0) {
        body.put("top_logprobs", top);
      }
    }
    if (request.user() != null) {
      body.put("user", request.user());
    }
    if (request.streamed()) {
      body.put("stream", true);
    }
    new ResponsesExtras(body, losses).write(new TreeMap<>(request.extras()));
    return new Written(Json.write(body), List.copyOf(losses));
  }

  private void tools() {
    ArrayNode tools = Json.object().putArray("tools");
    for (int i = 0; i < request.tools().size(); i++) {
      String at = "tools[%d]".formatted(i);
      switch (request.tools().get(i)) {
        case Tool.Function function -> function(tools.addObject(), function, at);
        case Tool.Hosted hosted -> {
          if (hosted.dialect().equals(OpenAiResponses.NAME)) {
            tools.add(Json.read(hosted.raw()));
          } else {
            lost(Reason.FOREIGN_TOOL, at);
          }
        }
      }
    }
    if (tools.isEmpty()) {
      if (request.toolChoice() instanceof ToolChoice.Required
          || request.toolChoice() instanceof ToolChoice.Named) {
        lost(Reason.FOREIGN_TOOL, "toolChoice");
      }
      return;
    }
    body.set("tools", tools);
    choice(tools);
    if (request.parallelToolCalls() != null) {
      body.put("parallel_tool_calls", request.parallelToolCalls());
    }
  }

  private void function(ObjectNode tool, Tool.Function function, String at) {
    tool.put("type", "function").put("name", function.name());
    if (function.description() != null) {
      tool.put("description", function.description());
    }
    tool.set("parameters", Json.read(function.parameters()));
    boolean wished = Boolean.TRUE.equals(function.strict());
    tool.put("strict", strict(wished, tool.path("parameters"), at));
    if (function.cache() != null) {
      lost(Reason.UNSUPPORTED_FIELD, at + ".cache");
    }
  }

  private boolean strict(boolean wished, JsonNode schema, String at) {
    boolean taken = wished && OpenAiStrict.takes(schema);
    if (taken != wished) {
      lost(Reason.UNSUPPORTED_VALUE, at + ".strict");
    }
    return taken;
  }

  private void choice(ArrayNode tools) {
    switch (request.toolChoice()) {
      case ToolChoice.Auto _ -> {}
      case ToolChoice.None _ -> body.put("tool_choice", "none");
      case ToolChoice.Required _ -> body.put("tool_choice", "required");
      case ToolChoice.Named named -> named(named.name(), tools);
    }
  }

  private void named(String name, ArrayNode tools) {
    for (JsonNode tool : tools) {
      String type = tool.path("type").asString("");
      boolean hasName = type.equals("function") || type.equals("custom");
      if (name.equals(hasName ? tool.path("name").asString("") : type)) {
        ObjectNode choice = body.putObject("tool_choice").put("type", type);
        if (hasName) {
          choice.put("name", name);
        }
        return;
      }
    }
    lost(Reason.FOREIGN_TOOL, "toolChoice");
  }

  private void maxTokens() {
    Integer said = request.maxTokens();
    int wanted = said == null ? effort.room(request.thinking(), target) : said;
    int least = target.host() == Target.Host.VENDOR ? LEAST_TOKENS : 1;
    int tokens = Math.max(least, model.window().clampOutput(wanted));
    if (said != null && tokens != wanted) {
      lost(Reason.CLAMPED, "maxTokens");
    }
    body.put("max_output_tokens", tokens);
  }

  private void format() {
    switch (request.format()) {
      case AnswerFormat.Text _ -> {}
      case AnswerFormat.JsonObject _ ->
          body.putObject("text").putObject("format").put("type", "json_object");
      case AnswerFormat.JsonSchema schema -> {
        ObjectNode format = body.putObject("text").putObject("format").put("type", "json_schema");
        format.put("name", OpenAiNames.format(schema.name()));
        format.set("schema", Json.read(schema.schema()));
        if (schema.strict() != null) {
          format.put("strict", strict(schema.strict(), format.path("schema"), "format"));
        }
      }
    }
  }

  private void lost(Reason reason, String field) {
    losses.add(new Loss(reason, field));
  }
}
