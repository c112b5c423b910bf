// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.completion.Loss;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.ServiceTier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Converts `usageMetadata` to disjoint buckets and back.
///
/// `promptTokenCount` includes cached tokens, `candidatesTokenCount` leaves thoughts out, and what
/// Google's own tools read (`toolUsePromptTokenCount`) is input. Every chunk of a stream repeats
/// the counts so far. Source: Gemini API reference, `UsageMetadata`. For one object.
final class GeminiUsage {
  /// No answer has more tokens; a count beyond is nonsense.
  private static final long MOST = 1_000_000_000_000L;

  /// Tells the tier that served it.
  private static final String TRAFFIC = "trafficType";

  private long prompt;
  private long cached;
  private long toolUse;
  private long candidates;
  private long thoughts;
  private String traffic = "";
  private boolean counted;

  /// The usage in `metadata`, null when it has no counts (Vertex AI sends only the traffic type
  /// before the last chunk).
  static @Nullable Usage read(JsonNode metadata) {
    GeminiUsage usage = new GeminiUsage();
    metadata.forEachEntry(
        (name, value) -> {
          boolean isCount = value.canConvertToLong() && value.isIntegralNumber();
          usage.note(name, isCount ? value.longValue() : -1);
          usage.traffic = name.equals(TRAFFIC) ? value.stringValue("") : usage.traffic;
        });
    return usage.buckets();
  }

  /// As the other, from the parser's current object.
  static @Nullable Usage read(JsonParser parser) {
    GeminiUsage usage = new GeminiUsage();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      if (name.equals(TRAFFIC)) {
        usage.traffic = value == JsonToken.VALUE_STRING ? parser.getString() : "";
      }
      boolean isCount =
          value == JsonToken.VALUE_NUMBER_INT
              && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
      usage.note(name, isCount ? parser.getLongValue() : -1);
      parser.skipChildren();
    }
    return usage.buckets();
  }

  private void note(String name, long count) {
    if (count < 0 || count > MOST) {
      return;
    }
    switch (name) {
      case "promptTokenCount" -> prompt = count;
      case "cachedContentTokenCount" -> cached = count;
      case "toolUsePromptTokenCount" -> toolUse = count;
      case "candidatesTokenCount" -> candidates = count;
      case "thoughtsTokenCount" -> thoughts = count;
      default -> {
        return;
      }
    }
    counted = true;
  }

  private @Nullable Usage buckets() {
    return counted
        ? new Usage(Math.max(0, prompt - cached) + toolUse, cached, 0, 0, candidates, thoughts)
            .on(ServiceTier.served(traffic))
        : null;
  }

  /// What [#write] does not say: it has no count of cache writes.
  static List<Loss> losses(Usage usage) {
    List<Loss> losses = new ArrayList<>(0);
    if (usage.cacheWrite5m() > 0) {
      losses.add(new Loss(Loss.Reason.UNSUPPORTED_FIELD, "usage.cacheWrite5m"));
    }
    if (usage.cacheWrite1h() > 0) {
      losses.add(new Loss(Loss.Reason.UNSUPPORTED_FIELD, "usage.cacheWrite1h"));
    }
    return losses;
  }

  static ObjectNode write(Usage usage) {
    ObjectNode metadata = Json.object().put("promptTokenCount", usage.input());
    if (usage.cacheRead() > 0) {
      metadata.put("cachedContentTokenCount", usage.cacheRead());
    }
    metadata.put("candidatesTokenCount", usage.output());
    if (usage.reasoning() > 0) {
      metadata.put("thoughtsTokenCount", usage.reasoning());
    }
    return metadata.put("totalTokenCount", usage.total());
  }
}
