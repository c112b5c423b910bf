// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.config.RouteConfig;
import dev.auriga.config.RouteConfig.Panel;
import dev.auriga.dialect.Json;
import dev.auriga.observe.RequestRecord;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Routes that ask several, over HTTP, for clients of every dialect.
@Timeout(60)
class PanelsIT {
  private static final String CLAUDE = "/a/v1/messages";
  private static final String GPT = "/o/v1/chat/completions";
  private static final String GPT_RESPONSES = "/o/v1/responses";
  private static final String GEMINI = "/g/v1beta/models/gemini-2.5-pro:generateContent";

  private final ScriptedRig rig =
      new ScriptedRig(
          config ->
              config
                  .route("panel", panel(Panel.Agree.USUAL))
                  .route("judged", panel(new Panel.Judge(RouteConfig.to("local"))))
                  .route("fused", panel(new Panel.Fuse(RouteConfig.to("local"))))
                  .route("panel-then-local", RouteConfig.inTurn(List.of(panel(Panel.Agree.USUAL), RouteConfig.to("local")))));

  private static RouteConfig panel(Panel.Aim aim) {
    return new Panel(
        Stream.of("claude", "gpt", "gemini").map(RouteConfig::to).toList(), aim, Panel.Terms.USUAL);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  /// A client's dialect: how it asks, where the text of its answer is, and the event that ends a stream.
  enum Client {
    CHAT("/v1/chat/completions", "/v1/chat/completions", "/choices/0/message/content") {
      @Override
      String body(String route, boolean streamed) {
        return "{\"model\":\"%s\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"How much is 6 times 7?\"}]}"
            .formatted(route, streamed);
      }
    },
    RESPONSES("/v1/responses", "/v1/responses", "/output/0/content/0/text") {
      @Override
      String body(String route, boolean streamed) {
        return "{\"model\":\"%s\",\"stream\":%s,\"store\":false,\"input\":\"How much is 6 times 7?\"}"
            .formatted(route, streamed);
      }
    },
    ANTHROPIC("/v1/messages", "/v1/messages", "/content/0/text") {
      @Override
      String body(String route, boolean streamed) {
        return ("{\"model\":\"%s\",\"max_tokens\":100,\"stream\":%s,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"How much is 6 times 7?\"}]}")
            .formatted(route, streamed);
      }
    },
    GEMINI(
        "/v1beta/models/%s:generateContent", "/v1beta/models/%s:streamGenerateContent?alt=sse",
        "/candidates/0/content/parts/0/text") {
      @Override
      String body(String route, boolean streamed) {
        return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"How much is 6 times 7?\"}]}]}";
      }
    };

    final String path;
    final String streamPath;
    final String text;

    Client(String path, String streamPath, String text) {
      this.path = path;
      this.streamPath = streamPath;
      this.text = text;
    }

    abstract String body(String route, boolean streamed);
  }

  private void says(String path, String text) {
    String quoted = Json.raw(Json.object().stringNode(text)).text();
    String answer =
        switch (path) {
          case CLAUDE ->
              "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5\",\"content\":"
                  + "[{\"type\":\"text\",\"text\":%s}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,".formatted(quoted)
                  + "\"usage\":{\"input_tokens\":10,\"output_tokens\":5}}";
          case GEMINI ->
              "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":%s}]},\"finishReason\":\"STOP\"}],"
                      .formatted(quoted)
                  + "\"modelVersion\":\"gemini-2.5-pro\",\"usageMetadata\":{\"promptTokenCount\":10,\"candidatesTokenCount\":5}}";
          default ->
              "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,"
                  + "\"message\":{\"role\":\"assistant\",\"content\":%s},\"finish_reason\":\"stop\"}],".formatted(quoted)
                  + "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}}";
        };
    rig.on(path, 200, answer);
    if (path.equals(GPT)) {
      rig.on(GPT_RESPONSES, 200, response(quoted));
    }
  }

  /// What a client of Responses has OpenAI asked by.
  private static String response(String quoted) {
    return "{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1,\"status\":\"completed\",\"model\":\"gpt-4o\","
        + "\"output\":[{\"type\":\"message\",\"id\":\"m\",\"role\":\"assistant\",\"status\":\"completed\",\"content\":"
        + "[{\"type\":\"output_text\",\"text\":%s,\"annotations\":[]}]}],".formatted(quoted)
        + "\"usage\":{\"input_tokens\":10,\"output_tokens\":5,\"total_tokens\":15}}";
  }

  private HttpResponse<String> ask(Client client, String route, boolean streamed) throws Exception {
    String path = (streamed ? client.streamPath : client.path).formatted(route);
    HttpResponse<String> answer = rig.post(path, client.body(route, streamed));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  /// The member `auriga` of the one event of a stream that has it.
  private static JsonNode beside(String events) {
    List<JsonNode> found =
        events.lines()
            .filter(line -> line.startsWith("data: {"))
            .map(line -> Json.read(line.substring(6)).findValue("auriga"))
            .filter(java.util.Objects::nonNull)
            .toList();
    assertThat(found).as(events).hasSize(1);
    return found.getFirst();
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void whereAllSayTheSame_theirAnswerIsTold_andTheVerdictBesideIt(Client client) throws Exception {
    says(CLAUDE, "42");
    says(GPT, "42");
    says(GEMINI, "42");
    HttpResponse<String> answer = ask(client, "panel", false);
    JsonNode body = Json.read(answer.body());
    assertThat(body.at(client.text).asString()).isEqualTo("42");
    assertThat(body.at("/auriga/verdict").asString()).isEqualTo("agreed");
    assertThat(body.at("/auriga/groups/0/voices").size()).isEqualTo(3);
    assertThat(header(answer, "x-auriga-attempts")).isEqualTo("3");
    assertThat(header(answer, "x-auriga-served-by")).isIn("claude", "gpt", "gemini");
    assertThat(header(answer, "x-auriga-cost-usd")).isNotEmpty().isNotEqualTo("unpriced");

    String events = ask(client, "panel", true).body();
    assertThat(events).contains("42");
    assertThat(beside(events).path("verdict").asString()).isEqualTo("agreed");
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void whereTheyDiffer_everyAnswerIsTold(Client client) throws Exception {
    says(CLAUDE, "42");
    says(GPT, "41");
    CountDownLatch asked = rig.hang(GEMINI);
    HttpResponse<String> answer = ask(client, "panel", false);
    JsonNode body = Json.read(answer.body());
    assertThat(body.at(client.text).asString())
        .startsWith("Models disagree. Review multiple perspectives.").contains("## claude", "42", "## gpt", "41");
    assertThat(body.at("/auriga/verdict").asString()).isEqualTo("disagreed");
    assertThat(header(answer, "x-auriga-served-by")).isEqualTo("claude, gpt");

    String events = ask(client, "panel", true).body();
    assertThat(events).contains("Models disagree.");
    assertThat(beside(events).path("groups").size()).isEqualTo(2);
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void aDeadPanel_isAFailure_andAFallbackIsAsked(boolean streamed) throws Exception {
    rig.on(CLAUDE, 529, "{}").on(GPT, 500, "{}").on(GEMINI, 503, "{}");
    HttpResponse<String> dead = rig.post(Client.CHAT.path, Client.CHAT.body("panel", streamed));
    assertThat(dead.statusCode()).isEqualTo(503);
    assertThat(dead.body()).contains("claude", "gpt", "gemini");
    if (!streamed) {
      says("/l/v1/chat/completions", "42");
      HttpResponse<String> saved = ask(Client.CHAT, "panel-then-local", false);
      assertThat(header(saved, "x-auriga-served-by")).isEqualTo("local");
      assertThat(saved.body()).doesNotContain("\"auriga\"");
    }
  }

  @Test
  void aJudge_chooses_andAWriterWrites() throws Exception {
    says(CLAUDE, "41");
    says(GPT, "42");
    says(GEMINI, "43");
    says("/l/v1/chat/completions", "B");
    JsonNode judged = Json.read(ask(Client.ANTHROPIC, "judged", false).body());
    assertThat(judged.at("/content/0/text").asString()).isEqualTo("42");
    assertThat(judged.at("/auriga/judgement/consistent").asBoolean()).isTrue();

    String report = "It is 42.\n## Consensus\nnone\n## Contradictions\n41, 43\n## Unique points\nnone";
    says("/l/v1/chat/completions", report);
    JsonNode fused = Json.read(ask(Client.ANTHROPIC, "fused", false).body());
    assertThat(fused.at("/content/0/text").asString()).isEqualTo(report);
    assertThat(fused.at("/auriga/groups").size()).isEqualTo(3);
  }

  @Test
  void aWritersStream_goesOnAsItComes_andEndsWithWhatTheMembersSaid() throws Exception {
    says(CLAUDE, "41");
    says(GPT, "42");
    says(GEMINI, "43");
    String events =
        "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"llama\",\"choices\":[{\"index\":0,"
            + "\"delta\":{\"content\":\"It is 42.\"}}]}\n\n"
            + "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"llama\",\"choices\":[{\"index\":0,"
            + "\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4}}\n\n"
            + "data: [DONE]\n\n";
    rig.onStream("/l/v1/chat/completions", events, events.length());
    for (Client client : Client.values()) {
      String told = ask(client, "fused", true).body();
      assertThat(told).contains("It is 42.");
      assertThat(beside(told).path("groups").size()).isEqualTo(3);
    }
  }

  @Test
  void aPanelIsRecorded_withEveryAttempt_andReplayed() throws Exception {
    says(CLAUDE, "42");
    says(GPT, "42");
    says(GEMINI, "42");
    HttpResponse<String> answer = ask(Client.CHAT, "panel", false);
    RequestRecord record =
        rig.orchestrator().records().of(header(answer, "x-auriga-request"));
    assertThat(record).isNotNull();
    assertThat(record.attempts()).hasSize(3)
        .allMatch(attempt -> attempt.outcome() == RequestRecord.Outcome.ANSWERED && attempt.cost() != null);
    assertThat(record.usage()).isNotNull();
    assertThat(record.usage().input()).isEqualTo(30);
  }
}
