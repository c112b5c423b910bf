// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Usage;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.ServiceTier;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

  /// No answer has more tokens; a count beyond is nonsense, and sums of such might overflow.
  private static final long MOST = 1_000_000_000_000L;

  /// The field beside `usage` that names the tier.
  public static final String TIER = "service_tier";

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
    Counts counts = new Counts();
    for (Map.Entry<String, JsonNode> field : usage.properties()) {
      JsonNode value = field.getValue();
      if (!Counts.isDetailed(field.getKey())) {
        counts.note(field.getKey(), count(value));
      } else if (value.isObject()) {
        value.properties().forEach(inner -> counts.detail(inner.getKey(), count(inner.getValue())));
      }
    }
    return counts.buckets();
  }

  /// The same of a reply, a chunk or a response, which says beside it on which tier it was served;
  /// null where it has none. `tier` is what was said before.
  public static @Nullable Usage of(JsonNode reply, String tier) {
    JsonNode usage = reply.path("usage");
    String word = reply.path(TIER).isString() ? reply.path(TIER).stringValue() : tier;
    return usage.isObject() ? read(usage).on(ServiceTier.served(word)) : null;
  }

  /// The same from tokens; the parser stands at the start of the object and then at its end.
  public static Usage read(JsonParser parser) {
    Counts counts = new Counts();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      if (!Counts.isDetailed(name)) {
        counts.note(name, count(parser));
      } else if (value == JsonToken.START_OBJECT) {
        for (String inner = parser.nextName(); inner != null; inner = parser.nextName()) {
          parser.nextToken();
          counts.detail(inner, count(parser));
        }
      } else {
        parser.skipChildren();
      }
    }
    return counts.buckets();
  }

  /// What has been read of one `usage`.
  private static final class Counts {
    private long prompt;
    private long completion;
    private long total;
    private long cached;
    private long hit;
    private long written;
    private long reasoning;

    static boolean isDetailed(String name) {
      return switch (name) {
        case "prompt_tokens_details", "input_tokens_details", "completion_tokens_details",
            "output_tokens_details" -> true;
        default -> false;
      };
    }

    void note(String name, long count) {
      switch (name) {
        case "prompt_tokens", "input_tokens" -> prompt = count;
        case "completion_tokens", "output_tokens" -> completion = count;
        case "total_tokens" -> total = count;
        case "prompt_cache_hit_tokens" -> hit = count;
        default -> {}
      }
    }

    void detail(String name, long count) {
      switch (name) {
        case "cached_tokens" -> cached = count;
        case "cache_write_tokens" -> written = count;
        case "reasoning_tokens" -> reasoning = count;
        default -> {}
      }
    }

    Usage buckets() {
      return new OpenAiUsage(prompt, completion, total, cached > 0 ? cached : hit, written, reasoning)
          .disjoint();
    }
  }

  /// A number no count can be is none.
  private static long count(JsonNode value) {
    boolean isCount = value.isIntegralNumber() && value.canConvertToLong() && value.longValue() <= MOST;
    return isCount ? Math.max(0, value.longValue()) : 0;
  }

  private static long count(JsonParser parser) {
    parser.skipChildren();
    boolean isCount =
        parser.currentToken() == JsonToken.VALUE_NUMBER_INT
            && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
            && parser.getLongValue() <= MOST;
    return isCount ? Math.max(0, parser.getLongValue()) : 0;
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
