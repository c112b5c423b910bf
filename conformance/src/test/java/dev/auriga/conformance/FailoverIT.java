// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.auriga.config.Config;
import dev.auriga.config.RouteConfig;
import dev.auriga.observe.RequestRecord;
import dev.auriga.observe.RequestRecord.Ending;
import dev.auriga.sandbox.Call;
import dev.auriga.sandbox.Simulated;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Falling back over many requests: a primary that keeps failing is left alone for a while and taken
/// back when it is well, and what is billed is what was served.
class FailoverIT {
  private static final Duration COOLDOWN = Duration.ofMillis(1500);

  private Rig rig;
  private Rig.Running running;

  @BeforeEach
  void start() {
    rig = Rig.start();
    running =
        rig.serve(
            rig.config()
                .route("pair", RouteConfig.inTurn("claude-sonnet-4-5", "gpt-4o"))
                .route("newest", RouteConfig.inTurn("gpt-4o", "claude-opus-5-5"))
                .deployment("claude-opus-5-5", "foundry")
                .retries(new Config.Retries(2, 6, Duration.ofMillis(2), COOLDOWN))
                .build());
  }

  @AfterEach
  void stop() {
    running.close();
    rig.close();
  }

  @Test
  void failingPrimary_coolsDownAndComesBack() throws IOException, InterruptedException {
    rig.sandbox().faults().on(Simulated.FOUNDRY).status(500);
    assertServed(ask(), "gpt-4o", 3);
    // The third failure in a row begins the cooldown, into which nothing is retried.
    assertServed(ask(), "gpt-4o", 2);
    rig.sandbox().forget();
    assertServed(ask(), "gpt-4o", 1);
    assertThat(rig.sandbox().calls(Simulated.FOUNDRY)).as("calls while it cools down").isEmpty();

    rig.sandbox().faults().clear();
    await()
        .atMost(COOLDOWN.multipliedBy(4))
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> assertServed(ask(), "claude-sonnet-4-5", 1));
    assertServed(ask(), "claude-sonnet-4-5", 1);
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void flappingPrimary_isNeverToldToTheClient(Wire client)
      throws IOException, InterruptedException {
    for (int round = 0; round < 10; round++) {
      rig.sandbox().faults().on(Simulated.FOUNDRY).once().status(round % 2 == 0 ? 503 : 500);
      for (boolean streamed : List.of(false, true)) {
        Told told = Told.by(client.request(running.address(), "pair", "Hello", streamed));
        assertThat(told.isWhole(client)).as(told.toString()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void accounts_onlyForWhatWasServed(boolean streamed) throws IOException, InterruptedException {
    rig.sandbox().faults().on(Simulated.FOUNDRY).once().cutBody();
    rig.sandbox().faults().on(Simulated.FOUNDRY).once().status(503);
    if (streamed) {
      rig.sandbox().faults().clear();
      rig.sandbox().faults().on(Simulated.FOUNDRY).times(2).cutAfter(0);
    }
    Told told = Told.by(Wire.OPENAI.request(running.address(), "pair", "Hello", streamed));
    assertServed(told, "gpt-4o", 3);

    RequestRecord record = running.records().next();
    Call served = rig.callsWhenQuiet().getLast();
    assertThat(record.ending()).isEqualTo(Ending.COMPLETED);
    assertThat(record.model()).isEqualTo(served.modelAnswered());
    assertThat(record.usage().input()).isEqualTo(served.usage().allInput());
    assertThat(record.usage().allOutput()).isEqualTo(served.usage().allOutput());
    assertThat(record.attempts())
        .extracting(RequestRecord.Attempt::deployment)
        .containsExactly("claude-sonnet-4-5", "claude-sonnet-4-5", "gpt-4o");
  }

  /// Claude from 4.6 on takes no conversation that ends with the assistant's own words: the client is
  /// told why the primary failed, not what its fallback would not have taken.
  @Test
  void fallbackThatRefusesPrefill_doesNotHideWhatWentWrong()
      throws IOException, InterruptedException {
    rig.sandbox().faults().on(Simulated.AZURE).status(500);
    ObjectNode body = Wire.OPENAI.body("newest", "Name a lighthouse.", false);
    ((ArrayNode) body.get("messages"))
        .addObject()
        .put("role", "assistant")
        .put("content", "The lighthouse is");
    Told told =
        Told.by(
            Wire.OPENAI.post(running.address(), "/v1/chat/completions", body.toString()).build());

    assertThat(told.status()).as(told.body()).isEqualTo(502);
    assertThat(told.json().path("error").path("message").stringValue())
        .startsWith("no deployment could answer, 2 attempts: gpt-4o: unknown");
    assertThat(running.records().next().ending()).isEqualTo(Ending.FAILED);

    rig.sandbox().faults().clear();
    Told alone =
        Told.by(
            Wire.OPENAI
                .post(
                    running.address(),
                    "/v1/chat/completions",
                    body.put("model", "claude-opus-5-5").toString())
                .build());
    assertThat(alone.status()).isEqualTo(400);
    assertThat(alone.json().path("error").path("message").stringValue())
        .isEqualTo(
            "messages[1]: this model does not continue an assistant message; end with a user message");
  }

  private Told ask() throws IOException, InterruptedException {
    return Told.by(Wire.OPENAI.request(running.address(), "pair", "Hello", false));
  }

  private static void assertServed(Told told, String server, int attempts) {
    assertThat(told.header("x-auriga-served-by")).as(told.toString()).isEqualTo(server);
    assertThat(told.header("x-auriga-attempts"))
        .as(told.toString())
        .isEqualTo(Integer.toString(attempts));
  }
}
