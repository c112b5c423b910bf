// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.config.Config;
import dev.auriga.dialect.Json;
import dev.auriga.provider.JdkTransport;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A body that would be too much beside those in flight is refused in the words of whoever sends it.
@Timeout(60)
class CrowdedIT {
  private static final Config.Limits LIMITS =
      new Config.Limits(40_000, 40_000, 40_000, Duration.ofSeconds(15), Duration.ofMillis(50));
  private static final String LONG =
      "{\"model\":\"claude\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\""
          + "x".repeat(30_000)
          + "\"}]}";

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, 503, type, server_error",
    "/v1/responses, 503, type, server_error",
    "/v1/messages, 529, type, overloaded_error",
    "/v1beta/models/claude:generateContent, 503, status, UNAVAILABLE",
  })
  void whoFindsNoRoom_isToldToComeAgain(String path, int status, String field, String word) throws Exception {
    try (ScriptedRig rig = new ScriptedRig(LIMITS, new JdkTransport())) {
      CountDownLatch asked = rig.hang("/a/v1/messages");
      CompletableFuture<HttpResponse<String>> first = rig.sent("/v1/messages", LONG);
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
      HttpResponse<String> refused = rig.post(path, LONG);
      assertThat(refused.statusCode()).isEqualTo(status);
      assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
      assertThat(Json.read(refused.body()).path("error").path(field).stringValue()).isEqualTo(word);
      assertThat(Json.read(refused.body()).path("error").path("message").stringValue())
          .startsWith("there is no room for this body beside those of other requests");
      assertThat(first).isNotDone();
    }
  }
}
