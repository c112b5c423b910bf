// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.AnswerFormat;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Message;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Sampling;
import dev.auriga.completion.Thinking;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Leftovers;
import dev.auriga.dialect.openai.OpenAiFields;
import dev.auriga.dialect.openai.OpenAiThinking;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a Responses request into the neutral vocabulary.
///
/// Fields that have no neutral word stay as they are in the extras, so that another dialect can
/// report each as lost; those of `reasoning` under their path (`reasoning.summary`),
/// `text.verbosity` under the name it has in Chat Completions. What only asks for the server's
/// usual behaviour, or for what Auriga does anyway, is no extra. Source: OpenAI OpenAPI document,
/// `CreateResponse`; the penalties are Open Responses'.
final class ResponsesRequestReader {
  static final String ENCRYPTED_REASONING = "reasoning.encrypted_content";

  static final String LOGPROBS = "message.output_text.logprobs";

  private static final Set<String> MAPPED =
      Set.of(
          "model", "input", "instructions", "tools", "tool_choice", "parallel_tool_calls",
          "max_output_tokens", "temperature", "top_p", "presence_penalty", "frequency_penalty",
          "reasoning", "text", "user", "stream", "stream_options", "background",
          "previous_response_id", "conversation", "top_logprobs");

  private ResponsesRequestReader() {}

  static CompletionRequest read(byte[] body) {
    OpenAiFields fields = new OpenAiFields(Json.readClient(body), "");
    refuseState(fields);
    String model = fields.text("model");
    if (model == null || model.isBlank()) {
      throw Json.wrong("model", "is missing, must be the name of a route or a deployment");
    }
    ResponsesToolReader tools = ResponsesToolReader.read(fields);
    Leftovers leftovers = new Leftovers();
    String user = fields.text("user");
    Boolean streamed = fields.flag("stream");
    return new CompletionRequest(
        model,
        messages(fields, leftovers),
        tools.tools(),
        tools.choice(),
        fields.flag("parallel_tool_calls"),
        fields.count("max_output_tokens"),
        sampling(fields),
        List.of(),
        thinking(fields.object("reasoning")),
        format(fields.object("text")),
        user != null ? user : fields.text("safety_identifier"),
        logprobs(fields),
        streamed != null && streamed,
        extras(fields, user == null, leftovers));
  }

  private static void refuseState(OpenAiFields fields) {
    for (String name : List.of("previous_response_id", "conversation")) {
      if (fields.any(name) != null) {
        throw ResponsesRefusals.stateful(name);
      }
    }
    if (Boolean.TRUE.equals(fields.flag("background"))) {
      throw ResponsesRefusals.background();
    }
  }

  private static @Nullable Integer logprobs(OpenAiFields fields) {
    Integer top = fields.count("top_logprobs");
    boolean wanted =
        fields.node().path("include").valueStream().anyMatch(each -> each.asString("").equals(LOGPROBS));
    return wanted ? Integer.valueOf(top == null ? 0 : top) : top == null || top == 0 ? null : top;
  }

  private static List<Message> messages(OpenAiFields fields, Leftovers leftovers) {
    List<Message> messages = new ArrayList<>();
    String instructions = fields.text("instructions");
    if (instructions != null && !instructions.isEmpty()) {
      messages.add(Message.system(instructions));
    }
    List<Message> said = input(fields, leftovers);
    if (said.isEmpty() && fields.any("prompt") == null) {
      throw Json.wrong("input", "is missing or empty, must be a string or an array of items");
    }
    messages.addAll(said);
    return messages;
  }

  private static List<Message> input(OpenAiFields fields, Leftovers leftovers) {
    JsonNode input = fields.any("input");
    if (input == null) {
      return List.of();
    }
    if (input.isArray()) {
      return ResponsesItemReader.read(fields.objects("input"), leftovers);
    }
    if (!input.isString()) {
      throw fields.wrong("input", "must be a string or an array of items");
    }
    return input.stringValue().isEmpty() ? List.of() : List.of(Message.user(input.stringValue()));
  }

  private static Sampling sampling(OpenAiFields fields) {
    return new Sampling(
        fields.number("temperature"),
        fields.number("top_p"),
        null,
        null,
        fields.number("frequency_penalty"),
        fields.number("presence_penalty"));
  }

  private static Thinking thinking(@Nullable OpenAiFields reasoning) {
    return OpenAiThinking.ofEffort(reasoning == null ? null : reasoning.text("effort"));
  }

  private static AnswerFormat format(@Nullable OpenAiFields text) {
    OpenAiFields format = text == null ? null : text.object("format");
    if (format == null) {
      return new AnswerFormat.Text();
    }
    return switch (format.needText("type")) {
      case "text" -> new AnswerFormat.Text();
      case "json_object" -> new AnswerFormat.JsonObject();
      case "json_schema" -> schema(format);
      default -> throw format.wrong("type", "must be text, json_object or json_schema");
    };
  }

  /// The format's description moves into its schema, which has a place for one.
  private static AnswerFormat schema(OpenAiFields format) {
    ObjectNode schema = format.needObject("schema").node();
    String description = format.text("description");
    if (description != null && !schema.has("description")) {
      schema = schema.deepCopy().put("description", description);
    }
    return new AnswerFormat.JsonSchema(
        format.needText("name"), Json.raw(schema), format.flag("strict"));
  }

  private static Map<String, RawJson> extras(
      OpenAiFields fields, boolean safetyIdentifierIsUser, Leftovers leftovers) {
    JsonNode body = fields.node();
    leftovers.keepRest(body.path("stream_options"), "stream_options", Set.of("include_obfuscation"));
    leftovers.keepRest(body.path("text"), "text", Set.of("format", "verbosity"));
    leftovers.keepRest(
        body.path("text").path("format"), "text.format",
        Set.of("type", "name", "description", "schema", "strict"));
    Map<String, RawJson> extras = new HashMap<>(leftovers.fields());
    for (Map.Entry<String, JsonNode> field : fields.node().properties()) {
      String name = field.getKey();
      JsonNode value = name.equals("include") ? included(field.getValue()) : field.getValue();
      boolean isUser = name.equals("safety_identifier") && safetyIdentifierIsUser;
      if (!MAPPED.contains(name) && !isUser && !isUsual(name, value)) {
        extras.put(name, Json.raw(value));
      }
    }
    OpenAiFields reasoning = fields.object("reasoning");
    if (reasoning != null) {
      reasoning.node().properties().forEach(
          field -> {
            if (!field.getKey().equals("effort") && !field.getValue().isNull()) {
              extras.put("reasoning." + field.getKey(), Json.raw(field.getValue()));
            }
          });
    }
    OpenAiFields text = fields.object("text");
    JsonNode verbosity = text == null ? null : text.any("verbosity");
    if (verbosity != null) {
      extras.put("verbosity", Json.raw(verbosity));
    }
    return extras;
  }

  /// Whether the field says no more than its absence would.
  private static boolean isUsual(String name, JsonNode value) {
    return value.isNull()
        || (name.equals("store") && value.isBoolean() && !value.booleanValue())
        || (name.equals("truncation") && value.asString("").equals("disabled"))
        || ((name.equals("include") || name.equals("metadata")) && value.isEmpty());
  }

  /// What is to be included beside the reasoning, which always is, and log probabilities.
  private static JsonNode included(JsonNode include) {
    if (!(include instanceof ArrayNode all)) {
      return include;
    }
    ArrayNode others = Json.object().putArray("include");
    for (JsonNode each : all) {
      if (!each.asString("").equals(ENCRYPTED_REASONING) && !each.asString("").equals(LOGPROBS)) {
        others.add(each);
      }
    }
    return others;
  }
}
