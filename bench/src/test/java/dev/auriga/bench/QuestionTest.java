// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class QuestionTest {
  private final Contender.Address address = new Contender.Address(80, Map.of("authorization", "Bearer key"));

  @ParameterizedTest
  @ValueSource(ints = {Question.SMALL, Question.LARGE, Question.LONG})
  void body_hasTheSizeAsked_andIsAChatRequest(int size) {
    String text = text(Question.whole(address, size));
    String body = body(text);
    assertThat(body).hasSize(size);
    assertThat(text).contains("\r\ncontent-length: " + size + "\r\n", "\r\nauthorization: Bearer key\r\n");
    JsonNode request = JsonMapper.shared().readTree(body);
    assertThat(request.path("messages").size()).isEqualTo(2);
    assertThat(request.path("stream").booleanValue()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {Question.SMALL, Question.LONG})
  void anthropicClients_askTheSame(int size) {
    String text = text(Question.anthropic(address, size));
    assertThat(text)
        .startsWith("POST /v1/messages HTTP/1.1\r\n")
        .contains("\r\nauthorization: Bearer key\r\n", "\r\nanthropic-version: 2023-06-01\r\n")
        .contains("\r\ncontent-length: " + body(text).length() + "\r\n");
    JsonNode request = JsonMapper.shared().readTree(body(text));
    JsonNode chat = JsonMapper.shared().readTree(body(text(Question.whole(address, size))));
    assertThat(request.at("/system")).isEqualTo(chat.at("/messages/0/content"));
    assertThat(request.at("/messages/0")).isEqualTo(chat.at("/messages/1"));
    for (String same : List.of("model", "stream", "temperature", "max_tokens")) {
      assertThat(request.path(same)).as(same).isEqualTo(chat.path(same));
    }
  }

  @Test
  void pace_isSaid_whereTheUpstreamLooks() {
    String text = text(Question.streamed(address, 60, 50));
    assertThat(text.substring(text.indexOf("\r\n\r\n")).indexOf("bench-60x50")).isBetween(0, 400);
  }

  private static String body(String text) {
    return text.substring(text.indexOf("\r\n\r\n") + 4);
  }

  private static String text(Question question) {
    return question.bytes().toString(StandardCharsets.US_ASCII);
  }
}
