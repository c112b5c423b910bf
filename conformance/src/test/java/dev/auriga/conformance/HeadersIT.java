// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.config.Config;
import dev.auriga.sandbox.Simulated;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every answer says which request it is of, which route was asked for, how many attempts there were
/// and, when somebody served it, who.
class HeadersIT {
  private static Rig rig;
  private static Rig.Running running;

  @BeforeAll
  static void start() {
    rig = Rig.start();
    running =
        rig.serve(
            rig.config()
                .limits(
                    new Config.Limits(
                        1 << 16, 1 << 20, 1 << 16, Duration.ofMillis(200), Duration.ofSeconds(2)))
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

  @ParameterizedTest
  @EnumSource(Wire.class)
  void answersAndErrors(Wire client) throws IOException, InterruptedException {
    List<Told> all = new ArrayList<>();
    for (boolean streamed : List.of(false, true)) {
      Told served = Told.by(client.request(running.address(), "auto", "Hello", streamed));
      assertThat(served.status()).isEqualTo(200);
      assertHeaders(served, "auto", "claude-haiku-4-5", 1);
      assertThat(served.header("x-auriga-cost-usd").isEmpty())
          .as("cost, known only of a whole answer")
          .isEqualTo(streamed);
      all.add(served);

      rig.sandbox().faults().on(Simulated.FOUNDRY).once().unauthorised();
      Told fallen = Told.by(client.request(running.address(), "auto", "Hello", streamed));
      assertHeaders(fallen, "auto", "gpt-4o-mini", 2);
      all.add(fallen);

      rig.sandbox().faults().on(Simulated.AZURE).once().contextTooLong();
      Told failed = Told.by(client.request(running.address(), "gpt-4o", "Hello", streamed));
      assertThat(failed.status()).isEqualTo(400);
      assertHeaders(failed, "gpt-4o", "", 1);
      all.add(failed);

      Told refused = Told.by(client.request(running.address(), "nobody", "Hello", streamed));
      assertThat(refused.status()).isEqualTo(404);
      assertHeaders(refused, "nobody", "", 0);
      all.add(refused);
    }
    assertDistinct(all);
  }

  /// Azure's Model Router is a deployment like any other; who served is the model it chose.
  @ParameterizedTest
  @EnumSource(Wire.class)
  void routerBehindARoute_namesTheModelItChose(Wire client)
      throws IOException, InterruptedException {
    for (boolean streamed : List.of(false, true)) {
      Told told = Told.by(client.request(running.address(), "azure-auto", "Hello", streamed));
      String chosen = rig.sandbox().calls().getLast().modelAnswered();
      assertThat(chosen).isNotEqualTo("model-router");
      assertHeaders(told, "azure-auto", chosen, 1);
    }
  }

  @Test
  void everythingElse() throws IOException, InterruptedException {
    List<Told> all =
        List.of(
            get("/healthz"),
            get("/readyz"),
            get("/v1/models"),
            get("/v1/models/auto"),
            get("/v1beta/models"),
            get("/v1beta/models/auto"),
            get("/v1/models/nobody"),
            get("/nowhere"),
            get("/v1/messages"),
            Told.by(HttpRequest.newBuilder(running.address().resolve("/v1/models")).build()),
            post("/v1/chat/completions", "{"),
            post("/v1/messages", "[]"),
            post("/v1beta/models/auto:generateContent", "x".repeat(1 << 17)),
            post("/v1beta/models/auto:countTokens", "{}"));
    for (Told told : all) {
      assertHeaders(told, "-", "", 0);
    }
    assertHeaders(post("/api/explain", "{\"prompt\": \"Hello\"}"), "auto", "", 0);
    assertDistinct(all);
  }

  /// A sign of life begins the answer before anybody has served it: nothing is claimed of what is not
  /// known yet.
  @ParameterizedTest
  @EnumSource(
      value = Wire.class,
      names = {"OPENAI", "ANTHROPIC"})
  void answerBegunByASignOfLife(Wire client) throws IOException, InterruptedException {
    rig.sandbox().faults().on(Simulated.FOUNDRY).slowFirstToken(Duration.ofMillis(600));
    Told told = Told.by(client.request(running.address(), "claude-sonnet-4-5", "Hello", true));
    assertThat(told.isWhole(client)).isTrue();
    assertThat(told.header("x-auriga-request")).startsWith("req_");
    assertThat(told.header("x-auriga-route")).isEqualTo("claude-sonnet-4-5");
    assertThat(told.header("x-auriga-attempts")).isEmpty();
    assertThat(told.header("x-auriga-served-by")).isEmpty();
  }

  private static Told get(String path) throws IOException, InterruptedException {
    return Told.by(
        Wire.OPENAI
            .keyed(HttpRequest.newBuilder(running.address().resolve(path)), Rig.KEY)
            .build());
  }

  private static Told post(String path, String body) throws IOException, InterruptedException {
    return Told.by(
        Wire.OPENAI
            .keyed(HttpRequest.newBuilder(running.address().resolve(path)), Rig.KEY)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private static void assertHeaders(Told told, String route, String servedBy, int attempts) {
    assertThat(told.header("x-auriga-request")).as(told.toString()).startsWith("req_");
    assertThat(told.header("x-auriga-route")).as(told.toString()).isEqualTo(route);
    assertThat(told.header("x-auriga-served-by")).as(told.toString()).isEqualTo(servedBy);
    assertThat(told.header("x-auriga-attempts"))
        .as(told.toString())
        .isEqualTo(Integer.toString(attempts));
  }

  private static void assertDistinct(List<Told> all) {
    Set<String> ids = new HashSet<>();
    all.forEach(told -> ids.add(told.header("x-auriga-request")));
    assertThat(ids).hasSize(all.size());
  }
}
