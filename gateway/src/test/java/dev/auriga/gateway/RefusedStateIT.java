// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.dialect.Json;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A provider that refuses the reasoning state it is sent is asked once more without, and the client
/// is answered and told.
class RefusedStateIT {
  private static final String PATH = "/a/v1/messages";
  private static final String REFUSAL =
      "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":"
          + "\"messages.1.content.0: Invalid `signature` in `thinking` block\"}}";
  private static final String ANSWER =
      """
      {"id":"msg_2","type":"message","role":"assistant","model":"claude-sonnet-4-5",
       "content":[{"type":"text","text":"Sunny."}],"stop_reason":"end_turn",
       "usage":{"input_tokens":9,"output_tokens":3}}""";
  private static final String HISTORY =
      """
      {"model":"claude","max_tokens":4000,"messages":[
        {"role":"user","content":"Weather in Lucca?"},
        {"role":"assistant","content":[{"type":"thinking","thinking":"Hm.","signature":"Zm9yZ2Vk"},
          {"type":"text","text":"Where is that?"}]},
        {"role":"user","content":"In Tuscany."}]}""";

  private ScriptedRig rig;

  @BeforeEach
  void start() {
    rig = new ScriptedRig();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void inOneDialect_theAnswerComesAfterOneCleanRetry() throws Exception {
    rig.once(PATH, 400, REFUSAL, ANSWER);

    HttpResponse<String> response = rig.post("/v1/messages", HISTORY);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Json.read(response.body()).at("/content/0/text").stringValue()).isEqualTo("Sunny.");
    assertThat(response.headers().firstValue("x-auriga-attempts")).hasValue("2");
    assertThat(response.headers().firstValue("x-auriga-loss").orElse("")).contains("refused-signature:messages");
    assertThat(rig.requests()).isEqualTo(2);
    assertThat(rig.seen(PATH).body()).contains("Where is that?", "In Tuscany.").doesNotContain("Zm9yZ2Vk");
  }

  @Test
  void refusedAgain_itIsTheClientsError_andNobodyIsAskedAThirdTime() throws Exception {
    rig.on(PATH, 400, REFUSAL);

    HttpResponse<String> response = rig.post("/v1/messages", HISTORY);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(rig.requests()).isEqualTo(2);
  }

  @Test
  void underStrictFidelity_stateIsNotLeftOut() throws Exception {
    rig.once(PATH, 400, REFUSAL, ANSWER);

    HttpResponse<String> response =
        rig.post("/v1/messages", HISTORY, "x-auriga-fidelity", "strict");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(rig.requests()).isEqualTo(1);
  }
}
