// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CallLogIT {
  @Test
  void callTellsWhatWasAskedAndAnswered_withoutTheCredential() {
    try (Sandbox sandbox = Sandbox.start()) {
      Caller caller = new Caller(sandbox);
      caller.post(
          Simulated.ANTHROPIC,
          "/v1/messages?beta=true",
          Caller.simple(Simulated.ANTHROPIC, "hello", true));
      Call call = ended(sandbox);
      assertThat(call.provider()).isEqualTo(Simulated.ANTHROPIC);
      assertThat(call.modelAsked()).isEqualTo("claude-sonnet-4-5");
      assertThat(call.modelAnswered()).isEqualTo("claude-sonnet-4-5-20250929");
      assertThat(call.query()).containsEntry("beta", "true");
      assertThat(call.headers().get("x-api-key").getFirst())
          .startsWith("***")
          .doesNotContain(sandbox.key(Simulated.ANTHROPIC));
      assertThat(new String(call.body(), StandardCharsets.UTF_8)).contains("hello");
      assertThat(call.streamed()).isTrue();
      assertThat(call.status()).isEqualTo(200);
      assertThat(call.ending()).isEqualTo(Call.Ending.FINISHED);
      assertThat(call.events()).isGreaterThan(6);
      assertThat(call.fault()).isNull();
      assertThat(sandbox.calls(Simulated.GEMINI)).isEmpty();
    }
  }

  @Test
  void totalsAreTheSumsOfTheCalls() {
    try (Sandbox sandbox = Sandbox.start()) {
      Caller caller = new Caller(sandbox);
      caller.ask(Simulated.OPENAI, "Describe a harbour", false);
      caller.ask(Simulated.OPENAI, "Describe a lighthouse", true);
      caller.ask(Simulated.GEMINI, "Describe a harbour", false);
      Totals.Model gpt = sandbox.totals().of("gpt-4o-2024-08-06");
      assertThat(gpt.calls()).isEqualTo(2);
      assertThat(gpt.usage().output())
          .isEqualTo(
              sandbox.calls(Simulated.OPENAI).stream()
                  .mapToLong(call -> call.usage().output())
                  .sum())
          .isPositive();
      assertThat(sandbox.totals().of("gemini-2.5-flash").usage().reasoning()).isPositive();
      assertThat(sandbox.totals().calls()).isEqualTo(3);
      sandbox.forget();
      assertThat(sandbox.calls()).isEmpty();
      assertThat(sandbox.totals().calls()).isZero();
    }
  }

  @Test
  void logIsBounded_totalsAreNot() {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.forTests().withLoggedCalls(2))) {
      Caller caller = new Caller(sandbox);
      for (String prompt : List.of("first", "second", "third")) {
        caller.ask(Simulated.OPENAI, prompt, false);
      }
      assertThat(sandbox.calls()).hasSize(2).extracting(Call::number).containsExactly(2L, 3L);
      assertThat(sandbox.totals().calls()).isEqualTo(3);
    }
  }

  @Test
  void pacedStreamThatTheClientLeaves_isSeenAtOnce() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.forTests().withTimeScale(3))) {
      Caller caller = new Caller(sandbox);
      HttpResponse<java.io.InputStream> response =
          Caller.HTTP.send(
              caller.asking(
                  Simulated.ANTHROPIC,
                  "Describe harbours, lighthouses, rivers and mountains",
                  true),
              HttpResponse.BodyHandlers.ofInputStream());
      assertThat(response.body().read()).isEqualTo('e');
      assertThat(sandbox.calls().getLast().ending()).isEqualTo(Call.Ending.RUNNING);
      Instant left = Instant.now();
      response.body().close();
      Call call = ended(sandbox);
      assertThat(call.ending()).isEqualTo(Call.Ending.ABANDONED);
      assertThat(Duration.between(left, call.endedAt())).isLessThan(Duration.ofMillis(500));
    }
  }

  @Test
  void portThatGoesDown_cutsWhatIsRunning() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      Caller caller = new Caller(sandbox);
      sandbox.faults().on(Simulated.OPENAI).once().stallAfter(2);
      HttpResponse<java.io.InputStream> response =
          Caller.HTTP.send(
              caller.asking(Simulated.OPENAI, "Describe a harbour", true),
              HttpResponse.BodyHandlers.ofInputStream());
      assertThat(response.body().read()).isEqualTo('d');
      sandbox.down(Simulated.OPENAI);
      assertThat(ended(sandbox).ending()).isEqualTo(Call.Ending.CUT);
    }
  }

  private static Call ended(Sandbox sandbox) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (System.nanoTime() < deadline) {
      List<Call> calls = sandbox.calls();
      if (!calls.isEmpty() && calls.getLast().ending() != Call.Ending.RUNNING) {
        return calls.getLast();
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("the call never ended: " + sandbox.calls());
  }
}
