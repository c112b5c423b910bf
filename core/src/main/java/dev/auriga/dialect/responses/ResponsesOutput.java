// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.Citation;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Leftovers;
import dev.auriga.dialect.SpareId;
import dev.auriga.dialect.openai.OpenAiAnnotations;
import dev.auriga.dialect.openai.OpenAiLogprobs;
import dev.auriga.dialect.openai.OpenAiUntold;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads output items one after another as the parts they are; for one answer.
///
/// Ids and states of items are of use to OpenAI's server only and are no loss.
///
/// Source: OpenAI OpenAPI document, `OutputItem`.
final class ResponsesOutput {
  private static final Set<String> MESSAGE = Set.of("type", "id", "status", "role", "content");
  private static final Set<String> REASONING =
      Set.of("type", "id", "status", "summary", "content", "encrypted_content");
  private static final Set<String> CALL =
      Set.of("type", "id", "status", "call_id", "name", "arguments");
  private static final Set<String> TEXT = Set.of("type", "text", "annotations", "logprobs");
  private static final Set<String> REFUSAL = Set.of("type", "refusal");

  /// What a response repeats of its request, and what it is known by.
  private static final Set<String> RESPONSE =
      Set.of(
          "background", "billing", "completed_at", "content_filters", "conversation", "created_at", "error",
          "frequency_penalty", "id", "incomplete_details", "instructions", "max_output_tokens",
          "max_tool_calls", "metadata", "model", "object", "output", "output_text",
          "parallel_tool_calls", "presence_penalty", "previous_response_id", "prompt",
          "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention", "reasoning",
          "safety_identifier", "service_tier", "status", "store", "temperature", "text",
          "tool_choice", "tools", "top_logprobs", "top_p", "truncation", "usage", "user");

  private final Leftovers rest = new Leftovers();
  private String made = "";
  private @Nullable Opaque signatureForCall;

  /// The parts of the item of that index.
  List<Part> parts(JsonNode item, int index) {
    note(item, index);
    return switch (item.path("type").asString("")) {
      case "message" -> message(item, index);
      case "reasoning" -> {
        signatureForCall = ResponsesReasoning.forNextCall(item);
        Part thought = ResponsesReasoning.part(item);
        yield thought == null ? List.of() : List.of(thought);
      }
      case "function_call" -> List.of(call(item, index));
      default -> List.of(new Part.Unknown(OpenAiResponses.NAME, Json.raw(item)));
    };
  }

  Leftovers rest() {
    return rest;
  }

  /// Notes what the whole response, or the one that has begun, has beside its items.
  void response(JsonNode response) {
    made = response.path("id").asString("") + response.path("created_at").asString("");
    rest.keepRest(response, "", RESPONSE);
    OpenAiUntold.tier(response, rest);
    OpenAiUntold.filters(response, "", rest);
  }

  /// Notes what the item of that index and its parts have beside what is read of them.
  void note(JsonNode item, int index) {
    String at = "output[%d]".formatted(index);
    switch (item.path("type").asString("")) {
      case "message" -> {
        rest.keepRest(item, at, MESSAGE);
        int place = 0;
        for (JsonNode part : item.path("content").values()) {
          String within = at + ".content[%d]".formatted(place++);
          switch (part.path("type").asString("")) {
            case "output_text" -> rest.keepRest(part, within, TEXT);
            case "refusal" -> rest.keepRest(part, within, REFUSAL);
            default -> {}
          }
        }
      }
      case "reasoning" -> rest.keepRest(item, at, REASONING);
      case "function_call" -> rest.keepRest(item, at, CALL);
      default -> {}
    }
  }

  /// The citation an annotation in the item of that index means.
  Citation citation(JsonNode annotation, int index) {
    return OpenAiAnnotations.read(
        annotation, OpenAiResponses.NAME, "output[%d].content.annotations".formatted(index), rest);
  }

  private List<Part> message(JsonNode item, int index) {
    List<Part> parts = new ArrayList<>();
    for (JsonNode part : item.path("content").values()) {
      switch (part.path("type").asString("")) {
        case "output_text" -> {
          String text = part.path("text").asString("");
          if (!text.isEmpty()) {
            parts.add(
                new Part.Text(
                    text, null,
                    part.path("annotations").valueStream().map(each -> citation(each, index)).toList(),
                    OpenAiLogprobs.read(part.path("logprobs"))));
          }
        }
        case "refusal" -> parts.add(new Part.Declined(part.path("refusal").asString("")));
        default -> {
          if (part instanceof ObjectNode unknown) {
            ObjectNode kept = ResponsesItemReader.kept("assistant", unknown);
            parts.add(new Part.Unknown(OpenAiResponses.NAME, Json.raw(kept)));
          }
        }
      }
    }
    return parts;
  }

  private Part call(JsonNode item, int index) {
    return new Part.ToolCall(
        callId(item, index), item.path("name").asString(""), arguments(item), takeSignature(), null);
  }

  /// The signature for the call that comes now.
  @Nullable Opaque takeSignature() {
    Opaque signature = signatureForCall;
    signatureForCall = null;
    return signature;
  }

  /// Every call has an id; that of a server that forgets it is drawn from the item and its response.
  String callId(JsonNode item, int index) {
    String id = item.path("call_id").asString("");
    String ofItem = id.isEmpty() ? item.path("id").asString("") : id;
    return ofItem.isEmpty() ? SpareId.ofCall((made + Json.raw(item).text()).getBytes(StandardCharsets.UTF_8), index) : ofItem;
  }

  private static String arguments(JsonNode item) {
    String arguments = item.path("arguments").asString("");
    return arguments.isBlank() ? "{}" : arguments;
  }
}
