// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai.responses;

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

/// The numbers and switches of a Responses request, checked against what the model takes. A model
/// router drops what the chosen model does not take; everyone else refuses it.
record ResponsesSettings(ModelCard card, boolean forgiving, OpenAiErrors errors) {
  private static final int LEAST_TOKENS = 16;
  private static final String ENCRYPTED = "reasoning.encrypted_content";
  private static final List<String> INCLUDES =
      List.of(
          "code_interpreter_call.outputs",
          "computer_call_output.output.image_url",
          "file_search_call.results",
          "message.input_image.image_url",
          "message.output_text.logprobs",
          ENCRYPTED,
          "web_search_call.action.sources",
          "web_search_call.results");

  void check(Fields body) {
    range(body, "temperature", 2);
    range(body, "top_p", 1);
    for (String name : List.of("temperature", "top_p")) {
      boolean changed = body.has(name) && body.raw(name).asDouble(1) != 1;
      if (changed && card.can(Ability.ALWAYS_REASONS) && !forgiving) {
        throw unsupported(name, name.equals("temperature") ? null : "unsupported_parameter");
      }
    }
    oneOf(body, "truncation", Set.of("auto", "disabled"));
    oneOf(
        body,
        "service_tier",
        Set.of("auto", "default", "flex", "scale", "priority", "fast", "ultrafast"));
    if (body.flag("background")) {
      throw unsupported("background", "unsupported_parameter");
    }
    if (body.has("conversation")) {
      throw errors.invalid("Conversation not found.", "conversation", "conversation_not_found");
    }
    if (body.has("stream_options") && !body.flag("stream")) {
      throw errors.invalid(
          "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
          "stream_options",
          null);
    }
    body.flag("store");
  }

  private void oneOf(Fields body, String name, Set<String> known) {
    @Nullable String value = body.optionalText(name);
    if (value != null && !known.contains(value)) {
      throw errors.invalid(
          "Invalid value: '"
              + value
              + "'. Supported values are: '"
              + String.join("', '", known.stream().sorted().toList())
              + "'.",
          name,
          "invalid_value");
    }
  }

  /// Whether reasoning is to come with its encrypted content.
  boolean wantsEncrypted(Fields body) {
    List<String> include = body.optionalTexts("include");
    for (int index = 0; index < include.size(); index++) {
      if (!INCLUDES.contains(include.get(index))) {
        throw errors.invalid(
            "Invalid value: '"
                + include.get(index)
                + "'. Supported values are: '"
                + String.join("', '", INCLUDES)
                + "'.",
            "include[" + index + "]",
            "invalid_value");
      }
    }
    if (include.contains("message.output_text.logprobs") && !forgiving) {
      throw errors.invalid("You are not allowed to request logprobs from this model.", null, null);
    }
    boolean wanted = include.contains(ENCRYPTED);
    if (wanted && !card.can(Ability.ALWAYS_REASONS) && !forgiving) {
      throw errors.invalid("Encrypted content is not supported with this model.", "include", null);
    }
    return wanted;
  }

  int maxTokens(Fields body) {
    @Nullable Long limit = body.optionalInteger("max_output_tokens");
    if (limit == null) {
      return card.maxOutputTokens();
    }
    if (limit < LEAST_TOKENS) {
      throw errors.invalid(
          "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but"
              + " got "
              + limit
              + " instead.",
          "max_output_tokens",
          "integer_below_min_value");
    }
    return (int) Math.min(limit, card.maxOutputTokens());
  }

  int reasoningTokens(Fields body) {
    @Nullable Fields reasoning = body.optionalObject("reasoning");
    if (reasoning == null) {
      return Efforts.tokens(card, null, "reasoning.effort", errors);
    }
    reasoning.allow(Set.of("effort", "summary", "generate_summary", "context", "mode"));
    for (String name : List.of("effort", "summary")) {
      if (reasoning.has(name) && !card.can(Ability.ALWAYS_REASONS) && !forgiving) {
        throw unsupported(reasoning.at(name), "unsupported_parameter");
      }
    }
    @Nullable String effort = reasoning.optionalText("effort");
    return Efforts.tokens(card, forgiving ? null : effort, "reasoning.effort", errors);
  }

  boolean wantsSummary(Fields body) {
    @Nullable Fields reasoning = body.optionalObject("reasoning");
    @Nullable String summary = reasoning == null ? null : reasoning.optionalText("summary");
    if (summary != null && !Set.of("auto", "concise", "detailed").contains(summary)) {
      throw errors.invalid(
          "Invalid value: '"
              + summary
              + "'. Supported values are: 'concise', 'detailed', and 'auto'.",
          "reasoning.summary",
          "invalid_value");
    }
    return summary != null;
  }

  Form form(Fields body, InputItems items) {
    @Nullable Fields text = body.optionalObject("text");
    if (text == null) {
      return new Form.Prose();
    }
    verbosity(text.allow(Set.of("format", "verbosity")));
    @Nullable Fields format = text.optionalObject("format");
    if (format == null) {
      return new Form.Prose();
    }
    return switch (format.text("type")) {
      case "text" -> new Form.Prose();
      case "json_object" -> {
        if (!items.mentions("json")) {
          throw errors.invalid(
              "Response input messages must contain the word 'json' in some form to use"
                  + " 'text.format' of type 'json_object'.",
              "input",
              null);
        }
        yield new Form.JsonObject();
      }
      case "json_schema" -> conforming(format);
      case String other ->
          throw errors.invalid(
              "Invalid value: '"
                  + other
                  + "'. Supported values are: 'json_object', 'json_schema', and 'text'.",
              "text.format.type",
              "invalid_value");
    };
  }

  private void verbosity(Fields text) {
    @Nullable String verbosity = text.optionalText("verbosity");
    boolean only = !card.can(Ability.ALWAYS_REASONS);
    if (verbosity != null && only && !verbosity.equals("medium") && !forgiving) {
      throw errors.invalid(
          "Unsupported value: '"
              + verbosity
              + "' is not supported with the '"
              + card.name()
              + "' model. Supported values are: 'medium'.",
          "text.verbosity",
          "unsupported_value");
    }
  }

  private Form conforming(Fields format) {
    format.allow(Set.of("type", "name", "description", "schema", "strict"));
    String name = format.text("name");
    JsonNode schema = format.object("schema").node();
    @Nullable String complaint = format.flag("strict") ? StrictSchema.complaint(schema, "") : null;
    if (complaint != null) {
      throw errors.invalid(
          "Invalid schema for response_format '" + name + "': " + complaint,
          "text.format.schema",
          "invalid_json_schema");
    }
    return new Form.Conforming(schema);
  }

  private RuntimeException unsupported(String name, @Nullable String code) {
    return errors.invalid(
        "Unsupported parameter: '" + name + "' is not supported with this model.", name, code);
  }

  private void range(Fields body, String name, double most) {
    @Nullable Double value = body.optionalNumber(name);
    if (value == null || (value >= 0 && value <= most)) {
      return;
    }
    boolean below = value < 0;
    throw errors.invalid(
        "Invalid '"
            + name
            + "': decimal "
            + (below ? "below minimum" : "above maximum")
            + " value. Expected a value "
            + (below ? ">= 0" : "<= " + (int) most)
            + ", but got "
            + value
            + " instead.",
        name,
        below ? "decimal_below_min_value" : "decimal_above_max_value");
  }
}
