// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsIT {
  private static final String CHAT = "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
  private static final String MESSAGE =
      "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5\",\"content\":"
          + "[{\"type\":\"text\",\"text\":\"hi\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":"
          + "{\"input_tokens\":1000,\"output_tokens\":100,\"cache_read_input_tokens\":40}}";

  private final ScriptedRig rig = new ScriptedRig();

  @AfterEach
  void stop() {
    rig.close();
  }

  private List<String> lines() throws Exception {
    HttpResponse<String> page = rig.get("/metrics");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
    return page.body().lines().filter(line -> !line.startsWith("#")).toList();
  }

  /// The value of the one series whose line begins so and has all of `labels`.
  private static double value(List<String> lines, String name, String... labels) {
    List<String> found =
        lines.stream()
            .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
            .filter(line -> List.of(labels).stream().allMatch(line::contains))
            .toList();
    assertThat(found).as(name).hasSize(1);
    return Double.parseDouble(found.getFirst().substring(found.getFirst().lastIndexOf(' ') + 1));
  }

  @Test
  void aRequest_isCountedWithItsAttemptsTokensMoneyAndLosses() throws Exception {
    rig.on("/a/v1/messages", 200, MESSAGE);
    String losing = CHAT.formatted("claude").replace("}]}", "}],\"frequency_penalty\":0.5}");
    assertThat(rig.post("/v1/chat/completions", losing).statusCode()).isEqualTo(200);
    List<String> lines = lines();
    assertThat(
            value(
                lines, "auriga_requests_total", "auriga_route=\"claude\"", "gen_ai_operation_name=\"completion\"",
                "auriga_ending=\"completed\""))
        .isEqualTo(1);
    assertThat(value(lines, "auriga_attempts_total", "auriga_deployment=\"claude\"", "auriga_outcome=\"answered\""))
        .isEqualTo(1);
    assertThat(value(lines, "auriga_tokens_total", "claude", "gen_ai_token_type=\"input\"")).isEqualTo(1000);
    assertThat(value(lines, "auriga_tokens_total", "claude", "\"cache_read\"")).isEqualTo(40);
    assertThat(value(lines, "auriga_tokens_total", "claude", "\"output\"")).isEqualTo(100);
    // 1,000 at , 40 at bash.30 and 100 at 5 a million.
    assertThat(value(lines, "auriga_cost_usd_total", "\"claude\"")).isEqualTo(0.004512);
    assertThat(lines).anyMatch(line -> line.startsWith("auriga_losses_total{") && line.contains("auriga_route=\"claude\""));
    assertThat(value(lines, "gen_ai_client_operation_duration_seconds_count", "\"claude\"")).isEqualTo(1);
    assertThat(
            value(lines, "gen_ai_client_operation_duration_seconds_bucket", "\"claude\"", "le=\"81.92\""))
        .isEqualTo(1);
    assertThat(value(lines, "auriga_requests_in_flight")).as("this page's own").isEqualTo(1);
    assertThat(value(lines, "auriga_deployment_cooldown_seconds", "\"claude\"")).isZero();
  }

  @Test
  void failures_areCountedByTheirKind_andWhereTheyHappened() throws Exception {
    rig.on("/a/v1/messages", 401, "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"no\"}}");
    assertThat(rig.post("/v1/chat/completions", CHAT.formatted("claude")).statusCode()).isEqualTo(502);
    List<String> lines = lines();
    assertThat(value(lines, "auriga_attempts_total", "\"claude\"", "auriga_outcome=\"unauthorised\"")).isEqualTo(1);
    assertThat(value(lines, "auriga_requests_total", "\"claude\"", "auriga_ending=\"failed\"")).isEqualTo(1);
  }

  @Test
  void namesThatClientsMakeUp_areOne() throws Exception {
    for (int i = 0; i < 50; i++) {
      assertThat(rig.post("/v1/chat/completions", CHAT.formatted("made-up-" + i)).statusCode()).isEqualTo(404);
    }
    List<String> lines = lines();
    assertThat(value(lines, "auriga_requests_total", "auriga_route=\"other\"", "auriga_ending=\"refused\"")).isEqualTo(50);
    assertThat(lines).noneMatch(line -> line.contains("made-up"));
  }

  @Test
  void thePageWantsAKey() throws Exception {
    HttpRequest bare =
        HttpRequest.newBuilder(rig.request("/metrics").build().uri()).GET().build();
    assertThat(rig.send(bare).statusCode()).isEqualTo(401);
  }
}
