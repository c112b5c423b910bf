// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class QuestionTest {
  private final Contender.Address address = new Contender.Address(80, Map.of("authorization", "Bearer key"));

  @ParameterizedTest
  @ValueSource(ints = {Question.SMALL, Question.LARGE})
  void body_hasTheSizeAsked_andIsAChatRequest(int size) {
    String text = text(Question.whole(address, size));
    String body = text.substring(text.indexOf("\r\n\r\n") + 4);
    assertThat(body).hasSize(size);
    assertThat(text).contains("\r\ncontent-length: " + size + "\r\n", "\r\nauthorization: Bearer key\r\n");
    JsonNode request = JsonMapper.shared().readTree(body);
    assertThat(request.path("messages").size()).isEqualTo(2);
    assertThat(request.path("stream").booleanValue()).isFalse();
  }

  @Test
  void pace_isSaid_whereTheUpstreamLooks() {
    String text = text(Question.streamed(address, 60, 50));
    assertThat(text.substring(text.indexOf("\r\n\r\n")).indexOf("bench-60x50")).isBetween(0, 400);
  }

  private static String text(Question question) {
    return question.bytes().toString(StandardCharsets.US_ASCII);
  }
}
