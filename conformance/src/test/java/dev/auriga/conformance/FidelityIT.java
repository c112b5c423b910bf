// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Fidelity;
import dev.auriga.completion.FidelityRule;
import dev.auriga.completion.Loss;
import dev.auriga.config.RouteConfig;
import dev.auriga.observe.RequestRecord;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of a request that a deployment's dialect cannot carry whole: a `seed` has no place in
/// Anthropic's dialect, and goes through to OpenAI's.
class FidelityIT {
  private static final String CLAUDE = "claude-haiku-4-5";

  private static Rig rig;
  private static Rig.Running running;

  @BeforeAll
  static void start() {
    rig = Rig.start();
    running =
        rig.serve(
            rig.config()
                .route("both", inTurn(CLAUDE, "gpt-4o"))
                .route("exact", inTurn(CLAUDE, "gpt-4o"))
                .route("claude", inTurn(CLAUDE, "claude-sonnet-4-5"))
                .fidelity(new FidelityRule(Fidelity.REPORT, Map.of("exact", Fidelity.STRICT)))
                .build());
  }

  private static RouteConfig inTurn(String... names) {
    return new RouteConfig.InTurn(
        List.of(names).stream().<RouteConfig>map(RouteConfig.Name::new).toList());
  }

  @AfterAll
  static void stop() {
    running.close();
    rig.close();
  }

  @BeforeEach
  void forget() {
    rig.reset();
    running.records().rest();
  }

  private static Told ask(String route, boolean streamed, String... headers)
      throws IOException, InterruptedException {
    String body = Wire.OPENAI.body(route, "Hello", streamed).put("seed", 7).toString();
    var request = Wire.OPENAI.post(running.address(), "/v1/chat/completions", body);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return Told.by(request.build());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void reported_isSentAndToldInHeaderAndRecord(boolean streamed) throws IOException, InterruptedException {
    Told told = ask("both", streamed);

    assertThat(told.status()).isEqualTo(200);
    assertThat(told.header("x-auriga-served-by")).isEqualTo(CLAUDE);
    assertThat(told.header("x-auriga-loss")).isEqualTo("unsupported-field:seed");
    RequestRecord record = running.records().next();
    assertThat(record.losses()).containsExactly(new Loss(Loss.Reason.UNSUPPORTED_FIELD, "seed"));
    assertThat(record.passedOver()).isEmpty();
  }

  @Test
  void countlessLosses_fitIntoAHeader_andAreCountedInTheRecord() throws IOException, InterruptedException {
    var body = Wire.OPENAI.body("both", "Hello", false);
    for (int i = 0; i < 3_000; i++) {
      body.put(i + "x".repeat(300), true);
    }
    Told told =
        Told.by(Wire.OPENAI.post(running.address(), "/v1/chat/completions", body.toString()).build());

    assertThat(told.status()).isEqualTo(200);
    assertThat(told.header("x-auriga-loss"))
        .hasSizeLessThanOrEqualTo(1_500)
        .startsWith("foreign-field:")
        .matches(".*, \\+\\d+ more");
    RequestRecord record = running.records().next();
    assertThat(record.losses()).hasSize(100).allMatch(loss -> loss.field().length() == 200);
    assertThat(record.moreLosses()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void strictByHeader_goesOnToADeploymentThatLosesNothing(boolean streamed)
      throws IOException, InterruptedException {
    Told told = ask("both", streamed, "x-auriga-fidelity", "strict");

    assertThat(told.status()).isEqualTo(200);
    assertThat(told.header("x-auriga-served-by")).isEqualTo("gpt-4o");
    assertThat(told.header("x-auriga-attempts")).isEqualTo("1");
    assertThat(told.header("x-auriga-loss")).isEmpty();
    RequestRecord record = running.records().next();
    assertThat(record.passedOver())
        .containsExactly(
            new RequestRecord.PassedOver(CLAUDE, List.of(new Loss(Loss.Reason.UNSUPPORTED_FIELD, "seed"))));
    assertThat(rig.callsWhenQuiet()).hasSize(1);
  }

  @Test
  void strictByConfiguration_isNotWeakenedByTheCaller() throws IOException, InterruptedException {
    assertThat(ask("exact", false, "x-auriga-fidelity", "report").header("x-auriga-served-by"))
        .isEqualTo("gpt-4o");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void strict_whereEveryDeploymentWouldLose_isRefusedWithTheList(boolean streamed)
      throws IOException, InterruptedException {
    Told told = ask("claude", streamed, "x-auriga-fidelity", "strict");

    assertThat(told.status()).isEqualTo(400);
    assertThat(told.header("x-auriga-attempts")).isEqualTo("0");
    assertThat(told.json().at("/error/message").asString())
        .isEqualTo(
            "nothing of this request may be lost (fidelity strict), and claude-haiku-4-5 would lose"
                + " unsupported-field:seed; claude-sonnet-4-5 would lose unsupported-field:seed");
    assertThat(rig.callsWhenQuiet()).isEmpty();
    RequestRecord record = running.records().next();
    assertThat(record.ending()).isEqualTo(RequestRecord.Ending.REFUSED);
    assertThat(record.passedOver()).hasSize(2);
  }

  @Test
  void anotherWord_isRefused() throws IOException, InterruptedException {
    Told told = ask("both", false, "x-auriga-fidelity", "lax");
    assertThat(told.status()).isEqualTo(400);
    assertThat(told.body()).contains("x-auriga-fidelity is report or strict");
  }
}
