// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai.responses;

import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.mind.Offer;
import dev.auriga.sandbox.mind.Question;
import dev.auriga.sandbox.mind.Tokens;
import dev.auriga.sandbox.openai.rules.OpenAiErrors;
import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.Refused;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A checked Responses request: what is asked, what of the reasoning is shown, how the answer is
/// sent, and the conversation it goes on.
record ResponsesRequest(
    JsonNode body, Question question, long promptTokens, Shown shown, List<JsonNode> conversation) {

  /// What of the reasoning comes with the answer.
  record Shown(boolean summary, boolean encrypted) {}

  /// The fields a token count takes.
  private static final Set<String> COUNTED =
      Set.of(
          "model",
          "input",
          "instructions",
          "previous_response_id",
          "conversation",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "reasoning",
          "text",
          "truncation",
          "personality");
  private static final Set<String> MORE =
      Set.of(
          "store",
          "include",
          "max_tool_calls",
          "max_output_tokens",
          "temperature",
          "top_p",
          "top_logprobs",
          "context_management",
          "background",
          "stream",
          "stream_options",
          "prompt",
          "prompt_cache_key",
          "prompt_cache_options",
          "prompt_cache_retention",
          "service_tier",
          "metadata",
          "safety_identifier",
          "user",
          "moderation");

  ResponsesRequest {
    conversation = List.copyOf(conversation);
  }

  /// Reads the body of a request for a token count.
  static ResponsesRequest counted(Fields body, ResponsesSettings settings, InputState state) {
    return read(body.allow(COUNTED), settings, state);
  }

  /// Reads the body of a request for a response.
  static ResponsesRequest answered(Fields body, ResponsesSettings settings, InputState state) {
    Set<String> known = new java.util.HashSet<>(COUNTED);
    known.addAll(MORE);
    return read(body.allow(known), settings, state);
  }

  private static ResponsesRequest read(
      Fields body, ResponsesSettings settings, InputState state) {
    ModelCard card = settings.card();
    OpenAiErrors errors = settings.errors();
    settings.check(body);
    body.required("input");
    List<Fields> items = state.items(body);
    @Nullable String instructions = body.optionalText("instructions");
    InputItems input =
        new InputItems(state, errors).alsoSaid(instructions == null ? "" : instructions).read(items);
    Offer offer = new ResponsesTools(card, errors).read(body);
    long tokens = input.tokens() + defined(offer);
    if (tokens > card.contextTokens()) {
      throw new Refused(errors.contextTooLong(tokens, card.contextTokens()));
    }
    Question question =
        new Question(
            input.text(),
            input.results(),
            input.images(),
            offer,
            settings.form(body, input),
            new Question.Limits(
                settings.maxTokens(body), settings.reasoningTokens(body), List.of()),
            "");
    Shown shown = new Shown(settings.wantsSummary(body), settings.wantsEncrypted(body));
    return new ResponsesRequest(
        body.node(), question, tokens, shown, items.stream().map(Fields::node).toList());
  }

  private static long defined(Offer offer) {
    return offer.tools().stream()
        .mapToLong(
            tool -> Tokens.TOOL + Tokens.count(tool.name() + tool.description() + tool.schema()))
        .sum();
  }

  /// Whether the response is kept; it is unless a request says otherwise.
  boolean stores() {
    return body.path("store").asBoolean(true);
  }

  boolean stream() {
    return body.path("stream").asBoolean(false);
  }

  /// Whether deltas are padded against readers of their length.
  boolean obfuscates() {
    return body.path("stream_options").path("include_obfuscation").asBoolean(true);
  }
}
