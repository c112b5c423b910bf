// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.sandbox.Call;
import dev.auriga.sandbox.Simulated;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Pitfalls of translation that show only through the gateway.
class GatewayPitfallsIT {
  private static Rig rig;
  private static Rig.Running running;

  @BeforeAll
  static void start() {
    rig = Rig.start();
    running = rig.serve(rig.config().build());
  }

  @AfterAll
  static void stop() {
    running.close();
    rig.close();
  }

  @BeforeEach
  void forget() {
    rig.reset();
  }

  /// Whoever refuses: the key, the path, the body, the route, or a provider of another dialect.
  @ParameterizedTest
  @EnumSource(Wire.class)
  void pitfall83_everyErrorHasTheClientsEnvelopeAndStatus(Wire client)
      throws IOException, InterruptedException {
    Told unknown = Told.by(client.request(running.address(), "nobody", "hi", false));
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.problem(client)).isNotEmpty();

    Told broken =
        Told.by(client.post(running.address(), client.path("auto", false), "{\"model\":").build());
    assertThat(broken.status()).isEqualTo(400);
    assertThat(broken.problem(client)).isNotEmpty();

    HttpRequest.Builder keyless =
        HttpRequest.newBuilder(running.address().resolve(client.path("auto", false)))
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(client.body("auto", "hi", false).toString()));
    Told locked = Told.by(client.keyed(keyless, "wrong-key").build());
    assertThat(locked.status()).isEqualTo(401);
    assertThat(locked.problem(client)).isNotEmpty();

    for (Simulated provider : List.of(Simulated.FOUNDRY, Simulated.AZURE)) {
      String deployment = provider == Simulated.FOUNDRY ? "claude-haiku-4-5" : "gpt-4o";
      for (boolean streamed : List.of(false, true)) {
        rig.sandbox().faults().on(provider).once().contextTooLong();
        Told tooLong = Told.by(client.request(running.address(), deployment, "hi", streamed));
        assertThat(tooLong.status()).isEqualTo(400);
        assertThat(tooLong.problem(client)).as("%s, streamed %s", provider, streamed).isNotEmpty();
      }
    }
  }

  /// The caller's own flags, each of them, and to nobody who does not speak Anthropic's dialect.
  @Test
  void pitfall91_betaFlagsReachAnthropicAsTheCallerSetThemAndNobodyElse()
      throws IOException, InterruptedException {
    for (String deployment : List.of("claude-haiku-4-5", "gpt-4o")) {
      HttpRequest asked =
          Wire.ANTHROPIC
              .post(
                  running.address(),
                  "/v1/messages?beta=true",
                  Wire.ANTHROPIC.body(deployment, "hi", false).toString())
              .header("anthropic-beta", "context-1m-2025-08-07,interleaved-thinking-2025-05-14")
              .build();
      assertThat(Told.by(asked).status()).isEqualTo(200);
    }

    List<Call> calls = rig.callsWhenQuiet();
    assertThat(calls).hasSize(2);
    assertThat(String.join(",", calls.getFirst().headers().get("anthropic-beta")))
        .isEqualTo("context-1m-2025-08-07,interleaved-thinking-2025-05-14");
    assertThat(calls.getLast().headers()).doesNotContainKey("anthropic-beta");
  }
}
