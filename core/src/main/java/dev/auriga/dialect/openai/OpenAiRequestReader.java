// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.AnswerFormat;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Sampling;
import dev.auriga.completion.Thinking;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Leftovers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a Chat Completions request into the neutral vocabulary.
///
/// Top-level fields that have no neutral word stay as they are in the extras, known ones
/// (`logit_bias`, `service_tier`, …) as well as unknown ones, so that another dialect can report
/// each as lost. Source: OpenAI OpenAPI document, `CreateChatCompletionRequest`.
final class OpenAiRequestReader {
  /// The fields that are mapped; `top_k` is vLLM's, `thinking` the extension for budgets.
  private static final Set<String> MAPPED =
      Set.of(
          "model", "messages", "tools", "tool_choice", "functions", "function_call",
          "parallel_tool_calls", "max_tokens", "max_completion_tokens", "temperature", "top_p",
          "top_k", "seed", "frequency_penalty", "presence_penalty", "stop", "reasoning_effort",
          "thinking", "response_format", "user", "logprobs", "top_logprobs", "stream", "stream_options");

  private OpenAiRequestReader() {}

  static CompletionRequest read(byte[] body) {
    OpenAiFields fields = new OpenAiFields(Json.readClient(body), "");
    String model = fields.text("model");
    if (model == null || model.isBlank()) {
      throw Json.wrong("model", "is missing, must be the name of a route or a deployment");
    }
    List<OpenAiFields> messages = fields.objects("messages");
    if (messages.isEmpty()) {
      throw Json.wrong("messages", "is missing or empty, must be an array of messages");
    }
    OpenAiToolReader tools = OpenAiToolReader.read(fields);
    Leftovers leftovers = new Leftovers();
    Integer maxCompletionTokens = fields.count("max_completion_tokens");
    Integer maxTokens = fields.count("max_tokens");
    String user = fields.text("user");
    Boolean streamed = fields.flag("stream");
    return new CompletionRequest(
        model,
        OpenAiMessageReader.read(messages, leftovers),
        tools.tools(),
        tools.choice(),
        fields.flag("parallel_tool_calls"),
        maxCompletionTokens != null ? maxCompletionTokens : maxTokens,
        sampling(fields),
        stopSequences(fields),
        thinking(fields),
        format(fields.object("response_format")),
        user != null ? user : fields.text("safety_identifier"),
        logprobs(fields),
        streamed != null && streamed,
        extras(fields.node(), user == null, leftovers));
  }

  private static Sampling sampling(OpenAiFields fields) {
    return new Sampling(
        fields.number("temperature"),
        fields.number("top_p"),
        topK(fields),
        fields.wholeNumber("seed"),
        fields.number("frequency_penalty"),
        fields.number("presence_penalty"));
  }

  /// vLLM takes 0 and -1 for "all".
  private static @Nullable Integer topK(OpenAiFields fields) {
    Long topK = fields.wholeNumber("top_k");
    return topK == null || topK <= 0 ? null : Math.toIntExact(Math.min(topK, Integer.MAX_VALUE));
  }

  private static @Nullable Integer logprobs(OpenAiFields fields) {
    Integer top = fields.count("top_logprobs");
    boolean wanted = Boolean.TRUE.equals(fields.flag("logprobs"));
    return wanted ? Integer.valueOf(top == null ? 0 : top) : top == null || top == 0 ? null : top;
  }

  private static List<String> stopSequences(OpenAiFields fields) {
    JsonNode stop = fields.any("stop");
    if (stop == null) {
      return List.of();
    }
    if (stop.isString()) {
      return List.of(stop.stringValue());
    }
    if (!stop.isArray() || !stop.valueStream().allMatch(JsonNode::isString)) {
      throw fields.wrong("stop", "must be a string or an array of strings");
    }
    return stop.valueStream().map(JsonNode::stringValue).toList();
  }

  private static Thinking thinking(OpenAiFields fields) {
    OpenAiFields extension = fields.object("thinking");
    return extension == null
        ? OpenAiThinking.ofEffort(fields.text("reasoning_effort"))
        : OpenAiThinking.ofExtension(extension.text("type"), extension.count("budget_tokens"));
  }

  private static AnswerFormat format(@Nullable OpenAiFields format) {
    if (format == null) {
      return new AnswerFormat.Text();
    }
    return switch (format.needText("type")) {
      case "text" -> new AnswerFormat.Text();
      case "json_object" -> new AnswerFormat.JsonObject();
      case "json_schema" -> schema(format.needObject("json_schema"));
      default -> throw format.wrong("type", "must be text, json_object or json_schema");
    };
  }

  /// The format's description moves into its schema, which has a place for one.
  private static AnswerFormat schema(OpenAiFields format) {
    OpenAiFields said = format.object("schema");
    ObjectNode schema = said == null ? Json.object() : said.node();
    String description = format.text("description");
    if (description != null && !schema.has("description")) {
      schema = schema.deepCopy().put("description", description);
    }
    return new AnswerFormat.JsonSchema(
        format.needText("name"), Json.raw(schema), format.flag("strict"));
  }

  /// Whether the field says no more than its absence would.
  private static boolean isUsual(String name, JsonNode value) {
    return value.isNull()
        || switch (name) {
          case "n" -> value.isNumber() && value.doubleValue() == 1;
          case "logit_bias" -> value.isObject() && value.isEmpty();
          default -> false;
        };
  }

  /// Keeps what the objects that are read have beside what is read of them.
  private static void inner(ObjectNode body, Leftovers leftovers) {
    leftovers.keepRest(
        body.path("stream_options"), "stream_options", Set.of("include_usage", "include_obfuscation"));
    leftovers.keepRest(body.path("thinking"), "thinking", Set.of("type", "budget_tokens"));
    JsonNode format = body.path("response_format");
    leftovers.keepRest(format, "response_format", Set.of("type", "json_schema"));
    leftovers.keepRest(
        format.path("json_schema"), "response_format.json_schema",
        Set.of("name", "description", "schema", "strict"));
  }

  private static Map<String, RawJson> extras(
      ObjectNode body, boolean safetyIdentifierIsUser, Leftovers leftovers) {
    inner(body, leftovers);
    Map<String, RawJson> extras = new HashMap<>(leftovers.fields());
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      boolean said =
          !isUsual(name, value)
              && !(name.equals("safety_identifier") && safetyIdentifierIsUser);
      if (said && !MAPPED.contains(name)) {
        extras.put(name, Json.raw(value));
      }
    }
    return extras;
  }
}
