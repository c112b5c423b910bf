// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.RawJson;
import dev.auriga.completion.Secret;
import dev.auriga.config.DeploymentConfig;
import dev.auriga.config.ProviderConfig;
import dev.auriga.config.RouteConfig;
import dev.auriga.config.RouterConfig;
import dev.auriga.conformance.sdk.Dialogue;
import dev.auriga.conformance.sdk.Sdk;
import dev.auriga.conformance.sdk.Sdk.Stop;
import dev.auriga.conformance.sdk.Sdk.Wish;
import dev.auriga.conformance.sdk.SdkClient;
import dev.auriga.dialect.router.RouterTrace;
import dev.auriga.ledger.Cost;
import dev.auriga.observe.RequestRecord;
import dev.auriga.sandbox.Simulated;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Routers as deployments, asked by every official client through a gateway, against strict simulated
/// services.
class RoutersIT {
  private static Rig rig;
  private static Rig.Running running;

  @BeforeAll
  static void start() {
    rig = Rig.start();
    String openRouter = rig.sandbox().address(Simulated.OPENROUTER) + "/api/v1";
    Secret key = new Secret(rig.sandbox().key(Simulated.OPENROUTER));
    RouterConfig controls =
        new RouterConfig.ModelRouter(RouterConfig.Mode.COST, List.of("gpt-5-nano", "gpt-4o-mini"), true);
    running =
        rig.serve(
            rig.config()
                .provider("or", new ProviderConfig.OpenRouter(key, openRouter, null, false))
                .deployment("router", new DeploymentConfig("azure", "model-router").withRouter(controls))
                .deployment(
                    "older-router",
                    new DeploymentConfig("azure", "model-router-older").withBaseModel("model-router").withRouter(controls))
                .deployment(
                    "or",
                    new DeploymentConfig("or", "openrouter/auto")
                        .withRouter(
                            new RouterConfig.OpenRouter(
                                new RawJson("{\"sort\":\"price\"}"), List.of("openai/gpt-4o-mini"), null)))
                .route("or-then-gpt", RouteConfig.inTurn("or", "gpt-4o"))
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
    running.records().rest();
  }

  private static RequestRecord asked(SdkClient client, String route, boolean streamed) throws InterruptedException {
    try (Sdk sdk = client.at(running.address(), Rig.KEY)) {
      assertThat(sdk.open(Wish.of(route, streamed)).say("What is 17 + 25?").stop()).isEqualTo(Stop.DONE);
    }
    return running.records().next();
  }

  @ParameterizedTest
  @EnumSource(SdkClient.class)
  void theModelRouter_choosesAsItIsTold_forEveryClient(SdkClient client) throws InterruptedException {
    for (boolean streamed : new boolean[] {false, true}) {
      RequestRecord record = asked(client, "router", streamed);
      assertThat(record.servedBy()).isEqualTo("gpt-5-nano-2025-08-07");
      assertThat(record.cost()).isInstanceOf(Cost.Priced.class);
      RouterTrace trace = record.attempts().getLast().routed();
      assertThat(trace).isNotNull();
      assertThat(trace.strategy()).isEqualTo("cost");
      assertThat(trace.steps()).containsExactly(new RouterTrace.Step("gpt-5-nano-2025-08-07", "", 200, ""));
    }
  }

  @ParameterizedTest
  @EnumSource(SdkClient.class)
  void theModelRouter_staysWithAConversation(SdkClient client) throws InterruptedException {
    List<String> decisions = new ArrayList<>();
    try (Sdk sdk = client.at(running.address(), Rig.KEY)) {
      Dialogue conversation = sdk.open(Wish.of("router", false).withThinking(1024));
      for (String said : List.of("%s: 17 + 25?", "And 18 + 25?", "And 19 + 25?")) {
        assertThat(conversation.say(said.formatted(client)).stop()).isEqualTo(Stop.DONE);
        RouterTrace trace = running.records().next().attempts().getLast().routed();
        assertThat(trace).isNotNull();
        decisions.add(trace.affinity());
      }
    }
    assertThat(decisions).containsExactly("initialize", "retain", "retain");
  }

  @ParameterizedTest
  @EnumSource(SdkClient.class)
  void anOlderRouter_answersEveryClientAllTheSame(SdkClient client) throws InterruptedException {
    for (boolean streamed : new boolean[] {false, true}) {
      RequestRecord record = asked(client, "older-router", streamed);
      assertThat(record.losses()).extracting(Object::toString).contains("refused-control:routing_config");
      assertThat(record.attempts().getLast().routed()).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource(SdkClient.class)
  void openRouter_tellsCostAndChoice_forEveryClient(SdkClient client) throws InterruptedException {
    for (boolean streamed : new boolean[] {false, true}) {
      RequestRecord record = asked(client, "or", streamed);
      assertThat(record.cost())
          .isInstanceOfSatisfying(
              Cost.Priced.class, cost -> assertThat(cost.priceVersion()).isEqualTo("openrouter/usage.cost"));
      RouterTrace trace = record.attempts().getLast().routed();
      assertThat(trace).isNotNull();
      assertThat(trace.strategy()).isEqualTo("auto");
      assertThat(trace.steps()).singleElement().satisfies(step -> assertThat(step.model()).isEqualTo(record.model()));
    }
  }

  @ParameterizedTest
  @CsvSource({"OPENAI", "ANTHROPIC"})
  void openRoutersErrorChunk_beforeTheFirstWord_isAnsweredByTheNext(SdkClient client) throws InterruptedException {
    rig.sandbox().faults().on(Simulated.OPENROUTER).errorEventAfter(0);
    RequestRecord record = asked(client, "or-then-gpt", true);
    assertThat(record.servedBy()).isEqualTo("gpt-4o");
    assertThat(record.attempts().getFirst().failure()).isNotNull();
  }
}
