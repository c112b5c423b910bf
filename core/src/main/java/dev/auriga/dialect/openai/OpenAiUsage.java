// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Usage;
import dev.auriga.dialect.Json;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// OpenAI's counts of tokens, which contain each other, and how they become disjoint buckets.
///
/// `prompt_tokens` (Responses: `input_tokens`) includes what was read from and written to the
/// cache, `completion_tokens` (`output_tokens`) the reasoning. Two exceptions are known: xAI counts
/// reasoning apart, which shows in the total, and DeepSeek tells cache reads in
/// `prompt_cache_hit_tokens`. A written cache has no stated time and counts as short-lived.
/// Sources: OpenAI OpenAPI document, `CompletionUsage` and `ResponseUsage`; DeepSeek API
/// documentation, Context Caching.
public record OpenAiUsage(
    long prompt, long completion, long total, long cacheRead, long cacheWrite, long reasoning) {

  /// The words one of OpenAI's two APIs counts in; they are read alike.
  public enum Words {
    CHAT("prompt", "completion"),
    RESPONSES("input", "output");

    private final String input;
    private final String output;

    Words(String input, String output) {
      this.input = input;
      this.output = output;
    }
  }

  /// The buckets of a `usage` object.
  public static Usage read(JsonNode usage) {
    Words words = usage.has("prompt_tokens") ? Words.CHAT : Words.RESPONSES;
    JsonNode input = usage.path(words.input + "_tokens_details");
    JsonNode output = usage.path(words.output + "_tokens_details");
    long cacheRead = count(input, "cached_tokens");
    return new OpenAiUsage(
            count(usage, words.input + "_tokens"),
            count(usage, words.output + "_tokens"),
            count(usage, "total_tokens"),
            cacheRead > 0 ? cacheRead : count(usage, "prompt_cache_hit_tokens"),
            count(input, "cache_write_tokens"),
            count(output, "reasoning_tokens"))
        .disjoint();
  }

  /// The same from tokens; the parser stands at the start of the object and then at its end.
  public static Usage read(JsonParser parser) {
    long prompt = 0;
    long completion = 0;
    long total = 0;
    long cached = 0;
    long hit = 0;
    long written = 0;
    long reasoning = 0;
    int depth = 1;
    while (depth > 0) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        break;
      } else if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.VALUE_NUMBER_INT && parser.currentName() != null) {
        long count = Math.max(0, parser.getValueAsLong());
        switch (parser.currentName()) {
          case "prompt_tokens", "input_tokens" -> prompt = count;
          case "completion_tokens", "output_tokens" -> completion = count;
          case "total_tokens" -> total = count;
          case "cached_tokens" -> cached = count;
          case "prompt_cache_hit_tokens" -> hit = count;
          case "cache_write_tokens" -> written = count;
          case "reasoning_tokens" -> reasoning = count;
          default -> {}
        }
      }
    }
    return new OpenAiUsage(prompt, completion, total, cached > 0 ? cached : hit, written, reasoning)
        .disjoint();
  }

  private static long count(JsonNode holder, String name) {
    JsonNode value = holder.path(name);
    return value.isNumber() ? Math.max(0, value.asLong(0)) : 0;
  }

  /// The buckets, which sum to the provider's total wherever its own numbers add up.
  public Usage disjoint() {
    long read = Math.min(cacheRead, prompt);
    long written = Math.min(cacheWrite, prompt - read);
    boolean reasoningIsApart =
        reasoning > completion || (reasoning > 0 && total == prompt + completion + reasoning);
    return new Usage(
        prompt - read - written,
        read,
        written,
        0,
        reasoningIsApart ? completion : completion - reasoning,
        reasoning);
  }

  /// Responses must name cache writes, Chat Completions does so where there are any.
  public static ObjectNode write(Usage usage, Words words) {
    ObjectNode written =
        Json.object()
            .put(words.input + "_tokens", usage.input())
            .put(words.output + "_tokens", usage.allOutput())
            .put("total_tokens", usage.total());
    ObjectNode input =
        written.putObject(words.input + "_tokens_details").put("cached_tokens", usage.cacheRead());
    long cacheWrite = usage.cacheWrite5m() + usage.cacheWrite1h();
    if (cacheWrite > 0 || words == Words.RESPONSES) {
      input.put("cache_write_tokens", cacheWrite);
    }
    written.putObject(words.output + "_tokens_details").put("reasoning_tokens", usage.reasoning());
    return written;
  }
}
