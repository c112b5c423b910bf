// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.RawJson;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.ServiceTier;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Sorts a request's extra fields into those the Responses API knows and those it would refuse.
///
/// An extra does not say which dialect it came from, so a field goes on where its name is OpenAI's
/// and its value has OpenAI's form; `metadata` and `service_tier` are Anthropic's names too, and
/// `verbosity` is Chat Completions' name for `text.verbosity`. `store` never goes on as true,
/// because what would be stored cannot be asked for again. Source: OpenAI OpenAPI document,
/// `CreateResponse`.
final class ResponsesExtras {
  private static final Set<String> OWN =
      Set.of(
          "context_management", "max_tool_calls", "moderation", "prompt", "prompt_cache_key",
          "prompt_cache_options", "prompt_cache_retention", "safety_identifier", "truncation");
  private static final Set<String> TIERS =
      Set.of("auto", "default", "flex", "scale", "priority", "fast", "ultrafast");

  private final ObjectNode body;
  private final Set<Loss> losses;

  ResponsesExtras(ObjectNode body, Set<Loss> losses) {
    this.body = body;
    this.losses = losses;
  }

  /// Puts into the body what may stand there and reports the rest.
  void write(Map<String, RawJson> extras) {
    extras.forEach(
        (name, raw) ->
            ServiceTier.of(name, raw)
                .ifPresentOrElse(
                    tier -> body.put("service_tier", tier.openAi()), () -> write(name, Json.read(raw))));
  }

  private void write(String name, JsonNode value) {
    switch (name) {
      case "verbosity" -> object("text").set("verbosity", value);
      case "include" -> include(value);
      case "store" -> losses.add(new Loss(Reason.UNSUPPORTED_FIELD, name));
      default -> {
        if (name.startsWith("reasoning.") && !body.has(name)) {
          object("reasoning").set(name.substring("reasoning.".length()), value);
        } else if (body.has(name) || !isKnown(name, value)) {
          losses.add(new Loss(Reason.FOREIGN_FIELD, name));
        } else {
          body.set(name, value);
        }
      }
    }
  }

  private ObjectNode object(String name) {
    return body.get(name) instanceof ObjectNode known ? known : body.putObject(name);
  }

  private void include(JsonNode value) {
    if (!(value instanceof ArrayNode more)) {
      losses.add(new Loss(Reason.FOREIGN_FIELD, "include"));
      return;
    }
    ArrayNode all = body.get("include") instanceof ArrayNode known ? known : body.putArray("include");
    more.forEach(all::add);
  }

  private static boolean isKnown(String name, JsonNode value) {
    return switch (name) {
      case "service_tier" -> TIERS.contains(value.asString(""));
      case "metadata" ->
          value.isObject()
              && !value.has("user_id")
              && value.valueStream().allMatch(JsonNode::isString);
      default -> OWN.contains(name);
    };
  }
}
