// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.Usage;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.names.NameRule;
import dev.auriga.dialect.openai.OpenAiUsage;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the response object with all 31 fields that must be there, those of the request as it set
/// them, else with the defaults of the specification.
///
/// `store` is always false: nothing can be fetched later. Source: Open Responses specification,
/// `ResponseResource`; OpenAI OpenAPI document, `Response`.
final class ResponsesResource {
  private static final String ID_START = "resp_";
  /// Item ids have a start, this and a number, and may have 64 characters.
  private static final NameRule.Words STEM = NameRule.Words.of("-", 48);

  private final String id;
  private final String model;
  private final long created;
  private final ObjectNode settings;

  /// `id` and `model` are the provider's; `created` is in seconds since 1970.
  ResponsesResource(String id, String model, long created, ResponsesEcho echo) {
    this.id = responseId(id);
    this.model = model;
    this.created = created;
    this.settings = settings(echo.settings());
  }

  /// The provider's own id behind OpenAI's prefix; a new one where it gave none.
  private static String responseId(String id) {
    if (id.isEmpty()) {
      return ID_START + UUID.randomUUID().toString().replace("-", "");
    }
    return id.startsWith(ID_START) ? id : ID_START + id;
  }

  /// What the ids of this response's items have in common.
  String stem() {
    return STEM.allowed(id.substring(ID_START.length()));
  }

  ObjectNode inProgress() {
    return write("in_progress", Json.object().putArray("output"), null);
  }

  /// `incompleteReason` is null for a completed response.
  ObjectNode ended(ArrayNode output, @Nullable String incompleteReason, @Nullable Usage usage, long now) {
    if (incompleteReason == null) {
      return write(ResponsesStops.COMPLETED, output, usage).put("completed_at", now);
    }
    ObjectNode response = write(ResponsesStops.INCOMPLETE, output, usage);
    response.putObject("incomplete_details").put("reason", incompleteReason);
    return response;
  }

  ObjectNode failed(ArrayNode output, ObjectNode error, @Nullable Usage usage) {
    ObjectNode response = write("failed", output, usage);
    response.set("error", error);
    return response;
  }

  private ObjectNode write(String status, ArrayNode output, @Nullable Usage usage) {
    ObjectNode response =
        Json.object()
            .put("id", id)
            .put("object", "response")
            .put("created_at", created)
            .putNull("completed_at")
            .put("status", status)
            .putNull("error")
            .putNull("incomplete_details")
            .put("model", model);
    response.set("output", output);
    response.setAll(settings);
    if (usage == null) {
      return response.putNull("usage");
    }
    response.set("usage", OpenAiUsage.write(usage, OpenAiUsage.Words.RESPONSES));
    return response;
  }

  private static ObjectNode settings(ObjectNode said) {
    ObjectNode all =
        Json.object()
            .putNull("previous_response_id")
            .putNull("instructions")
            .putNull("max_output_tokens")
            .putNull("max_tool_calls")
            .putNull("safety_identifier")
            .putNull("prompt_cache_key")
            .put("tool_choice", "auto")
            .put("truncation", "disabled")
            .put("parallel_tool_calls", true)
            .put("temperature", 1)
            .put("top_p", 1)
            .put("presence_penalty", 0)
            .put("frequency_penalty", 0)
            .put("top_logprobs", 0)
            .put("store", false)
            .put("background", false)
            .put("service_tier", "default");
    all.putArray("tools");
    all.putObject("metadata");
    all.putObject("reasoning");
    all.putObject("text");
    all.setAll(said);
    if (all.get("reasoning") instanceof ObjectNode reasoning) {
      withNulls(reasoning, "effort", "summary");
    }
    if (all.get("text") instanceof ObjectNode text) {
      format(text);
    }
    for (JsonNode tool : all.path("tools").values()) {
      if (tool instanceof ObjectNode function && tool.path("type").asString("").equals("function")) {
        withNulls(function, "description", "parameters", "strict");
      }
    }
    if (all.path("service_tier").asString("").equals("auto")) {
      all.put("service_tier", "default");
    }
    return all;
  }

  /// A schema that is not named strict is not. A description nobody gave is left out: OpenAI's document has
  /// no null for it, though Open Responses wants one.
  private static void format(ObjectNode text) {
    if (!(text.get("format") instanceof ObjectNode format)) {
      text.putObject("format").put("type", "text");
    } else if (format.path("type").asString("").equals("json_schema")) {
      if (!format.path("strict").isBoolean()) {
        format.put("strict", false);
      }
    }
  }

  private static void withNulls(ObjectNode object, String... names) {
    for (String name : names) {
      if (!object.has(name)) {
        object.putNull(name);
      }
    }
  }
}
