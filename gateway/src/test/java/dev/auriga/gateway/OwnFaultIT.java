// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.config.Config;
import dev.auriga.dialect.Headers;
import dev.auriga.provider.Transport;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What clients are told of a fault of Auriga's own, before and in the middle of a stream.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnFaultIT {
  private static final String EVENT =
      "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-4o\",\"choices\":"
          + "[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"hello\"},\"finish_reason\":null}]}\n\n";
  private static final String CHAT =
      "{\"model\":\"local\",\"stream\":true,\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";

  /// Has a fault of its own: at once for a request that says "none", else after the first event.
  private static final class Faulty implements Transport {
    @Override
    public Inbound send(Outbound outbound) {
      boolean none = new String(outbound.body(), StandardCharsets.UTF_8).contains("none");
      return new Inbound() {
        private boolean told = none;

        @Override
        public int status() {
          return 200;
        }

        @Override
        public Headers headers() {
          return Headers.of("content-type", "text/event-stream");
        }

        @Override
        public byte[] read(Duration idle) {
          if (told) {
            throw new IllegalStateException("on purpose");
          }
          told = true;
          return EVENT.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }

  private ScriptedRig rig;

  @BeforeAll
  void start() {
    rig = new ScriptedRig(Config.Limits.USUAL, new Faulty());
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/chat/completions | {'error':{'message':'a fault of Auriga | [DONE]",
        "/v1/messages         | event: error                            | message_stop",
        "/v1/responses        | event: response.failed                  | response.completed",
      })
  void aFaultInAStream_isItsErrorEvent(String path, String error, String end) throws Exception {
    String asked = CHAT.formatted("some");
    if (path.endsWith("responses")) {
      asked = "{\"model\":\"local\",\"stream\":true,\"input\":\"some\"}";
    }
    HttpResponse<String> answer = rig.post(path, asked);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("hello")
        .contains(error.strip().replace('\'', '"'))
        .contains("its log says more")
        .doesNotContain(end.strip());
    String request = answer.headers().firstValue("x-auriga-request").orElseThrow();
    assertThat(rig.get("/api/decisions/" + request).body())
        .as("the client did not leave")
        .contains("\"ending\":\"truncated\"");
  }

  @Test
  void aFaultInAStreamOfGeminis_isCutToo() {
    String asked = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"some\"}]}]}";
    assertThatThrownBy(() -> rig.post("/v1beta/models/local:streamGenerateContent?alt=sse", asked))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aFaultBeforeAnything_isA500() throws Exception {
    HttpResponse<String> answer = rig.post("/v1/chat/completions", CHAT.formatted("none"));
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("a fault of Auriga's own; its log says more").contains("server_error");
  }
}
