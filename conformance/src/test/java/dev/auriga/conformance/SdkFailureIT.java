// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.anthropic.errors.AnthropicServiceException;
import com.google.genai.errors.ApiException;
import com.openai.errors.OpenAIServiceException;
import dev.auriga.config.Config;
import dev.auriga.conformance.sdk.Sdk;
import dev.auriga.conformance.sdk.Sdk.Heard;
import dev.auriga.conformance.sdk.Sdk.Wish;
import dev.auriga.conformance.sdk.SdkClient;
import dev.auriga.observe.RequestRecord.Ending;
import dev.auriga.sandbox.Faults;
import dev.auriga.sandbox.Simulated;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// An official SDK never takes a broken answer for a whole one: it throws, and where there is a
/// status, with that status.
@Execution(ExecutionMode.CONCURRENT)
class SdkFailureIT {
  private static final Map<String, Simulated> DEPLOYMENTS =
      Map.of(
          "claude-sonnet-4-5",
          Simulated.FOUNDRY,
          "gpt-4o",
          Simulated.AZURE,
          "gpt-4o-responses",
          Simulated.AZURE,
          "gemini-2.5-pro",
          Simulated.GEMINI);

  private static final List<Broken> BROKEN =
      List.of(
          new Broken("cut", on -> on.cutAfter(6)),
          new Broken("without its terminal marker", Faults.On::withoutTerminal),
          new Broken("ended by an error event", on -> on.errorEventAfter(6)),
          new Broken("stalled", on -> on.stallAfter(6)));

  @AutoClose private static final Rigs RIGS = new Rigs();

  /// How an upstream's stream breaks.
  private record Broken(String how, Consumer<Faults.On> fault) {}

  private record Case(SdkClient client, String deployment, Broken broken) {
    @Override
    public String toString() {
      return "%s SDK, stream of %s %s".formatted(client, deployment, broken.how());
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (SdkClient client : SdkClient.values()) {
      for (String deployment : DEPLOYMENTS.keySet()) {
        BROKEN.forEach(broken -> cases.add(new Case(client, deployment, broken)));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void throws_whenAStreamBreaks(Case broken) throws IOException, InterruptedException {
    RIGS.use(rig -> throwsWhenBroken(rig, broken));
  }

  private static void throwsWhenBroken(Rig rig, Case broken) throws InterruptedException {
    try (Rig.Running running = rig.serve(config(rig));
        Sdk sdk = broken.client().at(running.address(), Rig.KEY)) {
      broken
          .broken()
          .fault()
          .accept(rig.sandbox().faults().on(DEPLOYMENTS.get(broken.deployment())));
      AtomicReference<Heard> heard = new AtomicReference<>();
      Throwable thrown =
          catchThrowable(
              () ->
                  heard.set(
                      sdk.open(Wish.of(broken.deployment(), true))
                          .say("Describe the history of lighthouses.")));

      assertThat(heard.get()).as("taken for a whole answer").isNull();
      assertThat(thrown)
          .isInstanceOf(RuntimeException.class)
          .isNotInstanceOf(NullPointerException.class);
      assertThat(running.records().next().ending()).isEqualTo(Ending.TRUNCATED);
      rig.callsWhenQuiet();
    }
  }

  static Stream<SdkClient> clients() {
    return Stream.of(SdkClient.values());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void throwsTheStatus_whenNobodyAnswers(SdkClient client)
      throws IOException, InterruptedException {
    RIGS.use(rig -> throwsTheStatus(rig, client));
  }

  private static void throwsTheStatus(Rig rig, SdkClient client) {
    try (Rig.Running running = rig.serve(config(rig));
        Sdk sdk = client.at(running.address(), Rig.KEY)) {
      for (boolean streamed : List.of(false, true)) {
        rig.sandbox().faults().on(Simulated.FOUNDRY).status(503);
        assertThat(status(sdk, "claude-sonnet-4-5", streamed))
            .isEqualTo(client == SdkClient.ANTHROPIC ? 529 : 503);
        rig.sandbox().faults().clear();
        rig.sandbox().faults().on(Simulated.AZURE).rateLimited(Duration.ofMinutes(1));
        assertThat(status(sdk, "gpt-4o", streamed)).isEqualTo(429);
        rig.sandbox().faults().clear();
        assertThat(status(sdk, "gpt-4oo", streamed)).isEqualTo(404);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void throwsUnauthorised_whenTheKeyIsWrong(SdkClient client)
      throws IOException, InterruptedException {
    RIGS.use(
        rig -> {
          try (Rig.Running running = rig.serve(config(rig));
              Sdk sdk = client.at(running.address(), "not-the-key")) {
            assertThat(status(sdk, "gpt-4o", false)).isEqualTo(401);
            assertThat(status(sdk, "gpt-4o", true)).isEqualTo(401);
          }
        });
  }

  private static Config config(Rig rig) {
    return rig.config()
        .timeouts(
            new Config.Timeouts(
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofMillis(300),
                Duration.ofSeconds(5)))
        .retries(new Config.Retries(1, 2, Duration.ofMillis(2), Duration.ofSeconds(30)))
        .build();
  }

  private static int status(Sdk sdk, String model, boolean streamed) {
    Throwable thrown = catchThrowable(() -> sdk.open(Wish.of(model, streamed)).say("Hello"));
    return switch (thrown) {
      case OpenAIServiceException failed -> failed.statusCode();
      case AnthropicServiceException failed -> failed.statusCode();
      case ApiException failed -> failed.code();
      case null -> throw new AssertionError("answered");
      default -> throw new AssertionError("another exception", thrown);
    };
  }
}
