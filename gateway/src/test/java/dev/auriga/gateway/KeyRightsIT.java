// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.dialect.Json;
import dev.auriga.config.Config;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What an ordinary key may not see, and may not change.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyRightsIT {
  private static final String[] GUEST = {"authorization", "Bearer " + ScriptedRig.GUEST_KEY};
  private static final String MESSAGE =
      "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5\",\"content\":"
          + "[{\"type\":\"text\",\"text\":\"hi\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":"
          + "{\"input_tokens\":3,\"output_tokens\":1}}";
  private static final String CHAT =
      "{\"model\":\"learned\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

  private ScriptedRig rig;

  @BeforeAll
  void start() {
    rig =
        new ScriptedRig()
            .on("/a/v1/messages", 200, MESSAGE)
            .on("/f/anthropic/v1/messages", 200, MESSAGE);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private String answered(String... key) throws Exception {
    HttpResponse<String> answer = rig.post("/v1/chat/completions", CHAT, key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.headers().firstValue("x-auriga-request").orElseThrow();
  }

  private HttpResponse<String> score(String request, String... key) throws Exception {
    return rig.post("/api/feedback", "{\"request\":\"%s\",\"score\":1}".formatted(request), key);
  }

  @Test
  void metricsAreAnAdminsToSee() throws Exception {
    HttpResponse<String> refused = rig.get("/metrics", GUEST);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(Json.read(refused.body()).path("error").path("message").stringValue())
        .isEqualTo("the key \"guest\" may not see /metrics; in the configuration \"admin: true\" lets it");
    assertThat(rig.get("/metrics").statusCode()).isEqualTo(200);
  }

  @Test
  void aKeyScoresItsOwnRequests_anAdminsKeyAny() throws Exception {
    String testers = answered();
    HttpResponse<String> refused = score(testers, GUEST);
    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(Json.read(refused.body()).path("error").path("message").stringValue())
        .isEqualTo("no request \"%s\" of this key's is waiting for its outcome".formatted(testers));
    assertThat(score(testers).statusCode()).as("still waiting").isEqualTo(200);
    assertThat(score(testers).statusCode()).as("told once").isEqualTo(404);

    assertThat(score(answered(GUEST), GUEST).statusCode()).isEqualTo(200);
    assertThat(score(answered(GUEST)).statusCode()).isEqualTo(200);
  }

  @Test
  void metricsAreToldWithoutAKey_whereTheConfigurationSaysSo() throws Exception {
    try (ScriptedRig open = new ScriptedRig(config -> config.metrics(new Config.Metrics(true)))) {
      HttpResponse<String> page = bare(open, "/metrics");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("auriga_");
      assertThat(bare(open, "/v1/models").statusCode()).as("nothing else is").isEqualTo(401);
    }
    assertThat(bare(rig, "/metrics").statusCode()).as("it is not, unless it is said").isEqualTo(401);
  }

  private static HttpResponse<String> bare(ScriptedRig of, String path) throws Exception {
    return of.send(HttpRequest.newBuilder(of.request(path).build().uri()).GET().build());
  }
}
