// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai.responses;

import dev.auriga.sandbox.mind.Ability;
import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.mind.Thought;
import dev.auriga.sandbox.openai.rules.ContentFilter;
import dev.auriga.sandbox.protocol.Json;
import dev.auriga.sandbox.protocol.Usage;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The response object, which repeats what the request said and names every setting it left out
/// (OpenAI OpenAPI document, `Response`; recorded responses of OpenAI and Azure).
record ResponseResource(String id, long created, ModelCard card, boolean azure, JsonNode body) {

  /// What a setting is where the request says nothing.
  private static final JsonNode UNSAID =
      Json.literal(
          """
          {"background": false, "instructions": null, "max_output_tokens": null,
           "max_tool_calls": null, "parallel_tool_calls": true, "previous_response_id": null,
           "prompt_cache_key": null, "prompt_cache_retention": null, "safety_identifier": null,
           "store": true, "temperature": 1.0, "tool_choice": "auto", "tools": [],
           "top_logprobs": 0, "top_p": 1.0, "truncation": "disabled", "user": null,
           "metadata": {}, "frequency_penalty": 0.0, "presence_penalty": 0.0}
          """);

  /// The response before anything is said.
  ObjectNode begun() {
    ObjectNode response = head("in_progress").putNull("completed_at");
    if (azure) {
      response.putNull("content_filters");
    }
    response.putNull("error").putNull("incomplete_details");
    response.putArray("output");
    settings(response);
    return response.put("service_tier", "auto").putNull("usage");
  }

  /// The response when all is said.
  ObjectNode ended(Thought thought, List<ObjectNode> output, Usage usage) {
    String cut =
        switch (thought.stop()) {
          case LENGTH -> "max_output_tokens";
          case FILTERED -> "content_filter";
          case DONE, STOP_SEQUENCE, TOOLS -> "";
        };
    ObjectNode response = head(cut.isEmpty() ? "completed" : "incomplete");
    if (cut.isEmpty()) {
      response.put("completed_at", created + 1);
    } else {
      response.putNull("completed_at");
    }
    if (azure) {
      response.set("content_filters", ContentFilter.ofResponse(cut.equals("content_filter")));
    }
    response.putNull("error");
    response.set(
        "incomplete_details", cut.isEmpty() ? null : Json.object().put("reason", cut));
    output.forEach(response.putArray("output")::add);
    settings(response);
    response.put("service_tier", "default");
    response.set("usage", written(usage));
    return response;
  }

  private ObjectNode head(String status) {
    return Json.object()
        .put("id", id)
        .put("object", "response")
        .put("created_at", created)
        .put("status", status)
        .put("model", card.answersAs());
  }

  private void settings(ObjectNode response) {
    UNSAID.forEachEntry((name, unsaid) -> response.set(name, said(body.path(name), unsaid)));
    JsonNode asked = body.path("reasoning");
    ObjectNode reasoning = response.putObject("reasoning");
    JsonNode usual =
        card.can(Ability.ALWAYS_REASONS) ? response.stringNode("medium") : response.nullNode();
    reasoning.set("effort", said(asked.path("effort"), usual));
    reasoning.set("summary", said(asked.path("summary"), response.nullNode()));
    ObjectNode text = response.putObject("text");
    text.set("format", said(body.path("text").path("format"), Json.object().put("type", "text")));
    text.put("verbosity", body.path("text").path("verbosity").asString("medium"));
  }

  private static JsonNode said(JsonNode value, JsonNode unsaid) {
    return value.isMissingNode() || value.isNull() ? unsaid : value;
  }

  private static ObjectNode written(Usage usage) {
    ObjectNode json = Json.object().put("input_tokens", usage.allInput());
    json.set(
        "input_tokens_details",
        Json.object()
            .put("cached_tokens", usage.cacheRead())
            .put("cache_write_tokens", usage.cacheWrite()));
    json.put("output_tokens", usage.allOutput());
    json.set(
        "output_tokens_details", Json.object().put("reasoning_tokens", usage.reasoning()));
    return json.put("total_tokens", usage.allInput() + usage.allOutput());
  }
}
