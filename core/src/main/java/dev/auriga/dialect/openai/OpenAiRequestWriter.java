// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.capability.Capabilities;
import dev.auriga.completion.AnswerFormat;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Thinking;
import dev.auriga.completion.Tool;
import dev.auriga.completion.ToolChoice;
import dev.auriga.dialect.Fitting;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Promises;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Written;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes one neutral request as a Chat Completions request for one deployment.
///
/// The vendor's models take `max_completion_tokens`, other servers mostly know only `max_tokens`.
/// What the model refuses is left out as `unsupported-by-model`. Source: OpenAI OpenAPI
/// document, `CreateChatCompletionRequest`; OpenAI reasoning guide.
final class OpenAiRequestWriter {
  /// What this dialect can promise too.
  private static final Set<String> KEPT = Set.of("logprobs", "logit_bias");
  private static final Set<Fitting.Field> FIELDS =
      EnumSet.complementOf(EnumSet.of(Fitting.Field.TOP_K));
  private static final Set<Fitting.Field> COMPATIBLE_FIELDS = EnumSet.allOf(Fitting.Field.class);

  private final Target target;
  private final Capabilities model;
  private final Set<Loss> losses = new LinkedHashSet<>();
  private final ObjectNode body = Json.object();
  private final OpenAiEffort effort;
  private final CompletionRequest request;

  OpenAiRequestWriter(CompletionRequest said, Target target) {
    this.target = target;
    this.model = target.capabilities();
    CompletionRequest tooled = Fitting.tools(said, model, losses);
    this.effort = effort(tooled);
    this.request =
        Fitting.rest(
            tooled,
            model,
            effort.thinks(),
            target.host() == Target.Host.VENDOR ? FIELDS : COMPATIBLE_FIELDS,
            losses);
  }

  /// Models that take tools while they think over Responses only are not to think here.
  private OpenAiEffort effort(CompletionRequest tooled) {
    boolean collides =
        target.host() == Target.Host.VENDOR
            && model.reasoning().responsesForTools()
            && tooled.tools().stream().anyMatch(OpenAiRequestWriter::isSayable);
    if (collides && tooled.thinking().isOn()) {
      lost(Reason.UNSUPPORTED_COMBINATION, "thinking");
    }
    return OpenAiEffort.of(collides ? new Thinking.Off() : tooled.thinking(), model.reasoning(), losses);
  }

  private static boolean isSayable(Tool tool) {
    return switch (tool) {
      case Tool.Function _ -> true;
      case Tool.Hosted hosted -> hosted.dialect().equals(OpenAiChat.NAME);
    };
  }

  Written write() {
    Promises.check(request, KEPT);
    body.put("model", target.model());
    ArrayNode messages = new OpenAiMessageWriter(target, losses).write(request.messages());
    Promises.checkMedia(request.messages(), losses);
    if (messages.isEmpty()) {
      throw new Refusal(
          Refusal.Kind.INVALID, "no message is left that " + OpenAiChat.NAME + " can say", "messages");
    }
    body.set("messages", messages);
    tools();
    maxTokens();
    if (effort.said() != null) {
      body.put("reasoning_effort", effort.said());
    }
    OpenAiSampling.write(request.sampling(), body);
    if (!request.stopSequences().isEmpty()) {
      request.stopSequences().forEach(body.putArray("stop")::add);
    }
    format();
    Integer top = request.logprobs();
    if (top != null) {
      body.put("logprobs", true);
      if (top > 0) {
        body.put("top_logprobs", top);
      }
    }
    if (request.user() != null) {
      body.put("user", request.user());
    }
    if (request.streamed()) {
      body.put("stream", true);
      body.putObject("stream_options").put("include_usage", true);
    }
    new OpenAiExtras(target.host(), model.sampling().logprobs().holds(effort.thinks()))
        .write(new TreeMap<>(request.extras()), body, losses);
    return new Written(Json.write(body), List.copyOf(losses));
  }

  private void tools() {
    ArrayNode tools = Json.object().putArray("tools");
    for (int i = 0; i < request.tools().size(); i++) {
      String at = "tools[" + i + "]";
      switch (request.tools().get(i)) {
        case Tool.Function function -> function(tools.addObject(), function, at);
        case Tool.Hosted hosted -> {
          if (hosted.dialect().equals(OpenAiChat.NAME)) {
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
    ObjectNode written = tool.put("type", "function").putObject("function");
    written.put("name", function.name());
    if (function.description() != null) {
      written.put("description", function.description());
    }
    written.set("parameters", Json.read(function.parameters()));
    if (function.strict() != null) {
      written.put("strict", strict(function.strict(), written.path("parameters"), at));
    }
    if (function.cache() != null) {
      lost(Reason.UNSUPPORTED_FIELD, at + ".cache");
    }
  }

  private void choice(ArrayNode tools) {
    switch (request.toolChoice()) {
      case ToolChoice.Auto _ -> {}
      case ToolChoice.None _ -> body.put("tool_choice", "none");
      case ToolChoice.Required _ -> body.put("tool_choice", "required");
      case ToolChoice.Named named -> {
        String type = typeOf(named.name(), tools);
        if (type == null) {
          lost(Reason.FOREIGN_TOOL, "toolChoice");
        } else {
          ObjectNode choice = body.putObject("tool_choice").put("type", type);
          choice.putObject(type).put("name", named.name());
        }
      }
    }
  }

  private boolean strict(boolean wished, JsonNode schema, String at) {
    boolean taken = wished && OpenAiStrict.takes(schema);
    if (taken != wished) {
      lost(Reason.UNSUPPORTED_VALUE, at + ".strict");
    }
    return taken;
  }

  /// Whether the tool `name` is a `function` or `custom`; null when it is not there.
  private static @Nullable String typeOf(String name, ArrayNode tools) {
    for (JsonNode tool : tools) {
      String type = tool.path("type").asString("");
      if (tool.path(type).path("name").asString("").equals(name)) {
        return type;
      }
    }
    return null;
  }

  private void maxTokens() {
    Integer said = request.maxTokens();
    int wanted = said == null ? effort.room(request.thinking(), target) : said;
    int tokens = Math.max(1, model.window().clampOutput(wanted));
    if (said != null && tokens != wanted) {
      lost(Reason.CLAMPED, "maxTokens");
    }
    body.put(target.host() == Target.Host.VENDOR ? "max_completion_tokens" : "max_tokens", tokens);
  }

  private void format() {
    switch (request.format()) {
      case AnswerFormat.Text _ -> {}
      case AnswerFormat.JsonObject _ -> body.putObject("response_format").put("type", "json_object");
      case AnswerFormat.JsonSchema schema -> {
        ObjectNode format = body.putObject("response_format").put("type", "json_schema");
        ObjectNode written = format.putObject("json_schema").put("name", OpenAiNames.format(schema.name()));
        written.set("schema", Json.read(schema.schema()));
        if (schema.strict() != null) {
          written.put("strict", strict(schema.strict(), written.path("schema"), "format"));
        }
      }
    }
  }

  private void lost(Reason reason, String field) {
    losses.add(new Loss(reason, field));
  }
}
