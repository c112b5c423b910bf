// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.dialect.Json;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// What a client and its key say about where a request goes, and what conversations keep to. The route
/// `either` leads to `claude` or `claude-foundry`, evenly by chance.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutingIT {
  private static final String MESSAGE =
      """
      {"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5",
       "content":[{"type":"text","text":"hello"}],"stop_reason":"end_turn","stop_sequence":null,
       "usage":{"input_tokens":3,"output_tokens":1}}
      """;

  /// Enough for both to be drawn but for a chance in five hundred million.
  private static final int MANY = 30;

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

  private static String servedBy(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.headers().firstValue("x-auriga-served-by").orElseThrow();
  }

  private static String error(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    return Json.read(answer.body()).path("error").path("message").stringValue();
  }

  private HttpResponse<String> chat(String body, String... headers) throws Exception {
    return rig.post("/v1/chat/completions", body, headers);
  }

  private HttpResponse<String> ask(String text, String... headers) throws Exception {
    return chat("{\"model\":\"either\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}".formatted(text), headers);
  }

  private HttpResponse<String> messages(String metadata) throws Exception {
    return rig.post(
        "/v1/messages",
        "{\"model\":\"either\",\"max_tokens\":9,%s\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}".formatted(metadata));
  }

  @Test
  void aSession_staysWhereItIs() throws Exception {
    Set<String> places = new HashSet<>();
    for (int session = 0; session < MANY; session++) {
      String first = servedBy(ask("hi", "x-auriga-session", "s" + session));
      assertThat(servedBy(ask("and now something else", "x-auriga-session", "s" + session))).isEqualTo(first);
      places.add(first);
    }
    assertThat(places).hasSize(2);
  }

  @Test
  void theDialectsOwnSessionsAndCacheKeys_countToo() throws Exception {
    for (int i = 0; i < 10; i++) {
      String ended = "\"metadata\":{\"user_id\":\"user_ab_account__session_%d\"},".formatted(i);
      assertThat(servedBy(messages(ended))).isEqualTo(servedBy(messages(ended)));
      String object = "\"metadata\":{\"user_id\":\"{\\\"device_id\\\":\\\"d\\\",\\\"session_id\\\":\\\"%d\\\"}\"},".formatted(i);
      assertThat(servedBy(messages(object))).isEqualTo(servedBy(messages(object)));
      String key =
          "{\"model\":\"either\",\"prompt_cache_key\":\"k%d\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}".formatted(i);
      assertThat(servedBy(chat(key))).isEqualTo(servedBy(chat(key)));
      String input = "{\"model\":\"either\",\"prompt_cache_key\":\"r%d\",\"input\":\"hi\"}".formatted(i);
      assertThat(servedBy(rig.post("/v1/responses", input))).isEqualTo(servedBy(rig.post("/v1/responses", input)));
    }
  }

  @Test
  void aUserWhoIsNoSession_isBalanced() throws Exception {
    Set<String> places = new HashSet<>();
    for (int i = 0; i < MANY; i++) {
      places.add(servedBy(messages("\"metadata\":{\"user_id\":\"user-17\"},")));
    }
    assertThat(places).hasSize(2);
  }

  @Test
  void questionsOfOneSystemPrompt_areBalanced_andTheirConversationsStay() throws Exception {
    String turn = "{\"role\":\"system\",\"content\":\"You are terse.\"},{\"role\":\"user\",\"content\":\"question %d\"}";
    String body = "{\"model\":\"either\",\"messages\":[%s]}";
    Set<String> places = new HashSet<>();
    for (int i = 0; i < MANY; i++) {
      String opening = turn.formatted(i);
      String first = servedBy(chat(body.formatted(opening)));
      String second = opening + ",{\"role\":\"assistant\",\"content\":\"hello\"},{\"role\":\"user\",\"content\":\"why?\"}";
      assertThat(servedBy(chat(body.formatted(second)))).isEqualTo(first);
      String third = second + ",{\"role\":\"assistant\",\"content\":\"so\"},{\"role\":\"user\",\"content\":\"really?\"}";
      assertThat(servedBy(chat(body.formatted(third)))).isEqualTo(first);
      places.add(first);
    }
    assertThat(places).hasSize(2);

    places.clear();
    for (int i = 0; i < MANY; i++) {
      places.add(servedBy(ask("the very same question")));
    }
    assertThat(places).as("first turns are not bound").hasSize(2);
  }

  /// The client carries the thoughts itself, and both providers speak its dialect.
  @Test
  void aConversationThatMoves_leavesItsSignedThoughtsBehind_andSaysSo() throws Exception {
    String thought = "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"%s\"},{\"type\":\"text\",\"text\":\"so\"}";
    String question = "{\"role\":\"user\",\"content\":\"moving\"}";
    String atClaude = question + ",{\"role\":\"assistant\",\"content\":[" + thought.formatted("bWFkZSBhdCBjbGF1ZGU=") + "]}," + question;
    String[] session = {"x-auriga-session", "moving"};
    String body = "{\"model\":\"claude-then-foundry\",\"max_tokens\":9,\"messages\":[%s]}";
    try (ScriptedRig own = new ScriptedRig()) {
      own.on("/a/v1/messages", 200, MESSAGE).on("/f/anthropic/v1/messages", 200, MESSAGE);
      assertThat(servedBy(own.post("/v1/messages", body.formatted(question), session))).isEqualTo("claude");
      HttpResponse<String> stays = own.post("/v1/messages", body.formatted(atClaude), session);
      assertThat(servedBy(stays)).isEqualTo("claude");
      assertThat(own.seen("/a/v1/messages").body()).as("its own goes back").contains("bWFkZSBhdCBjbGF1ZGU=");
      assertThat(stays.headers().firstValue("x-auriga-loss")).isEmpty();

      own.on("/a/v1/messages", 500, "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"down\"}}");
      HttpResponse<String> moved = own.post("/v1/messages", body.formatted(atClaude), session);
      assertThat(servedBy(moved)).isEqualTo("claude-foundry");
      assertThat(own.seen("/f/anthropic/v1/messages").body()).doesNotContain("signature").contains("so");
      assertThat(moved.headers().firstValue("x-auriga-loss")).hasValue("foreign-signature:messages[1]");

      own.on("/a/v1/messages", 200, MESSAGE);
      String atBoth = atClaude + ",{\"role\":\"assistant\",\"content\":[" + thought.formatted("bWFkZSBhdCBmb3VuZHJ5") + "]}," + question;
      HttpResponse<String> settled = own.post("/v1/messages", body.formatted(atBoth), session);
      assertThat(servedBy(settled)).as("it stays where it went").isEqualTo("claude-foundry");
      assertThat(own.seen("/f/anthropic/v1/messages").body())
          .doesNotContain("bWFkZSBhdCBjbGF1ZGU=")
          .contains("bWFkZSBhdCBmb3VuZHJ5");
      assertThat(settled.headers().firstValue("x-auriga-loss")).hasValue("foreign-signature:messages[1]");

      HttpResponse<String> strict =
          own.post("/v1/messages", body.formatted(atBoth), "x-auriga-session", "moving", "x-auriga-fidelity", "strict");
      assertThat(strict.statusCode()).as("to lose nothing, nobody can be asked").isEqualTo(400);
    }
  }

  @Test
  void aRegion_isAskedFor_orAllowed() throws Exception {
    String[] resident = {"authorization", "Bearer " + ScriptedRig.RESIDENT_KEY};
    for (int i = 0; i < 10; i++) {
      assertThat(servedBy(ask("hi", "x-auriga-region", "us"))).isEqualTo("claude");
      assertThat(servedBy(ask("hi", "x-auriga-region", "eu"))).isEqualTo("claude-foundry");
      assertThat(servedBy(ask("hi", resident))).isEqualTo("claude-foundry");
    }
    assertThat(error(ask("hi", "authorization", resident[1], "x-auriga-region", "us")))
        .isEqualTo(
            "nothing behind \"either\" can serve this request: claude: it is in region us, which the caller's"
                + " key does not allow; claude-foundry: it is in region eu, others are asked for");
    assertThat(error(ask("hi", "x-auriga-region", "eu, ue")))
        .isEqualTo("x-auriga-region: no deployment is in region \"ue\"; known: eu, us");
  }

  @Test
  void aPriceLimit_leavesOutWhatIsDearer() throws Exception {
    assertThat(servedBy(ask("hi", "x-auriga-max-cost", "2"))).startsWith("claude");
    assertThat(error(ask("hi", "x-auriga-max-cost", "0.000001")))
        .startsWith("nothing behind \"either\" can serve this request: claude: it may cost up to ");
  }

  @ParameterizedTest
  @CsvSource({
    "x-auriga-session, ' '",
    "x-auriga-max-cost, cheap",
    "x-auriga-max-cost, -1",
    "x-auriga-region, mars",
    "x-auriga-region, ''",
    "x-auriga-task, cooking",
    "x-auriga-fidelity, loose",
    "x-auriga-deadline, soon"
  })
  void aHeaderThatSaysNothing_isNamed(String header, String value) throws Exception {
    HttpResponse<String> refused = ask("hi", header, value);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(Json.read(refused.body()).path("error").path("param").stringValue()).isEqualTo(header);
  }

  @Test
  void aScore_isFromZeroToOne_andToldOnce() throws Exception {
    HttpResponse<String> answer =
        chat("{\"model\":\"learned\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
    String request = answer.headers().firstValue("x-auriga-request").orElseThrow();
    String[] wrong = {"1.5", "-0.1", "\"good\"", "null"};
    for (String score : wrong) {
      assertThat(error(score(request, score))).contains("score");
    }
    HttpResponse<String> learned = score(request, "0.5");
    assertThat(learned.statusCode()).isEqualTo(200);
    JsonNode said = Json.read(learned.body());
    assertThat(said.path("learned").booleanValue()).isTrue();
    assertThat(score(request, "1").statusCode()).isEqualTo(404);
    assertThat(error(rig.post("/api/feedback", "{\"score\":1}"))).contains("request");
  }

  private HttpResponse<String> score(String request, String score) throws Exception {
    return rig.post("/api/feedback", "{\"request\":\"%s\",\"score\":%s}".formatted(request, score));
  }
}
