// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai.chat;

import dev.auriga.sandbox.mind.Ability;
import dev.auriga.sandbox.mind.Form;
import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.openai.rules.Efforts;
import dev.auriga.sandbox.openai.rules.OpenAiErrors;
import dev.auriga.sandbox.openai.rules.StrictSchema;
import dev.auriga.sandbox.protocol.Fields;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The numbers and switches of a chat request, checked against what the model takes. A model router
/// drops what the chosen model does not take; everyone else refuses it.
record ChatSettings(OpenAiErrors errors, boolean forgiving) {
  private static final List<String> REASONING_REFUSES =
      List.of(
          "temperature", "top_p", "presence_penalty", "frequency_penalty", "logit_bias", "stop");

  void check(Fields body, ModelCard card) {
    range(body, "temperature", 0, 2);
    range(body, "top_p", 0, 1);
    range(body, "presence_penalty", -2, 2);
    range(body, "frequency_penalty", -2, 2);
    if (body.has("stream_options") && !body.flag("stream")) {
      throw errors.invalid(
          "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
          "stream_options",
          null);
    }
    if (body.flag("logprobs") && !forgiving) {
      throw errors.invalid("You are not allowed to request logprobs from this model.", null, null);
    }
    if (card.can(Ability.ALWAYS_REASONS) && !forgiving) {
      reasoningRefuses(body);
    }
  }

  private void reasoningRefuses(Fields body) {
    for (String name : REASONING_REFUSES) {
      boolean plain = name.equals("temperature") || name.equals("top_p");
      if (body.has(name) && !(plain && body.raw(name).asDouble(0) == 1)) {
        throw errors.invalid(
            "Unsupported parameter: '" + name + "' is not supported with this model.",
            name,
            name.equals("temperature") ? null : "unsupported_parameter");
      }
    }
    if (body.has("max_tokens")) {
      throw errors.invalid(
          "Unsupported parameter: 'max_tokens' is not supported with this model. Use "
              + "'max_completion_tokens' instead.",
          "max_tokens",
          "unsupported_parameter");
    }
  }

  int maxTokens(Fields body, ModelCard card) {
    @Nullable Long older = body.optionalInteger("max_tokens");
    @Nullable Long newer = body.optionalInteger("max_completion_tokens");
    if (older != null && newer != null) {
      throw errors.invalid(
          "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
          "max_tokens",
          "invalid_parameter_combination");
    }
    String name = newer != null ? "max_completion_tokens" : "max_tokens";
    @Nullable Long limit = newer != null ? newer : older;
    if (limit == null) {
      return card.maxOutputTokens();
    }
    if (limit < 1) {
      throw errors.invalid(
          "Invalid '"
              + name
              + "': integer below minimum value. Expected a value >= 1, but got "
              + limit
              + " instead.",
          name,
          "integer_below_min_value");
    }
    if (limit > card.maxOutputTokens()) {
      throw errors.invalid(
          name
              + " is too large: "
              + limit
              + ". This model supports at most "
              + card.maxOutputTokens()
              + " completion tokens, whereas you provided "
              + limit
              + ".",
          name,
          "invalid_value");
    }
    return limit.intValue();
  }

  int reasoningTokens(Fields body, ModelCard card) {
    @Nullable String effort = body.optionalText("reasoning_effort");
    if (effort != null && !card.can(Ability.ALWAYS_REASONS) && !forgiving) {
      throw errors.invalid("Unrecognized request argument supplied: reasoning_effort", null, null);
    }
    int tokens = Efforts.tokens(card, forgiving ? null : effort, "reasoning_effort", errors);
    if (tokens > 0 && body.has("tools") && card.can(Ability.TOOLS_NEED_RESPONSES)) {
      throw errors.invalid(
          "Function tools with reasoning_effort are not supported for "
              + card.name()
              + " in /v1/chat/completions. To use function tools, use /v1/responses or set"
              + " reasoning_effort to 'none'.",
          "reasoning_effort",
          null);
    }
    return tokens;
  }

  int choices(Fields body) {
    @Nullable Long n = body.optionalInteger("n");
    if (n == null) {
      return 1;
    }
    if (n < 1) {
      throw errors.invalid(
          "Invalid 'n': integer below minimum value. Expected a value >= 1, but got "
              + n
              + " instead.",
          "n",
          "integer_below_min_value");
    }
    if (n > 8) {
      throw errors.invalid(
          "Invalid 'n': integer above maximum value. Expected a value <= 8, but got "
              + n
              + " instead.",
          "n",
          "integer_above_max_value");
    }
    return n.intValue();
  }

  List<String> stops(Fields body, ModelCard card) {
    if (!body.has("stop") || card.can(Ability.ALWAYS_REASONS)) {
      return List.of();
    }
    if (body.raw("stop").isString()) {
      return List.of(body.raw("stop").asString());
    }
    List<String> stops = body.optionalTexts("stop");
    if (stops.size() > 4) {
      throw errors.invalid(
          "Invalid 'stop': array too long. Expected an array with maximum length 4, but got an"
              + " array with length "
              + stops.size()
              + " instead.",
          "stop",
          "array_above_max_length");
    }
    return stops;
  }

  Form form(Fields body, ChatMessages messages) {
    Fields format = body.optionalObject("response_format");
    if (format == null) {
      return new Form.Prose();
    }
    return switch (format.text("type")) {
      case "text" -> new Form.Prose();
      case "json_object" -> {
        if (!messages.mentions("json")) {
          throw errors.invalid(
              "'messages' must contain the word 'json' in some form, to use 'response_format' of"
                  + " type 'json_object'.",
              "messages",
              null);
        }
        yield new Form.JsonObject();
      }
      case "json_schema" -> conforming(format.object("json_schema"));
      case String other ->
          throw errors.invalid(
              "Invalid value: '"
                  + other
                  + "'. Supported values are: 'json_object', 'json_schema', and "
                  + "'text'.",
              "response_format.type",
              "invalid_value");
    };
  }

  private Form conforming(Fields schema) {
    schema.allow(Set.of("name", "description", "schema", "strict"));
    String name = schema.text("name");
    JsonNode json = schema.object("schema").node();
    @Nullable String complaint = schema.flag("strict") ? StrictSchema.complaint(json, "") : null;
    if (complaint != null) {
      throw errors.invalid(
          "Invalid schema for response_format '" + name + "': " + complaint,
          "response_format",
          null);
    }
    return new Form.Conforming(json);
  }

  private void range(Fields body, String name, double low, double high) {
    @Nullable Double value = body.optionalNumber(name);
    if (value != null && value < low) {
      throw errors.invalid(
          "Invalid '"
              + name
              + "': decimal below minimum value. Expected a value >= "
              + (int) low
              + ", but got "
              + value
              + " instead.",
          name,
          "decimal_below_min_value");
    }
    if (value != null && value > high) {
      throw errors.invalid(
          "Invalid '"
              + name
              + "': decimal above maximum value. Expected a value <= "
              + (int) high
              + ", but got "
              + value
              + " instead.",
          name,
          "decimal_above_max_value");
    }
  }
}
