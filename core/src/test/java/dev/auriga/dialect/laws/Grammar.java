// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.anthropic.AnthropicStreamJudge;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What a client of a dialect may count on in every stream, beyond the form of single events.
@FunctionalInterface
public interface Grammar {

  /// Fails where the stream breaks the grammar; `failed` says that it must end in the dialect's
  /// error and not in its terminal event.
  void check(List<SseEvent> events, boolean failed);

  static Grammar of(Dialect client) {
    if (client == Dialects.ANTHROPIC) {
      return Grammar::anthropic;
    }
    if (client == Dialects.CHAT) {
      return (events, failed) -> new ChatGrammar().check(events, failed);
    }
    if (client == Dialects.RESPONSES) {
      return (events, failed) -> new ResponsesGrammar().check(events, failed);
    }
    return Grammar::gemini;
  }

  private static void anthropic(List<SseEvent> events, boolean failed) {
    AnthropicStreamJudge judge = AnthropicStreamJudge.of(events);
    assertThat(judge.hasFailed()).isEqualTo(failed);
    if (!failed) {
      judge.whole();
    }
  }

  /// Each event is a response with one candidate; only the last has a finish reason, with the usage.
  private static void gemini(List<SseEvent> events, boolean failed) {
    assertThat(events).isNotEmpty();
    JsonNode last = Json.read(events.getLast().data());
    for (SseEvent event : events.subList(0, events.size() - 1)) {
      candidate(Json.read(event.data()), false);
    }
    if (failed) {
      assertThat(last.at("/error/code").isInt()).as("the error of %s", last).isTrue();
      assertThat(last.at("/error/message").isString()).isTrue();
      assertThat(last.at("/error/status").isString()).isTrue();
    } else {
      candidate(last, true);
      assertThat(last.at("/usageMetadata/promptTokenCount").isIntegralNumber()).isTrue();
      assertThat(last.at("/usageMetadata/totalTokenCount").isIntegralNumber()).isTrue();
    }
  }

  private static void candidate(JsonNode response, boolean last) {
    assertThat(response.path("candidates").size()).as("one candidate in %s", response).isEqualTo(1);
    JsonNode candidate = response.at("/candidates/0");
    assertThat(candidate.path("index").intValue()).isZero();
    assertThat(candidate.has("finishReason")).as("finish reason in %s", response).isEqualTo(last);
    assertThat(candidate.at("/content/role").stringValue("")).isEqualTo("model");
    assertThat(candidate.at("/content/parts").isEmpty()).as("parts of %s", response).isFalse();
    candidate.at("/content/parts").forEach(part -> assertThat(part.isObject()).isTrue());
    assertThat(response.path("responseId").isString()).isTrue();
    assertThat(response.path("modelVersion").isString()).isTrue();
  }
}
