// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.completion.Usage;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.ServiceTier;
import java.util.function.LongConsumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Collects the usage of one reply, whole or streamed; for one thread.
///
/// `input_tokens` leaves cached tokens out; `output_tokens` includes thinking. In a stream each
/// `usage` is cumulative and may leave fields out or null, so what is there replaces what was
/// known. Cache writes without a stated lifetime count as five minutes. Iterations of type
/// `compaction` are billed beside the totals, so they are added; those of other types are either in
/// the totals or billed as another model.
/// Source: Anthropic API reference, Messages (Usage) and Streaming; Claude documentation,
/// Compaction.
final class AnthropicUsage {
  /// No answer has more tokens; a count beyond is nonsense, and sums of such might overflow.
  private static final long MOST = 1_000_000_000_000L;

  private static final String DOMESTIC = "us";

  private long input;
  private long cacheRead;
  private long cacheWrite;
  private long cacheWrite5m;
  private long cacheWrite1h;
  private long output;
  private long thinking;
  private String tier = "";
  private String geography = "";
  private Usage compaction = Usage.NONE;

  void read(JsonNode usage) {
    if (!usage.isObject()) {
      return;
    }
    try (JsonParser parser = usage.traverse(ObjectReadContext.empty())) {
      parser.nextToken();
      read(parser);
    }
  }

  /// Reads the object the parser stands at the start of.
  void read(JsonParser parser) {
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "input_tokens" -> count(parser, count -> input = count);
        case "cache_read_input_tokens" -> count(parser, count -> cacheRead = count);
        case "cache_creation_input_tokens" -> count(parser, count -> cacheWrite = count);
        case "output_tokens" -> count(parser, count -> output = count);
        case "cache_creation", "output_tokens_details" -> details(parser);
        case "iterations" -> iterations(parser);
        case "service_tier" -> tier = word(parser, tier);
        case "inference_geo" -> geography = word(parser, geography);
        default -> parser.skipChildren();
      }
    }
  }

  private void details(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "ephemeral_5m_input_tokens" -> count(parser, count -> cacheWrite5m = count);
        case "ephemeral_1h_input_tokens" -> count(parser, count -> cacheWrite1h = count);
        case "thinking_tokens" -> count(parser, count -> thinking = count);
        default -> parser.skipChildren();
      }
    }
  }

  private void iterations(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    compaction = Usage.NONE;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        continue;
      }
      Iteration iteration = new Iteration();
      iteration.read(parser);
      compaction = iteration.isCompaction ? compaction.plus(iteration.counts.usage()) : compaction;
    }
  }

  private static final class Iteration {
    private final AnthropicUsage counts = new AnthropicUsage();
    private boolean isCompaction;

    void read(JsonParser parser) {
      for (String field = parser.nextName(); field != null; field = parser.nextName()) {
        JsonToken value = parser.nextToken();
        switch (field) {
          case "type" ->
              isCompaction =
                  value == JsonToken.VALUE_STRING && parser.getString().equals("compaction");
          case "input_tokens" -> count(parser, count -> counts.input = count);
          case "cache_read_input_tokens" -> count(parser, count -> counts.cacheRead = count);
          case "cache_creation_input_tokens" -> count(parser, count -> counts.cacheWrite = count);
          case "output_tokens" -> count(parser, count -> counts.output = count);
          case "cache_creation", "output_tokens_details" -> counts.details(parser);
          default -> parser.skipChildren();
        }
      }
    }
  }

  /// The string the parser stands at; `known` where it is none.
  private static String word(JsonParser parser, String known) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getString();
    }
    parser.skipChildren();
    return known;
  }

  /// A number no count can be is none.
  private static void count(JsonParser parser, LongConsumer field) {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
        && parser.getLongValue() <= MOST) {
      field.accept(Math.max(0, parser.getLongValue()));
    } else {
      parser.skipChildren();
    }
  }

  Usage usage() {
    long reasoning = Math.min(thinking, output);
    long unsaidLifetime = Math.max(0, cacheWrite - cacheWrite5m - cacheWrite1h);
    return new Usage(
            input,
            cacheRead,
            cacheWrite5m + unsaidLifetime,
            cacheWrite1h,
            output - reasoning,
            reasoning)
        .plus(compaction)
        .on(served());
  }

  /// The tier, and where inference was bound to a place and is dearer for that.
  private String served() {
    String word = ServiceTier.served(tier);
    if (!geography.equals(DOMESTIC)) {
      return word;
    }
    return word.isEmpty() ? DOMESTIC : word + "+" + DOMESTIC;
  }

  /// `usage` as a whole reply and `message_start` carry it.
  static ObjectNode write(Usage usage) {
    return withLifetimes(counts(usage), usage).putNull("service_tier").putNull("inference_geo");
  }

  /// `usage` as `message_delta` carries it; lifetimes of cache writes only where there are two.
  static ObjectNode cumulative(Usage usage) {
    ObjectNode counts = counts(usage);
    return usage.cacheWrite1h() > 0 ? withLifetimes(counts, usage) : counts;
  }

  private static ObjectNode counts(Usage usage) {
    ObjectNode counts =
        Json.object()
            .put("input_tokens", usage.freshInput())
            .put("cache_creation_input_tokens", usage.cacheWrite5m() + usage.cacheWrite1h())
            .put("cache_read_input_tokens", usage.cacheRead())
            .put("output_tokens", usage.allOutput());
    if (usage.reasoning() > 0) {
      counts.putObject("output_tokens_details").put("thinking_tokens", usage.reasoning());
    }
    return counts.putNull("server_tool_use");
  }

  private static ObjectNode withLifetimes(ObjectNode counts, Usage usage) {
    counts
        .putObject("cache_creation")
        .put("ephemeral_5m_input_tokens", usage.cacheWrite5m())
        .put("ephemeral_1h_input_tokens", usage.cacheWrite1h());
    return counts;
  }
}
