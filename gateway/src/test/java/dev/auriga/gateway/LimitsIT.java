// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import org.junit.jupiter.api.Test;

/// What a provider says about its limits reaches clients of every dialect in their own words.
class LimitsIT {
  private static final String MESSAGE =
      "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5\",\"content\":"
          + "[{\"type\":\"text\",\"text\":\"hi\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":"
          + "{\"input_tokens\":3,\"output_tokens\":1}}";

  @Test
  void limits_areRenamed_orPassedAsTheyCame() throws Exception {
    try (ScriptedRig rig = new ScriptedRig()) {
      rig.on(
          "/a/v1/messages", 200, MESSAGE, "anthropic-ratelimit-requests-remaining: 9",
          "anthropic-fast-requests-remaining: 4", "set-cookie: a=b");
      HttpHeaders chat =
          rig.post("/v1/chat/completions", "{\"model\":\"claude\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")
              .headers();
      assertThat(chat.firstValue("x-ratelimit-remaining-requests")).hasValue("9");
      assertThat(chat.firstValue("anthropic-ratelimit-requests-remaining")).isEmpty();
      HttpHeaders messages =
          rig.post(
                  "/v1/messages",
                  "{\"model\":\"claude\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")
              .headers();
      assertThat(messages.firstValue("anthropic-ratelimit-requests-remaining")).hasValue("9");
      assertThat(messages.firstValue("anthropic-fast-requests-remaining")).hasValue("4");
      assertThat(messages.firstValue("x-ratelimit-remaining-requests")).isEmpty();
      assertThat(messages.firstValue("set-cookie")).isEmpty();
    }
  }
}
