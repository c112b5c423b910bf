// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.dialect.Json;
import dev.auriga.dialect.SseEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Chat Completions chunks: the role first, calls opened in ascending order before their fragments,
/// one finish reason behind all content, then at most the usage, then `[DONE]`.
///
/// Source: OpenAI OpenAPI document, `CreateChatCompletionStreamResponse`.
final class ChatGrammar {
  private final Set<String> ids = new HashSet<>();
  private int calls;
  private boolean opened;
  private boolean finished;
  private boolean counted;

  void check(List<SseEvent> events, boolean failed) {
    assertThat(events).isNotEmpty();
    SseEvent last = events.getLast();
    for (SseEvent event : events.subList(0, events.size() - 1)) {
      assertThat(event.name()).as("chunks have no event line").isEmpty();
      chunk(Json.read(event.data()));
    }
    assertThat(ids.size()).as("one id: %s", ids).isLessThanOrEqualTo(1);
    if (failed) {
      assertThat(finished).as("a failed stream has no finish reason").isFalse();
      assertThat(Json.read(last.data()).path("error").isObject()).isTrue();
    } else {
      assertThat(last.data()).isEqualTo("[DONE]");
      assertThat(finished).as("a finish reason came").isTrue();
    }
  }

  private void chunk(JsonNode chunk) {
    assertThat(chunk.path("object").stringValue("")).isEqualTo("chat.completion.chunk");
    assertThat(chunk.path("created").isIntegralNumber()).isTrue();
    assertThat(chunk.path("model").isString()).isTrue();
    ids.add(chunk.path("id").stringValue());
    assertThat(counted).as("nothing behind the usage: %s", chunk).isFalse();
    JsonNode choices = chunk.path("choices");
    assertThat(choices.isArray()).isTrue();
    if (choices.isEmpty()) {
      assertThat(finished).as("usage comes behind the finish reason").isTrue();
      assertThat(chunk.path("usage").isObject()).isTrue();
      counted = true;
      return;
    }
    assertThat(choices.size()).isEqualTo(1);
    assertThat(finished).as("nothing behind the finish reason: %s", chunk).isFalse();
    JsonNode choice = choices.path(0);
    assertThat(choice.path("index").intValue()).isZero();
    delta(choice.path("delta"));
    finished = choice.hasNonNull("finish_reason");
  }

  private void delta(JsonNode delta) {
    assertThat(delta.isObject()).isTrue();
    assertThat(delta.has("role")).as("the role comes first and once: %s", delta).isEqualTo(!opened);
    opened = true;
    for (JsonNode call : delta.path("tool_calls").values()) {
      int index = call.path("index").intValue();
      if (call.has("id")) {
        assertThat(index).as("calls open in ascending order").isEqualTo(calls);
        calls++;
        assertThat(call.path("type").stringValue("")).isEqualTo("function");
        assertThat(call.at("/function/name").isString()).isTrue();
      }
      assertThat(index).as("fragments follow their call: %s", call).isLessThan(calls);
      assertThat(call.at("/function/arguments").isString()).isTrue();
    }
  }
}
