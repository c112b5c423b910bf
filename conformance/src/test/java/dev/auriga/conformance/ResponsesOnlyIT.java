// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Secret;
import dev.auriga.config.DeploymentConfig;
import dev.auriga.config.ProviderConfig;
import dev.auriga.conformance.sdk.Dialogue;
import dev.auriga.conformance.sdk.Sdk;
import dev.auriga.conformance.sdk.Sdk.Stop;
import dev.auriga.conformance.sdk.Sdk.Wish;
import dev.auriga.conformance.sdk.SdkClient;
import dev.auriga.sandbox.Call;
import dev.auriga.sandbox.Simulated;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Models that are called over Responses only answer every client, at OpenAI and at Azure.
class ResponsesOnlyIT {
  private static Rig rig;
  private static Rig.Running running;

  @BeforeAll
  static void start() {
    rig = Rig.start();
    URI openAi = rig.sandbox().address(Simulated.OPENAI);
    Secret key = new Secret(rig.sandbox().key(Simulated.OPENAI));
    running =
        rig.serve(
            rig.config()
                .provider("openai", new ProviderConfig.OpenAi(key, openAi + "/v1", null, false))
                .deployment("gpt-5-codex-openai", new DeploymentConfig("openai", "gpt-5-codex"))
                .build());
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

  static Stream<Arguments> cells() {
    List<Arguments> cells = new ArrayList<>();
    for (SdkClient client : SdkClient.values()) {
      for (String deployment : List.of("gpt-5-codex", "gpt-5-codex-openai")) {
        cells.add(Arguments.of(client, deployment, false));
        cells.add(Arguments.of(client, deployment, true));
      }
    }
    return cells.stream();
  }

  @ParameterizedTest(name = "{0} → {1}, streamed: {2}")
  @MethodSource("cells")
  void everyClientIsAnswered_withToolsAndWithout(SdkClient client, String deployment, boolean streamed)
      throws InterruptedException {
    try (Sdk sdk = client.at(running.address(), Rig.KEY)) {
      Wish wish = Wish.of(deployment, streamed);
      assertThat(sdk.open(wish).say("What is 17 + 25?").stop()).isEqualTo(Stop.DONE);
      // With thinking a Responses client asks for its thoughts encrypted, to give them back.
      Dialogue agent = sdk.open(wish.withMaxTokens(8000).withThinking(2000).withWeather());
      assertThat(agent.say("What is the weather in Oslo?").stop()).isEqualTo(Stop.TOOLS);
      assertThat(agent.report("rain").stop()).isEqualTo(Stop.DONE);
    }

    assertThat(rig.callsWhenQuiet())
        .hasSize(3)
        .allSatisfy(
            call -> {
              assertThat(call.path()).endsWith("/responses");
              assertThat(call.status()).isEqualTo(200);
            })
        .extracting(Call::streamed)
        .containsOnly(streamed);
  }
}
