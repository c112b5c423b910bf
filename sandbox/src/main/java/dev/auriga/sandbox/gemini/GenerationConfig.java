// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.gemini;

import dev.auriga.sandbox.mind.Ability;
import dev.auriga.sandbox.mind.Form;
import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.mind.Question;
import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.Json;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The checked `generationConfig`: limits, form, thinking, how many candidates.
record GenerationConfig(
    Question.Limits limits, Form form, boolean showThoughts, int candidates, String seed) {
  private static final Set<String> FIELDS =
      Set.of(
          "temperature",
          "topP",
          "topK",
          "candidateCount",
          "maxOutputTokens",
          "stopSequences",
          "seed",
          "presencePenalty",
          "frequencyPenalty",
          "responseMimeType",
          "responseSchema",
          "responseJsonSchema",
          "responseLogprobs",
          "logprobs",
          "responseModalities",
          "mediaResolution",
          "speechConfig",
          "imageConfig",
          "thinkingConfig");
  private static final Set<String> LEVELS = Set.of("MINIMAL", "LOW", "MEDIUM", "HIGH");
  private static final int DYNAMIC_TOKENS = 128;
  private static final int SIMULATED_SHARE = 16;

  static GenerationConfig read(Fields body, ModelCard card, boolean tools, GeminiErrors errors) {
    Fields config =
        body.has("generationConfig")
            ? body.object("generationConfig")
            : errors.fields(Json.object());
    Proto.allow(config, FIELDS, errors);
    range(config, "temperature", 2, errors);
    range(config, "topP", 1, errors);
    @Nullable Long candidates = config.optionalInteger("candidateCount");
    if (candidates != null && (candidates < 1 || candidates > 8)) {
      throw errors.invalid(
          "* GenerateContentRequest."
              + config.at("candidateCount")
              + ": candidate_count must be in the range [1, 8].\n");
    }
    List<String> stops = config.optionalTexts("stopSequences");
    if (stops.size() > 5) {
      throw errors.invalid(
          "* GenerateContentRequest."
              + config.at("stopSequences")
              + ": at most 5 stop sequences.\n");
    }
    Form form = form(config, errors);
    if (tools && !(form instanceof Form.Prose)) {
      throw errors.invalid(
          "Function calling with a response mime type: 'application/json' is unsupported");
    }
    @Nullable Fields thinking = config.optionalObject("thinkingConfig");
    int reasoning = thinking(thinking, card, errors);
    @Nullable Long seed = config.optionalInteger("seed");
    return new GenerationConfig(
        new Question.Limits(maxTokens(config, card, errors), reasoning, stops),
        form,
        thinking != null && thinking.flag("includeThoughts"),
        candidates == null ? 1 : candidates.intValue(),
        seed == null ? "" : "seed " + seed);
  }

  private static int maxTokens(Fields config, ModelCard card, GeminiErrors errors) {
    @Nullable Long limit = config.optionalInteger("maxOutputTokens");
    if (limit == null) {
      return card.maxOutputTokens();
    }
    if (limit < 1) {
      throw errors.invalid(
          "* GenerateContentRequest."
              + config.at("maxOutputTokens")
              + ": max_output_tokens must be positive.\n");
    }
    if (limit > card.maxOutputTokens()) {
      throw errors.invalid(
          "Unable to submit request because it has a maxOutputTokens value of "
              + limit
              + " but the supported range is from 1 (inclusive) to "
              + (card.maxOutputTokens() + 1)
              + " (exclusive). Update the value and try again.");
    }
    return limit.intValue();
  }

  private static Form form(Fields config, GeminiErrors errors) {
    @Nullable String mimeType = config.optionalText("responseMimeType");
    boolean json = "application/json".equals(mimeType);
    if (mimeType != null && !json && !mimeType.equals("text/plain")) {
      throw errors.invalid(
          "* GenerateContentRequest."
              + config.at("responseMimeType")
              + ": allowed mimetypes are `text/plain`, "
              + "`application/json`, `application/xml`, `application/yaml` and `text/x.enum`.\n");
    }
    boolean schema = config.has("responseSchema");
    boolean jsonSchema = config.has("responseJsonSchema");
    if (schema && jsonSchema) {
      throw errors.invalid(
          "* GenerateContentRequest.generation_config: only one of response_schema and"
              + " response_json_schema may be set\n");
    }
    if ((schema || jsonSchema) && !json) {
      throw errors.invalid(
          "* GenerateContentRequest.generation_config.response_mime_type: response_schema is only"
              + " supported with `application/json`\n");
    }
    if (schema) {
      new OpenApiSchema(errors).check(config.object("responseSchema"));
      return new Form.Conforming(config.raw("responseSchema"));
    }
    if (jsonSchema) {
      return new Form.Conforming(config.raw("responseJsonSchema"));
    }
    return json ? new Form.JsonObject() : new Form.Prose();
  }

  private static int thinking(@Nullable Fields thinking, ModelCard card, GeminiErrors errors) {
    boolean reasons = card.can(Ability.ALWAYS_REASONS);
    if (thinking == null) {
      return reasons ? DYNAMIC_TOKENS : 0;
    }
    Proto.allow(thinking, Set.of("includeThoughts", "thinkingBudget", "thinkingLevel"), errors);
    if (!reasons) {
      throw errors.invalid("Thinking is not enabled for this model");
    }
    @Nullable Long budget = thinking.optionalInteger("thinkingBudget");
    @Nullable String level = thinking.optionalText("thinkingLevel");
    if (budget != null && level != null) {
      throw errors.invalid("You can only set only one of thinking budget and thinking level.");
    }
    if (level != null) {
      return level(level.toUpperCase(java.util.Locale.ROOT), card, errors);
    }
    return budget == null ? DYNAMIC_TOKENS : budget(budget, card, errors);
  }

  private static int level(String level, ModelCard card, GeminiErrors errors) {
    if (!card.can(Ability.SIGNED_CALLS)) {
      throw errors.invalid("Thinking level is not supported for this model.");
    }
    if (!LEVELS.contains(level)) {
      throw errors.invalid(
          "Invalid value at 'generation_config.thinking_config.thinking_level'"
              + " (type.googleapis.com/google.ai.generativelanguage.v1beta.ThinkingConfig.ThinkingLevel),"
              + " \""
              + level
              + "\"");
    }
    return switch (level) {
      case "MINIMAL" -> 16;
      case "LOW" -> 48;
      case "MEDIUM" -> 128;
      case String _ -> 320;
    };
  }

  private static int budget(long budget, ModelCard card, GeminiErrors errors) {
    boolean pro = card.name().contains("pro");
    long least = pro ? 128 : 0;
    long most = pro ? 32_768 : 24_576;
    if (budget == 0 && pro) {
      throw errors.invalid("Budget 0 is invalid. This model only works in thinking mode.");
    }
    if (budget != -1 && (budget < least || budget > most)) {
      throw errors.invalid(
          "The thinking budget "
              + budget
              + " is invalid. Please choose a value between "
              + least
              + " and "
              + most
              + ".");
    }
    return budget == -1 ? DYNAMIC_TOKENS : (int) Math.min(budget / SIMULATED_SHARE, 2_000);
  }

  private static void range(Fields config, String name, double most, GeminiErrors errors) {
    @Nullable Double value = config.optionalNumber(name);
    if (value != null && (value < 0 || value > most)) {
      throw errors.invalid(
          "* GenerateContentRequest."
              + config.at(name)
              + ": "
              + errors.member("", name)
              + " must be in the range [0.0, "
              + most
              + "].\n");
    }
  }
}
