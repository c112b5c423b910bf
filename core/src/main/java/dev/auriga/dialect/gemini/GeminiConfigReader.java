// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.completion.AnswerFormat;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Sampling;
import dev.auriga.completion.Thinking;
import dev.auriga.dialect.Json;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads `generationConfig`. Source: Gemini API reference, `GenerationConfig`.
final class GeminiConfigReader {
  static final String PREFIX = "generationConfig.";
  static final String THOUGHTS_HIDDEN = PREFIX + "thinkingConfig.includeThoughts";
  private static final Set<String> READ =
      Set.of(
          "temperature", "topP", "topK", "seed", "frequencyPenalty", "presencePenalty",
          "maxOutputTokens", "stopSequences", "thinkingConfig",
          "responseMimeType", "responseSchema", "responseJsonSchema", "responseLogprobs", "logprobs");

  private final GeminiObject config;
  private final Map<String, RawJson> extras;

  GeminiConfigReader(GeminiObject config, Map<String, RawJson> extras) {
    this.config = config;
    this.extras = extras;
  }

  void read(CompletionRequest.Builder request) {
    Double topK = config.number("topK");
    request
        .sampling(
            new Sampling(
                config.number("temperature"),
                config.number("topP"),
                topK == null ? null : topK.intValue(),
                config.integer("seed"),
                config.number("frequencyPenalty"),
                config.number("presencePenalty")))
        .maxTokens(checkedLimit(config.smallInteger("maxOutputTokens")))
        .stopSequences(config.strings("stopSequences"))
        .logprobs(readLogprobs())
        .format(readFormat());
    GeminiObject thinking = config.object("thinkingConfig");
    if (thinking != null) {
      request.thinking(readThinking(thinking));
    }
    config.rest(READ).forEachEntry(this::keep);
  }

  private @Nullable Integer readLogprobs() {
    Integer top = config.smallInteger("logprobs");
    boolean isWanted = Boolean.TRUE.equals(config.flag("responseLogprobs"));
    if (top != null && top < 0) {
      throw Json.wrong(PREFIX + "logprobs", "must not be negative");
    }
    return isWanted ? Integer.valueOf(top == null ? 0 : top) : top == null || top == 0 ? null : top;
  }

  /// One candidate is what everybody gives who is asked for none.
  private void keep(String name, JsonNode value) {
    boolean isUsual = name.equals("candidateCount") && value.isNumber() && value.doubleValue() == 1;
    if (!isUsual) {
      extras.put(PREFIX + name, Json.raw(value));
    }
  }

  static @Nullable Integer checkedLimit(@Nullable Integer maxTokens) {
    if (maxTokens != null && maxTokens < 0) {
      throw Json.wrong(PREFIX + "maxOutputTokens", "must not be negative");
    }
    return maxTokens;
  }

  private Thinking readThinking(GeminiObject thinking) {
    Boolean shown = thinking.flag("includeThoughts");
    if (Boolean.FALSE.equals(shown)) {
      extras.put(THOUGHTS_HIDDEN, new RawJson("false"));
    }
    thinking
        .rest(Set.of("includeThoughts", "thinkingBudget", "thinkingLevel"))
        .forEachEntry((name, value) -> extras.put(PREFIX + "thinkingConfig." + name, Json.raw(value)));
    return thinking(thinking.text("thinkingLevel"), thinking.smallInteger("thinkingBudget"), shown);
  }

  /// What the three fields of `thinkingConfig` ask for. Whoever only asks to see thoughts wants
  /// them thought.
  static Thinking thinking(@Nullable String level, @Nullable Integer budget, @Nullable Boolean shown) {
    if (level != null && !level.equals("THINKING_LEVEL_UNSPECIFIED")) {
      return new Thinking.Effort(level.toLowerCase(Locale.ROOT));
    }
    if (budget != null) {
      return budget == 0 ? new Thinking.Off() : budget < 0 ? new Thinking.On() : new Thinking.Budget(budget);
    }
    return Boolean.TRUE.equals(shown) ? new Thinking.On() : new Thinking.Unsaid();
  }

  private AnswerFormat readFormat() {
    String mediaType = config.text("responseMimeType");
    JsonNode schema = config.find("responseJsonSchema");
    JsonNode subset = config.find("responseSchema");
    boolean isJson = "application/json".equals(mediaType);
    if (mediaType != null && !isJson && !mediaType.equals("text/plain")) {
      extras.put(PREFIX + "responseMimeType", Json.raw(config.node().stringNode(mediaType)));
      if (subset != null) {
        extras.put(PREFIX + "responseSchema", Json.raw(subset));
      }
      return new AnswerFormat.Text();
    }
    if (schema != null) {
      return new AnswerFormat.JsonSchema("answer", Json.raw(schema), null);
    }
    if (subset != null) {
      return new AnswerFormat.JsonSchema("answer", Json.raw(GeminiSchemaReader.jsonSchema(subset)), null);
    }
    return isJson ? new AnswerFormat.JsonObject() : new AnswerFormat.Text();
  }
}
