// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.RawJson;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.ServiceTier;
import dev.auriga.dialect.Target;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Sorts a request's extra fields into those Chat Completions knows and those it would refuse.
///
/// An extra does not say which dialect it came from, so a field goes on where its name is OpenAI's
/// and its value has OpenAI's form; `metadata` and `service_tier` are Anthropic's names too.
/// Source: OpenAI OpenAPI document, `CreateChatCompletionRequest`.
final class OpenAiExtras {
  private static final Set<String> OWN =
      Set.of(
          "audio", "logit_bias", "modalities", "moderation", "prediction",
          "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention",
          "safety_identifier", "store", "verbosity", "web_search_options");
  private static final String TIER = "service_tier";
  private static final Set<String> TIERS =
      Set.of("auto", "default", "flex", "scale", "priority", "fast");
  /// Sampling that open servers take at the top level (vLLM, llama.cpp).
  private static final Set<String> COMPATIBLE =
      Set.of(
          "min_p", "repetition_penalty", "chat_template_kwargs", "min_tokens", "typical_p", "mirostat",
          "guided_json", "guided_regex", "guided_choice", "guided_grammar");

  /// What models refuse while they think.
  private static final Set<String> REFUSED_BY_THINKERS =
      Set.of("logit_bias", "prediction");

  private final Target.Host host;
  private final boolean tellsOdds;

  /// `tellsOdds` says whether the model tells and bends log probabilities on this request, which
  /// models do not while they think.
  OpenAiExtras(Target.Host host, boolean tellsOdds) {
    this.host = host;
    this.tellsOdds = tellsOdds;
  }

  /// Puts into `body` what may stand there and reports the rest.
  void write(Map<String, RawJson> extras, ObjectNode body, Set<Loss> losses) {
    extras.forEach(
        (name, raw) -> {
          JsonNode value = Json.read(raw);
          Optional<ServiceTier> tier = ServiceTier.of(name, raw);
          if (tier.isPresent() && !body.has(TIER)) {
            body.put(TIER, tier.get().openAi());
          } else if (body.has(name) || !isKnown(name, value)) {
            losses.add(new Loss(Reason.FOREIGN_FIELD, name));
          } else if (!tellsOdds && REFUSED_BY_THINKERS.contains(name)) {
            losses.add(new Loss(Reason.UNSUPPORTED_BY_MODEL, name));
          } else {
            body.set(name, value);
          }
        });
  }

  private boolean isKnown(String name, JsonNode value) {
    return switch (name) {
      case "service_tier" -> TIERS.contains(value.asString(""));
      case "metadata" ->
          value.isObject()
              && !value.has("user_id")
              && value.valueStream().allMatch(JsonNode::isString);
      default ->
          OWN.contains(name) || (host == Target.Host.COMPATIBLE && COMPATIBLE.contains(name));
    };
  }
}
