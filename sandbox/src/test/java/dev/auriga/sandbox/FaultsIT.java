// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.sandbox.Caller.Answer;
import dev.auriga.sandbox.protocol.RetryAfter;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Each fault as a client sees it.
final class FaultsIT {
  private static final String PROMPT = "Tell me about the history of lighthouses and harbours";

  private final Sandbox sandbox = Sandbox.start();
  private final Caller caller = new Caller(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  private Answer ask(Simulated provider) {
    return caller.ask(provider, PROMPT, true);
  }

  @ParameterizedTest
  @CsvSource({
    "ANTHROPIC, 429, rate_limit_error",
    "ANTHROPIC, 500, api_error",
    "ANTHROPIC, 503, api_error",
    "ANTHROPIC, 529, overloaded_error",
    "ANTHROPIC, 401, authentication_error",
    "ANTHROPIC, 404, not_found_error",
    "FOUNDRY, 529, overloaded_error",
    "OPENAI, 429, rate_limit_exceeded",
    "OPENAI, 500, server_error",
    "OPENAI, 503, overloaded",
    "OPENAI, 404, model_not_found",
    "OPENAI, 401, invalid_api_key",
    "AZURE, 429, 429",
    "AZURE, 404, DeploymentNotFound",
    "AZURE, 401, Access denied",
    "GEMINI, 429, RESOURCE_EXHAUSTED",
    "GEMINI, 500, INTERNAL",
    "GEMINI, 503, UNAVAILABLE",
    "GEMINI, 404, NOT_FOUND",
    "GEMINI, 401, UNAUTHENTICATED"
  })
  void status_hasTheProvidersOwnBody(Simulated provider, int status, String says) {
    sandbox.faults().on(provider).once().status(status);
    Answer failed = ask(provider);
    assertThat(failed.status()).isEqualTo(status);
    assertThat(failed.json().path("error").toString()).contains(says);
    assertThat(ask(provider).status()).isEqualTo(200);
  }

  @Test
  void retryAfter_comesInThreeForms_orNotAtAll() {
    sandbox.faults().on(Simulated.OPENAI).once().rateLimited(Duration.ofMillis(1500));
    sandbox
        .faults()
        .on(Simulated.OPENAI)
        .once()
        .rateLimited(Duration.ofMillis(1500), RetryAfter.Form.MILLISECONDS);
    sandbox
        .faults()
        .on(Simulated.OPENAI)
        .once()
        .rateLimited(Duration.ofSeconds(90), RetryAfter.Form.DATE);
    sandbox.faults().on(Simulated.OPENAI).once().rateLimited();
    assertThat(ask(Simulated.OPENAI).header("retry-after")).isEqualTo("2");
    assertThat(ask(Simulated.OPENAI).header("retry-after-ms")).isEqualTo("1500");
    assertThat(ask(Simulated.OPENAI).header("retry-after")).endsWith("GMT");
    assertThat(ask(Simulated.OPENAI).header("retry-after")).isEmpty();
    assertThat(sandbox.faults().pending()).isZero();
  }

  @Test
  void geminiSaysWhenToComeBackInRetryInfo() {
    sandbox.faults().on(Simulated.GEMINI).once().rateLimited(Duration.ofMillis(34_400));
    Answer limited = ask(Simulated.GEMINI);
    assertThat(limited.header("retry-after")).isEmpty();
    assertThat(limited.json().at("/error/details/0/@type").asString())
        .endsWith("google.rpc.QuotaFailure");
    assertThat(limited.json().at("/error/details/1/@type").asString())
        .endsWith("google.rpc.RetryInfo");
    assertThat(limited.json().at("/error/details/1/retryDelay").asString()).isEqualTo("34.4s");
  }

  @ParameterizedTest
  @CsvSource({
    "ANTHROPIC, enforced_spend_limit_reached",
    "FOUNDRY, enforced_spend_limit_reached",
    "OPENAI, insufficient_quota",
    "AZURE, insufficient_quota",
    "GEMINI, PerDay"
  })
  void quotaExhausted_isA429ThatIsToldApart(Simulated provider, String says) {
    sandbox.faults().on(provider).once().quotaExhausted();
    Answer failed = ask(provider);
    assertThat(failed.status()).isEqualTo(429);
    assertThat(failed.body()).contains(says).doesNotContain("RetryInfo");
    assertThat(failed.header("retry-after")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ANTHROPIC, prompt is too long: 210000 tokens > 200000 maximum",
        "OPENAI, context_length_exceeded",
    "AZURE, context_length_exceeded", "GEMINI, exceeds the maximum number of tokens allowed"
  })
  void contextTooLong_isA400(Simulated provider, String says) {
    sandbox.faults().on(provider).once().contextTooLong();
    Answer failed = ask(provider);
    assertThat(failed.status()).isEqualTo(400);
    assertThat(failed.body()).contains(says);
  }

  @Test
  void promptFilter_isEachProvidersOwn() {
    filters(Simulated.AZURE, 400, "ResponsibleAIPolicyViolation");
    filters(Simulated.OPENAI, 400, "invalid_prompt");
    filters(Simulated.GEMINI, 200, "\"blockReason\":\"PROHIBITED_CONTENT\"");
    filters(Simulated.ANTHROPIC, 200, "\"stop_reason\":\"refusal\"");
  }

  private void filters(Simulated provider, int status, String says) {
    sandbox.faults().on(provider).once().contentFilter();
    Answer answer = ask(provider);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).contains(says);
  }

  @ParameterizedTest
  @CsvSource({
    "ANTHROPIC, '\"stop_reason\":\"refusal\"'", "OPENAI, '\"finish_reason\":\"content_filter\"'",
    "AZURE, '\"finish_reason\":\"content_filter\"'", "GEMINI, '\"finishReason\":\"SAFETY\"'"
  })
  void answerFilter_stopsHalfWay(Simulated provider, String says) {
    int whole = Caller.text(provider, ask(provider).chunks()).length();
    sandbox.faults().on(provider).once().contentFilterInAnswer();
    Answer filtered = ask(provider);
    assertThat(filtered.body()).contains(says);
    assertThat(Caller.text(provider, filtered.chunks()).length()).isPositive().isLessThan(whole);
  }

  @ParameterizedTest
  @EnumSource(Simulated.class)
  void reset_isARealReset(Simulated provider) throws Exception {
    sandbox.faults().on(provider).once().reset();
    String body = Caller.simple(provider, PROMPT, true);
    StringBuilder head = new StringBuilder();
    head.append("POST ")
        .append(caller.path(provider, Caller.model(provider), true))
        .append(" HTTP/1.1\r\nhost: x\r\n");
    caller
        .credentials(provider)
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("content-length: ").append(body.length()).append("\r\n\r\n").append(body);
    try (Socket socket = new Socket("127.0.0.1", sandbox.address(provider).getPort())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
    assertThat(awaitedLast().ending()).isEqualTo(Call.Ending.CUT);
  }

  @ParameterizedTest
  @EnumSource(Simulated.class)
  void hang_neverAnswers_andSeesTheClientLeave(Simulated provider) {
    sandbox.faults().on(provider).once().hang();
    var request =
        caller
            .request(
                sandbox
                    .address(provider)
                    .resolve(caller.path(provider, Caller.model(provider), true)),
                caller.credentials(provider))
            .timeout(Duration.ofMillis(300))
            .POST(
                java.net.http.HttpRequest.BodyPublishers.ofString(
                    Caller.simple(provider, PROMPT, true)))
            .build();
    assertThatThrownBy(() -> Caller.send(request)).hasCauseInstanceOf(HttpTimeoutException.class);
    Call call = awaitedLast();
    assertThat(call.ending()).isEqualTo(Call.Ending.ABANDONED);
    assertThat(call.status()).isZero();
    assertThat(call.lasted()).isBetween(Duration.ofMillis(100), Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @EnumSource(Simulated.class)
  void cutAfter_breaksTheStream(Simulated provider) {
    sandbox.faults().on(provider).once().cutAfter(3);
    assertThatThrownBy(() -> ask(provider)).isInstanceOf(UncheckedIOException.class);
    Call call = awaitedLast();
    assertThat(call.ending()).isEqualTo(Call.Ending.CUT);
    assertThat(call.events()).isEqualTo(3);
    assertThat(call.usage().output()).isPositive();
  }

  @ParameterizedTest
  @EnumSource(Simulated.class)
  void cutBody_isShorterThanItsLength(Simulated provider) {
    sandbox.faults().on(provider).once().cutBody();
    assertThatThrownBy(() -> caller.ask(provider, PROMPT, false))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(awaitedLast().ending()).isEqualTo(Call.Ending.CUT);
  }

  @ParameterizedTest
  @CsvSource({"ANTHROPIC, message_stop", "OPENAI, [DONE]", "AZURE, [DONE]", "GEMINI, finishReason"})
  void withoutTerminal_lacksNothingElse(Simulated provider, String terminal) {
    Answer good = ask(provider);
    assertThat(good.body()).contains(terminal);
    sandbox.faults().on(provider).once().withoutTerminal();
    Answer open = ask(provider);
    assertThat(open.status()).isEqualTo(200);
    assertThat(open.body()).doesNotContain(terminal);
    assertThat(open.data()).hasSize(good.data().size() - 1);
  }

  @ParameterizedTest
  @EnumSource(Simulated.class)
  void malformedAfter_goesOnAfterwards(Simulated provider) {
    int good = ask(provider).data().size();
    sandbox.faults().on(provider).once().malformedAfter(4);
    List<String> data = ask(provider).data();
    assertThat(data).hasSize(good + 1);
    assertThatThrownBy(() -> Caller.JSON.readTree(data.get(4)))
        .isInstanceOf(tools.jackson.core.JacksonException.class);
    assertThat(Caller.JSON.readTree(data.get(5)).isObject()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "ANTHROPIC, 0, overloaded_error",
    "ANTHROPIC, 5, overloaded_error",
    "OPENAI, 3, server_error",
    "AZURE, 0, server_error",
    "GEMINI, 2, UNAVAILABLE"
  })
  void errorEventAfter_endsTheStream(Simulated provider, int after, String says) {
    sandbox.faults().on(provider).once().errorEventAfter(after);
    Answer answer = ask(provider);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.data()).hasSize(after + 1);
    assertThat(answer.data().getLast()).contains(says);
    assertThat(answer.body()).doesNotContain("[DONE]", "message_stop");
  }

  @Test
  void stallAfter_sendsNothingMore_untilTheClientLeaves() {
    sandbox.faults().on(Simulated.ANTHROPIC).once().stallAfter(4);
    var lines = new java.util.concurrent.LinkedBlockingQueue<String>();
    var body = new java.util.concurrent.CompletableFuture<java.util.stream.Stream<String>>();
    Thread reader =
        Thread.startVirtualThread(
            () -> {
              try {
                var response =
                    Caller.HTTP.send(
                        caller.asking(Simulated.ANTHROPIC, PROMPT, true),
                        java.net.http.HttpResponse.BodyHandlers.ofLines());
                body.complete(response.body());
                response.body().filter(line -> line.startsWith("event")).forEach(lines::add);
              } catch (Exception left) {
                body.completeExceptionally(left);
              }
            });
    for (String expected :
        List.of("message_start", "content_block_start", "ping", "content_block_delta")) {
      assertThat(polled(lines, 5_000)).isEqualTo("event: " + expected);
    }
    assertThat(polled(lines, 200)).isNull();
    body.join().close();
    Call call = awaitedLast();
    assertThat(call.ending()).isEqualTo(Call.Ending.ABANDONED);
    assertThat(call.events()).isEqualTo(4);
    reader.interrupt();
  }

  @Test
  void stallWithAPause_goesOn() {
    sandbox.faults().on(Simulated.OPENAI).once().stallAfter(3, Duration.ofMillis(300));
    long began = System.nanoTime();
    Answer answer = ask(Simulated.OPENAI);
    assertThat(answer.data().getLast()).isEqualTo("[DONE]");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(290));
  }

  @ParameterizedTest
  @EnumSource(Simulated.class)
  void slowFirstToken_takesThatLong(Simulated provider) {
    sandbox.faults().on(provider).times(2).slowFirstToken(Duration.ofMillis(200));
    long began = System.nanoTime();
    assertThat(ask(provider).status()).isEqualTo(200);
    assertThat(caller.ask(provider, PROMPT, false).status()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(390));
  }

  @Test
  void reply_isGivenWordForWord() {
    sandbox
        .faults()
        .on(Simulated.GEMINI)
        .once()
        .reply(418, Map.of("x-tea", "green"), "short and stout");
    Answer answer = ask(Simulated.GEMINI);
    assertThat(answer.status()).isEqualTo(418);
    assertThat(answer.header("x-tea")).isEqualTo("green");
    assertThat(answer.body()).isEqualTo("short and stout");
  }

  @Test
  void faultOfOneModel_leavesTheOthersAlone_andLastsUntilCleared() {
    sandbox.faults().on(Simulated.FOUNDRY).model("claude-haiku-4-5").status(503);
    assertThat(ask(Simulated.FOUNDRY).status()).isEqualTo(200);
    String haiku =
        Caller.simple(Simulated.FOUNDRY, PROMPT, false)
            .replace("claude-sonnet-4-5", "claude-haiku-4-5");
    for (int tries = 0; tries < 3; tries++) {
      assertThat(caller.post(Simulated.FOUNDRY, "/anthropic/v1/messages", haiku).status())
          .isEqualTo(503);
    }
    sandbox.faults().clear();
    assertThat(caller.post(Simulated.FOUNDRY, "/anthropic/v1/messages", haiku).status())
        .isEqualTo(200);
  }

  private Call awaitedLast() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (System.nanoTime() < deadline) {
      List<Call> calls = sandbox.calls();
      if (!calls.isEmpty() && calls.getLast().ending() != Call.Ending.RUNNING) {
        return calls.getLast();
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("the last call never ended: " + sandbox.calls());
  }

  private static String polled(java.util.concurrent.BlockingQueue<String> lines, long millis) {
    try {
      return lines.poll(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
