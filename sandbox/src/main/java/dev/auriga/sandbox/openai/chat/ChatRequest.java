// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai.chat;

import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.mind.Offer;
import dev.auriga.sandbox.mind.Question;
import dev.auriga.sandbox.openai.rules.OpenAiErrors;
import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.Refused;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A checked chat request: what is asked, how many answers, how they are sent.
record ChatRequest(
    Question question, long promptTokens, int choices, boolean stream, boolean usageChunk) {
  private static final Set<String> FIELDS =
      Set.of(
          "model",
          "messages",
          "max_tokens",
          "max_completion_tokens",
          "temperature",
          "top_p",
          "frequency_penalty",
          "presence_penalty",
          "logit_bias",
          "logprobs",
          "top_logprobs",
          "n",
          "stop",
          "seed",
          "reasoning_effort",
          "verbosity",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "response_format",
          "stream",
          "stream_options",
          "modalities",
          "store",
          "metadata",
          "service_tier",
          "prompt_cache_key",
          "safety_identifier",
          "user");

  /// Reads a body whose model is known; a forgiving reader drops what the model does not take.
  static ChatRequest read(Fields body, ModelCard card, boolean forgiving, OpenAiErrors errors) {
    body.allow(FIELDS);
    ChatMessages messages = ChatMessages.read(body, errors);
    ChatSettings settings = new ChatSettings(errors, forgiving);
    settings.check(body, card);
    Offer offer = new ChatTools(errors).read(body);
    Question.Limits limits =
        new Question.Limits(
            settings.maxTokens(body, card),
            settings.reasoningTokens(body, card),
            settings.stops(body, card));
    long tokens = messages.tokens() + ChatTools.tokens(offer);
    if (tokens > card.contextTokens()) {
      throw new Refused(errors.contextTooLong(tokens, card.contextTokens()));
    }
    @Nullable Long seed = body.optionalInteger("seed");
    Question question =
        new Question(
            messages.text(),
            messages.results(),
            messages.images(),
            offer,
            settings.form(body, messages),
            limits,
            seed == null ? "" : "seed " + seed);
    @Nullable Fields options = body.optionalObject("stream_options");
    boolean usage =
        options != null
            && options.allow(Set.of("include_usage", "include_obfuscation")).flag("include_usage");
    return new ChatRequest(question, tokens, settings.choices(body), body.flag("stream"), usage);
  }
}
