// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.recorded;

import dev.auriga.completion.Usage;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.laws.Dialects;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The tokens in and out that a recording states itself, added up without the dialects' readers.
record Counts(long input, long output) {

  static Counts of(Usage usage) {
    return new Counts(usage.input(), usage.allOutput());
  }

  /// What a whole reply says; null where it says nothing.
  static @Nullable Counts of(Dialect dialect, JsonNode reply) {
    JsonNode usage = reply.path(dialect == Dialects.GEMINI ? "usageMetadata" : "usage");
    return usage.isObject() ? stated(dialect, usage) : null;
  }

  /// What the events say last; Anthropic repeats only some counts, so the latest of each holds.
  static @Nullable Counts of(Dialect dialect, List<SseEvent> events) {
    ObjectNode last = Json.object();
    for (SseEvent event : events) {
      if (event.data().isBlank() || event.data().equals("[DONE]")) {
        continue;
      }
      JsonNode data = Json.read(event.data());
      for (String place : List.of("/usage", "/message/usage", "/response/usage", "/usageMetadata")) {
        data.at(place).properties().stream()
            .filter(field -> !field.getValue().isNull())
            .forEach(field -> last.set(field.getKey(), field.getValue()));
      }
    }
    return last.isEmpty() ? null : stated(dialect, last);
  }

  private static Counts stated(Dialect dialect, JsonNode usage) {
    if (dialect == Dialects.GEMINI) {
      return new Counts(
          sum(usage, "promptTokenCount", "toolUsePromptTokenCount"),
          sum(usage, "candidatesTokenCount", "thoughtsTokenCount"));
    }
    if (dialect != Dialects.ANTHROPIC) {
      return new Counts(sum(usage, "prompt_tokens", "input_tokens"), sum(usage, "completion_tokens", "output_tokens"));
    }
    Counts total = anthropic(usage);
    for (JsonNode iteration : usage.path("iterations").values()) {
      if (iteration.path("type").asString("").equals("compaction")) {
        Counts beside = anthropic(iteration);
        total = new Counts(total.input + beside.input, total.output + beside.output);
      }
    }
    return total;
  }

  private static Counts anthropic(JsonNode usage) {
    return new Counts(
        sum(usage, "input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"),
        sum(usage, "output_tokens"));
  }

  private static long sum(JsonNode usage, String... names) {
    long sum = 0;
    for (String name : names) {
      sum += usage.path(name).asLong(0);
    }
    return sum;
  }
}
