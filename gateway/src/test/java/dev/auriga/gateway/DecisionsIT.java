// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.FailureKind;
import dev.auriga.config.Config;
import dev.auriga.observe.RequestRecord;
import dev.auriga.observe.RequestRecord.Ending;
import dev.auriga.records.RecordJson;
import dev.auriga.route.DecisionRecord;
import dev.auriga.route.DecisionRecord.Outcome;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every request that is decided leaves a record, however it ends, of which no word is the request's.
class DecisionsIT {
  private static final String CANARY = "canary-7f31 debug";
  private static final String QUOTE = "the provider quotes: canary-7f31";
  private static final String MESSAGE =
      "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5\",\"content\":"
          + "[{\"type\":\"text\",\"text\":\"canary-7f31 again\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,"
          + "\"usage\":{\"input_tokens\":1000,\"output_tokens\":100}}";
  private static final String BUSY =
      "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"" + QUOTE + "\"}}";
  private static final String REFUSED_KEY =
      "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"" + QUOTE + "\"}}";
  private static final String COMPLETION =
      "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4o-2024-08-06\",\"choices\":[{\"index\":0,"
          + "\"message\":{\"role\":\"assistant\",\"content\":\"canary-7f31\"},\"finish_reason\":\"stop\"}],"
          + "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}}";
  private static final String STREAM =
      """
      data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4o","choices":[{"index":0,"delta":{"role":"assistant","content":"canary-7f31"},"finish_reason":null}]}

      data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4o","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

      data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4o","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}

      data: [DONE]

      """;

  @TempDir Path folder;

  private ScriptedRig rig;

  @BeforeEach
  void start() {
    rig =
        new ScriptedRig(
            config -> config.records(Config.Records.USUAL.in(folder.resolve("decisions.jsonl"))));
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private static String chat(String model, boolean streamed) {
    return "{\"model\":\"%s\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
        .formatted(model, streamed, CANARY);
  }

  private HttpResponse<String> ask(String model, boolean streamed, String... headers) throws Exception {
    return rig.post("/v1/chat/completions", chat(model, streamed), headers);
  }

  private static String id(HttpResponse<?> answer) {
    return answer.headers().firstValue("x-auriga-request").orElseThrow();
  }

  /// The record of the request that was answered so; asked for until it has ended.
  private RequestRecord recorded(HttpResponse<?> answer) throws Exception {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    HttpResponse<String> told;
    do {
      told = rig.get("/api/decisions/" + id(answer));
    } while (told.statusCode() == 404 && System.nanoTime() < until);
    assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
    assertThat(told.body()).doesNotContain("canary", "quotes", ScriptedRig.KEY, ScriptedRig.UPSTREAM_KEY);
    return RecordJson.read(told.body().getBytes(StandardCharsets.UTF_8));
  }

  private void reproduces(RequestRecord record) {
    DecisionRecord decided = Objects.requireNonNull(record.decision());
    assertThat(decided.version()).isEqualTo(rig.orchestrator().policy().version());
    assertThat(decided.again(rig.orchestrator().policy())).isEqualTo(decided.outcome());
  }

  @Test
  void aPlainAnswer() throws Exception {
    rig.on("/a/v1/messages", 200, MESSAGE);
    RequestRecord record = recorded(ask("claude-then-gpt", false));
    assertThat(record.ending()).isEqualTo(Ending.COMPLETED);
    assertThat(record.caller()).isEqualTo("tester");
    assertThat(record.servedBy()).isEqualTo("claude");
    assertThat(record.usage()).isNotNull();
    assertThat(record.cost()).isNotNull();
    assertThat(record.attempts()).singleElement().satisfies(each -> assertThat(each.failure()).isNull());
    reproduces(record);
  }

  @Test
  void aStreamedAnswer_isRecordedAtItsEnd() throws Exception {
    rig.onStream("/o/v1/chat/completions", STREAM, STREAM.length());
    RequestRecord record = recorded(ask("gpt", true));
    assertThat(record.ending()).isEqualTo(Ending.COMPLETED);
    assertThat(record.streamed()).isTrue();
    assertThat(record.firstToken()).isNotNull();
    assertThat(record.usage()).isNotNull();
    reproduces(record);
  }

  @Test
  void aFallback_showsBothAttempts_withTheFailuresKind() throws Exception {
    rig.on("/a/v1/messages", 529, BUSY).on("/o/v1/chat/completions", 200, COMPLETION);
    RequestRecord record = recorded(ask("claude-then-gpt", false));
    assertThat(record.ending()).isEqualTo(Ending.COMPLETED);
    assertThat(record.servedBy()).isEqualTo("gpt");
    assertThat(record.attempts()).extracting(RequestRecord.Attempt::deployment).endsWith("gpt").startsWith("claude");
    assertThat(record.attempts().getFirst().failure()).isNotNull()
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.OVERLOADED));
    reproduces(record);
  }

  @Test
  void aFailure_withoutTheProvidersWords() throws Exception {
    rig.on("/a/v1/messages", 401, REFUSED_KEY);
    HttpResponse<String> answer = ask("claude", false);
    assertThat(answer.body()).as("the client itself is told").contains("quotes");
    RequestRecord record = recorded(answer);
    assertThat(record.ending()).isEqualTo(Ending.FAILED);
    assertThat(record.attempts().getFirst().failure()).isNotNull()
        .satisfies(failure -> assertThat(failure.status()).isEqualTo(401));
    reproduces(record);
  }

  @Test
  void aRefusal_withItsReason() throws Exception {
    RequestRecord record = recorded(ask("claud", false));
    assertThat(record.ending()).isEqualTo(Ending.REFUSED);
    assertThat(record.detail()).startsWith("there is no route or deployment \"claud\"");
    assertThat(Objects.requireNonNull(record.decision()).outcome()).isInstanceOf(Outcome.Refused.class);
    reproduces(record);
  }

  @Test
  void aNameLongerThanAny_isRefusedBeforeItIsLookedAt_andNotKept() throws Exception {
    HttpResponse<String> answer = ask("x".repeat(100_000), false);
    assertThat(answer.statusCode()).isEqualTo(404);
    RequestRecord record = recorded(answer);
    assertThat(record.route()).isEqualTo("x".repeat(200) + "…");
    assertThat(record.decision()).isNull();
    assertThat(record.detail()).hasSizeLessThan(200).contains("names have at most 200 characters");
  }

  @Test
  void aClientThatLeaves() throws Exception {
    int first = STREAM.indexOf("\n\n") + 2;
    rig.onStream("/o/v1/chat/completions", STREAM.substring(0, first), STREAM.length());
    HttpResponse<InputStream> answer;
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          rig.request("/v1/chat/completions")
              .POST(HttpRequest.BodyPublishers.ofString(chat("gpt", true)))
              .build();
      answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      assertThat(answer.body().read()).isEqualTo('d');
      answer.body().close();
    }
    RequestRecord record = recorded(answer);
    assertThat(record.ending()).isEqualTo(Ending.CANCELLED);
    reproduces(record);
  }

  @Test
  void aSession_isRecordedByADigest() throws Exception {
    rig.on("/a/v1/messages", 200, MESSAGE);
    HttpResponse<String> answer = ask("claude", false, "x-auriga-session", "canary-session");
    DecisionRecord decided = Objects.requireNonNull(recorded(answer).decision());
    assertThat(decided.question().conversation()).isNotNull()
        .satisfies(conversation -> assertThat(conversation.key()).matches("[0-9a-f]{32}"));
  }

  @Test
  void anotherKeysRequest_isNotThere() throws Exception {
    rig.on("/a/v1/messages", 200, MESSAGE);
    HttpResponse<String> answer = ask("claude", false);
    assertThat(recorded(answer).caller()).isEqualTo("tester");
    String[] guest = {"authorization", "Bearer " + ScriptedRig.GUEST_KEY};
    assertThat(rig.get("/api/decisions/" + id(answer), guest).statusCode()).isEqualTo(404);
    HttpResponse<String> own = ask("claude", false, guest);
    assertThat(rig.get("/api/decisions/" + id(own), guest).statusCode()).isEqualTo(200);
    assertThat(recorded(own).caller()).as("an admin sees it too").isEqualTo("guest");
  }

  @Test
  void theFileHasTheSameRecords_oneOnEachLine_andNoneIsLost() throws Exception {
    rig.on("/a/v1/messages", 200, MESSAGE);
    List<RequestRecord> told = new ArrayList<>();
    told.add(recorded(ask("claude", false)));
    told.add(recorded(ask("claud", false)));
    assertThat(rig.get("/metrics").body()).contains("auriga_records_lost_total 0.0");
    rig.close();
    List<RequestRecord> written = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("decisions.jsonl"))) {
      assertThat(line).doesNotContain("canary", ScriptedRig.KEY, ScriptedRig.UPSTREAM_KEY);
      written.add(RecordJson.read(line.getBytes(StandardCharsets.UTF_8)));
    }
    assertThat(written).isEqualTo(told);
    assertThat(Objects.requireNonNull(told.getFirst().decision()).question().finding())
        .as("the task is kept for replay under routes that classify")
        .isNotNull();
  }
}
