// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.config.Config;
import dev.auriga.conformance.sdk.Sdk;
import dev.auriga.conformance.sdk.Sdk.Heard;
import dev.auriga.conformance.sdk.Sdk.Stop;
import dev.auriga.conformance.sdk.Sdk.Wish;
import dev.auriga.conformance.sdk.SdkClient;
import dev.auriga.observe.RequestRecord.Ending;
import dev.auriga.sandbox.Faults;
import dev.auriga.sandbox.Simulated;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A silent upstream: clients are sent signs of life their SDKs do not mind, and past the limit the
/// stream is ended with an error.
@Execution(ExecutionMode.CONCURRENT)
class KeepAliveIT {
  private static final Duration SILENCE = Duration.ofMillis(700);
  private static final Duration KEEP_ALIVE = Duration.ofMillis(200);
  private static final Duration LIMIT = Duration.ofMillis(1500);
  private static final Duration AMPLE = Duration.ofSeconds(10);
  private static final String PROMPT = "Describe the history of lighthouses.";

  @AutoClose private static final Rigs RIGS = new Rigs();

  /// Where the silence is, at a provider of which dialect.
  private record Silence(
      Simulated provider, String deployment, String where, Consumer<Faults.On> fault) {
    @Override
    public String toString() {
      return deployment + ", silent " + where;
    }
  }

  static Stream<Silence> silences() {
    return Stream.of(
        new Silence(
            Simulated.FOUNDRY, "claude-sonnet-4-5", "at first", on -> on.slowFirstToken(SILENCE)),
        new Silence(
            Simulated.FOUNDRY, "claude-sonnet-4-5", "in between", on -> on.stallAfter(8, SILENCE)),
        new Silence(Simulated.AZURE, "gpt-4o", "at first", on -> on.slowFirstToken(SILENCE)),
        new Silence(Simulated.AZURE, "gpt-4o", "in between", on -> on.stallAfter(8, SILENCE)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("silences")
  void openAiClientSeesComments(Silence silence) throws IOException, InterruptedException {
    Told told = told(silence, Wire.OPENAI);

    assertThat(told.isWhole(Wire.OPENAI)).as(told.body()).isTrue();
    assertThat(told.body().lines().filter(line -> line.startsWith(":")).count())
        .isGreaterThanOrEqualTo(2L);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("silences")
  void anthropicClientSeesPings(Silence silence) throws IOException, InterruptedException {
    Told told = told(silence, Wire.ANTHROPIC);

    assertThat(told.isWhole(Wire.ANTHROPIC)).as(told.body()).isTrue();
    assertThat(told.events().stream().filter(event -> event.name().equals("ping")).count())
        .isGreaterThanOrEqualTo(2L);
    assertThat(told.body()).doesNotContain(": keep-alive");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("silences")
  void geminiClientSeesNothingItDoesNotKnow(Silence silence)
      throws IOException, InterruptedException {
    Told told = told(silence, Wire.GEMINI);

    assertThat(told.isWhole(Wire.GEMINI)).as(told.body()).isTrue();
    assertThat(told.body().lines().filter(line -> !line.isBlank()))
        .allMatch(line -> line.startsWith("data: {"));
  }

  private static Told told(Silence silence, Wire client) throws IOException, InterruptedException {
    AtomicReference<Told> told = new AtomicReference<>();
    RIGS.use(
        rig -> {
          silence.fault().accept(rig.sandbox().faults().on(silence.provider()));
          try (Rig.Running running = rig.serve(config(rig, AMPLE))) {
            told.set(
                Told.by(client.request(running.address(), silence.deployment(), PROMPT, true)));
          }
        });
    return told.get();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("silences")
  void everySdkFinishes(Silence silence) throws IOException, InterruptedException {
    for (SdkClient client : SdkClient.values()) {
      RIGS.use(rig -> finishes(rig, client, silence));
    }
  }

  private static void finishes(Rig rig, SdkClient client, Silence silence) {
    try (Rig.Running running = rig.serve(config(rig, AMPLE));
        Sdk sdk = client.at(running.address(), Rig.KEY)) {
      Heard undisturbed = sdk.open(Wish.of(silence.deployment(), true)).say(PROMPT);
      silence.fault().accept(rig.sandbox().faults().on(silence.provider()));
      Heard heard = sdk.open(Wish.of(silence.deployment(), true)).say(PROMPT);

      assertThat(heard.stop()).isEqualTo(Stop.DONE);
      assertThat(heard.text()).isEqualTo(undisturbed.text());
      assertThat(heard.output()).isEqualTo(undisturbed.output());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void silenceOverTheLimitIsAnError(Wire client) throws IOException, InterruptedException {
    for (int events : List.of(0, 8)) {
      RIGS.use(rig -> isAnError(rig, client, events));
    }
  }

  private static void isAnError(Rig rig, Wire client, int events)
      throws IOException, InterruptedException {
    try (Rig.Running running = rig.serve(config(rig, LIMIT))) {
      // Loads classes, so that what is measured is the limit.
      Told.by(client.request(running.address(), "claude-sonnet-4-5", PROMPT, true));
      running.records().next();
      rig.sandbox().faults().on(Simulated.FOUNDRY).stallAfter(events);
      long started = System.nanoTime();
      Told told = Told.by(client.request(running.address(), "claude-sonnet-4-5", PROMPT, true));
      Duration took = Duration.ofNanos(System.nanoTime() - started);

      assertThat(told.isWhole(client)).isFalse();
      assertThat(told.problem(client))
          .as(told.body())
          .isEqualTo(Expected.Problem.TIMED_OUT.word(client, told));
      assertThat(took).isBetween(LIMIT.minusMillis(50), LIMIT.plusSeconds(2));
      assertThat(running.records().next().ending())
          .isEqualTo(events == 0 ? Ending.FAILED : Ending.TRUNCATED);
      rig.callsWhenQuiet();
    }
  }

  static Stream<Wire> clients() {
    return Stream.of(Wire.values());
  }

  private static Config config(Rig rig, Duration limit) {
    return rig.config()
        .timeouts(new Config.Timeouts(limit, limit, limit, Duration.ofSeconds(20)))
        .limits(new Config.Limits(1 << 20, 1 << 24, 1 << 20, KEEP_ALIVE, Duration.ofSeconds(2)))
        .build();
  }
}
