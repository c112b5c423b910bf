// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static dev.auriga.conformance.Expected.Problem.CONTENT_FILTERED;
import static dev.auriga.conformance.Expected.Problem.OVERLOADED;
import static dev.auriga.conformance.Expected.Problem.QUOTA_EXHAUSTED;
import static dev.auriga.conformance.Expected.Problem.RATE_LIMITED;
import static dev.auriga.conformance.Expected.Problem.SERVER_ERROR;
import static dev.auriga.conformance.Expected.Problem.TIMED_OUT;
import static dev.auriga.conformance.Expected.Problem.TOO_LONG;
import static dev.auriga.conformance.Expected.Problem.UPSTREAM;
import static dev.auriga.conformance.Expected.answers;
import static dev.auriga.conformance.Expected.breaksOff;
import static dev.auriga.conformance.Expected.declines;
import static dev.auriga.conformance.Expected.fails;
import static dev.auriga.conformance.Expected.fallsBack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.config.Config;
import dev.auriga.config.DeploymentConfig;
import dev.auriga.config.RouteConfig;
import dev.auriga.observe.RequestRecord;
import dev.auriga.observe.RequestRecord.Ending;
import dev.auriga.sandbox.Call;
import dev.auriga.sandbox.Faults;
import dev.auriga.sandbox.Simulated;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What a client gets when a provider fails: every scripted fault, at a provider of each dialect, for
/// a client of each dialect, plain and streamed, on a route with one deployment and on one with a
/// second to fall back on.
///
/// After each exchange no upstream connection is left open, and the record tells the same story as
/// the client was told.
@Execution(ExecutionMode.CONCURRENT)
class FaultTableIT {
  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration LATER = Duration.ofSeconds(30);

  /// The specification. Each fault stays for as long as the first deployment is asked.
  static List<Row> table() {
    return List.of(
        row("429 with Retry-After", on -> on.rateLimited(LATER))
            .plain(fails(RATE_LIMITED, 1), fallsBack(2))
            .streamed(fails(RATE_LIMITED, 1), fallsBack(2)),
        row("429 without Retry-After", Faults.On::rateLimited)
            .plain(fails(RATE_LIMITED, 2), fallsBack(3))
            .streamed(fails(RATE_LIMITED, 2), fallsBack(3)),
        row("429 once", on -> on.once().rateLimited())
            .plain(answers(2), answers(2))
            .streamed(answers(2), answers(2)),
        row("quota exhausted", Faults.On::quotaExhausted)
            .plain(fails(QUOTA_EXHAUSTED, 1), fallsBack(2))
            .streamed(fails(QUOTA_EXHAUSTED, 1), fallsBack(2)),
        row("500", on -> on.status(500))
            .plain(fails(UPSTREAM, 2), fallsBack(3))
            .streamed(fails(UPSTREAM, 2), fallsBack(3)),
        row("500 once", on -> on.once().status(500))
            .plain(answers(2), answers(2))
            .streamed(answers(2), answers(2)),
        row("503", on -> on.status(503))
            .plain(fails(OVERLOADED, 2), fallsBack(3))
            .streamed(fails(OVERLOADED, 2), fallsBack(3)),
        row("529, which Google does not know", on -> on.status(529))
            .only(Primary.FOUNDRY, Primary.AZURE, Primary.RESPONSES)
            .plain(fails(OVERLOADED, 2), fallsBack(3))
            .streamed(fails(OVERLOADED, 2), fallsBack(3)),
        row("401", Faults.On::unauthorised)
            .plain(fails(UPSTREAM, 1), fallsBack(2))
            .streamed(fails(UPSTREAM, 1), fallsBack(2)),
        row("404", Faults.On::modelNotFound)
            .plain(fails(UPSTREAM, 1), fallsBack(2))
            .streamed(fails(UPSTREAM, 1), fallsBack(2)),
        row("reset before the head", Faults.On::reset)
            .plain(fails(OVERLOADED, 2), fallsBack(3))
            .streamed(fails(OVERLOADED, 2), fallsBack(3)),
        row("no answer at all", Faults.On::hang)
            .untilALimit()
            .plain(fails(TIMED_OUT, 1), fallsBack(2))
            .streamed(fails(TIMED_OUT, 1), fallsBack(2)),
        row("slow first token", on -> on.slowFirstToken(SOON))
            .plain(answers(1), answers(1))
            .streamed(answers(1), answers(1)),
        row("first token too late", on -> on.slowFirstToken(LATER))
            .untilALimit()
            .plain(fails(TIMED_OUT, 1), fallsBack(2))
            .streamed(fails(TIMED_OUT, 1), fallsBack(2)),
        row("cut in mid-stream", on -> on.cutAfter(6))
            .plain(fails(UPSTREAM, 2), fallsBack(3))
            .streamed(breaksOff(UPSTREAM), breaksOff(UPSTREAM)),
        row("cut before the first token", on -> on.cutAfter(0))
            .plain(fails(UPSTREAM, 2), fallsBack(3))
            .streamed(fails(UPSTREAM, 2), fallsBack(3)),
        row("no terminal marker", Faults.On::withoutTerminal)
            .plain(fails(UPSTREAM, 2), fallsBack(3))
            .streamed(breaksOff(UPSTREAM), breaksOff(UPSTREAM)),
        row("malformed event, and it goes on", on -> on.malformedAfter(6))
            .plain(fails(UPSTREAM, 2), fallsBack(3))
            .streamed(answers(1), answers(1)),
        row("event \"overloaded\" first", on -> on.errorEventAfter(0))
            .only(Primary.FOUNDRY, Primary.GOOGLE)
            .plain(fails(OVERLOADED, 2), fallsBack(3))
            .streamed(fails(OVERLOADED, 2), fallsBack(3)),
        row("event \"server error\" first", on -> on.errorEventAfter(0))
            .only(Primary.AZURE, Primary.RESPONSES)
            .plain(fails(OVERLOADED, 2), fallsBack(3))
            .streamed(fails(UPSTREAM, 2), fallsBack(3)),
        row("event \"overloaded\" in mid-stream", on -> on.errorEventAfter(6))
            .only(Primary.FOUNDRY, Primary.GOOGLE)
            .plain(fails(OVERLOADED, 2), fallsBack(3))
            .streamed(breaksOff(OVERLOADED), breaksOff(OVERLOADED)),
        row("event \"server error\" in mid-stream", on -> on.errorEventAfter(6))
            .only(Primary.AZURE, Primary.RESPONSES)
            .plain(fails(OVERLOADED, 2), fallsBack(3))
            .streamed(breaksOff(SERVER_ERROR), breaksOff(SERVER_ERROR)),
        row("stall in mid-stream", on -> on.stallAfter(6))
            .untilALimit()
            .plain(fails(TIMED_OUT, 1), fallsBack(2))
            .streamed(breaksOff(TIMED_OUT), breaksOff(TIMED_OUT)),
        row("stall before the first token", on -> on.stallAfter(0))
            .untilALimit()
            .plain(fails(TIMED_OUT, 1), fallsBack(2))
            .streamed(fails(TIMED_OUT, 1), fallsBack(2)),
        row("context too long, and more fits at the fallback", Faults.On::contextTooLong)
            .only(Primary.AZURE, Primary.RESPONSES)
            .plain(fails(TOO_LONG, 1), fallsBack(2))
            .streamed(fails(TOO_LONG, 1), fallsBack(2)),
        row("context too long, and no more fits at the fallback", Faults.On::contextTooLong)
            .only(Primary.FOUNDRY, Primary.GOOGLE)
            .plain(fails(TOO_LONG, 1), fails(TOO_LONG, 1))
            .streamed(fails(TOO_LONG, 1), fails(TOO_LONG, 1)),
        row("prompt filtered, told as an error", Faults.On::contentFilter)
            .only(Primary.AZURE, Primary.RESPONSES)
            .plain(fails(CONTENT_FILTERED, 1), fails(CONTENT_FILTERED, 1))
            .streamed(fails(CONTENT_FILTERED, 1), fails(CONTENT_FILTERED, 1)),
        row("prompt filtered, told as an answer", Faults.On::contentFilter)
            .only(Primary.FOUNDRY, Primary.GOOGLE)
            .plain(declines(), declines())
            .streamed(declines(), declines()),
        row("answer filtered", Faults.On::contentFilterInAnswer)
            .plain(declines(), declines())
            .streamed(declines(), declines()),
        row("cut body", Faults.On::cutBody)
            .plain(fails(UPSTREAM, 2), fallsBack(3))
            .streamed(breaksOff(UPSTREAM), breaksOff(UPSTREAM)));
  }

  private static Row row(String name, Consumer<Faults.On> fault) {
    return new Row(name, fault, AMPLE, Set.of(Primary.values()), List.of(), List.of());
  }

  /// One fault, with what happens on a route with one deployment and on one with a fallback.
  record Row(
      String name,
      Consumer<Faults.On> fault,
      Config.Timeouts limits,
      Set<Primary> at,
      List<Expected> whole,
      List<Expected> stream) {

    /// The fault is waited for until a limit has passed; silence is the same in every dialect.
    Row untilALimit() {
      return new Row(
          name, fault, SHORT, Set.of(Primary.FOUNDRY, Primary.AZURE, Primary.RESPONSES), whole, stream);
    }

    Row only(Primary... primaries) {
      return new Row(name, fault, limits, Set.of(primaries), whole, stream);
    }

    Row plain(Expected alone, Expected withFallback) {
      return new Row(name, fault, limits, at, List.of(alone, withFallback), stream);
    }

    Row streamed(Expected alone, Expected withFallback) {
      return new Row(name, fault, limits, at, whole, List.of(alone, withFallback));
    }
  }

  /// Where the fault happens, and where there is none.
  enum Primary {
    FOUNDRY(Simulated.FOUNDRY, "claude-sonnet-4-5", "gpt-4o"),
    AZURE(Simulated.AZURE, "gpt-4o", "gemini-2.5-pro"),
    /// Over Responses, whatever the client speaks.
    RESPONSES(Simulated.AZURE, "gpt-4o-responses", "gemini-2.5-pro"),
    GOOGLE(Simulated.GEMINI, "gemini-2.5-pro", "claude-sonnet-4-5");

    private final Simulated provider;
    private final String deployment;
    private final String fallback;

    Primary(Simulated provider, String deployment, String fallback) {
      this.provider = provider;
      this.deployment = deployment;
      this.fallback = fallback;
    }

    /// The deployment's name at its provider.
    private String model() {
      return this == RESPONSES ? AZURE.deployment : deployment;
    }
  }

  @AutoClose private static final Rigs RIGS = new Rigs();

  @TestFactory
  Stream<DynamicContainer> everyFault() {
    return table().stream().map(row -> DynamicContainer.dynamicContainer(row.name(), cases(row)));
  }

  private static Stream<DynamicTest> cases(Row row) {
    List<Case> cases = new ArrayList<>();
    for (Primary primary : row.at()) {
      for (Wire client : Wire.values()) {
        for (String route : List.of("alone", "with-fallback")) {
          cases.add(new Case(row, primary, client, route, false));
          cases.add(new Case(row, primary, client, route, true));
        }
      }
    }
    return cases.stream().map(each -> DynamicTest.dynamicTest(each.toString(), each::run));
  }

  /// The limits in which a request is to be served when nothing waits for them, and those of one
  /// attempt where something does.
  private static final Config.Timeouts AMPLE =
      new Config.Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20));

  private static final Config.Timeouts SHORT =
      new Config.Timeouts(
          Duration.ofMillis(1200),
          Duration.ofMillis(1200),
          Duration.ofMillis(700),
          Duration.ofMillis(1200));

  private static Config config(Rig rig, Row row, Primary primary) {
    Config.Builder config = rig.config().timeouts(AMPLE);
    DeploymentConfig deployment = config.build().deployments().get(primary.deployment);
    return config
        .deployment(primary.deployment, deployment.withTimeouts(row.limits()))
        .retries(new Config.Retries(2, 6, Duration.ofMillis(2), Duration.ofSeconds(30)))
        .route("alone", RouteConfig.to(primary.deployment))
        .route("with-fallback", RouteConfig.inTurn(primary.deployment, primary.fallback))
        .build();
  }

  /// One exchange of the table.
  private record Case(Row row, Primary primary, Wire client, String route, boolean streamed) {
    private static final String PROMPT = "Describe the history of lighthouses.";

    void run() throws IOException, InterruptedException {
      RIGS.use(
          rig -> {
            try (Rig.Running running = rig.serve(config(rig, row, primary))) {
              row.fault()
                  .accept(rig.sandbox().faults().on(primary.provider).model(primary.model()));
              Told told = Told.by(client.request(running.address(), route, PROMPT, streamed));
              check(told, running.records().next(), rig.callsWhenQuiet());
              assertThat(running.records().rest()).as("records beside the first").isEmpty();
            }
          });
    }

    private Expected expected() {
      List<Expected> pair = streamed ? row.stream() : row.whole();
      return route.equals("alone") ? pair.getFirst() : pair.getLast();
    }

    private void check(Told told, RequestRecord record, List<Call> calls) {
      assertThat(told.header("x-auriga-route")).isEqualTo(route);
      assertThat(told.header("x-auriga-request")).isEqualTo(record.id());
      assertThat(record.streamed()).isEqualTo(streamed);
      switch (expected()) {
        case Expected.Answers(int attempts) -> {
          checkWhole(told, record, primary.deployment);
          assertThat(told.isDeclined(client)).isFalse();
          checkAttempts(told, record, calls, attempts);
        }
        case Expected.Declines() -> {
          checkWhole(told, record, primary.deployment);
          assertThat(told.isDeclined(client)).as(told.body()).isTrue();
          checkAttempts(told, record, calls, 1);
        }
        case Expected.FallsBack(int attempts) -> {
          checkWhole(told, record, primary.fallback);
          checkAttempts(told, record, calls, attempts);
          assertThat(calls.getLast().modelAsked()).isEqualTo(primary.fallback);
          assertThat(record.usage().total()).isEqualTo(total(calls.getLast()));
        }
        case Expected.Fails(Expected.Problem problem, int attempts) -> {
          assertThat(told.status()).as(told.body()).isEqualTo(problem.status(client));
          assertThat(told.cut()).isFalse();
          assertThat(told.problem(client)).as(told.body()).isEqualTo(problem.word(client, told));
          assertThat(told.header("x-auriga-served-by")).isEmpty();
          assertThat(record.ending()).isEqualTo(Ending.FAILED);
          checkAttempts(told, record, calls, attempts);
        }
        case Expected.BreaksOff(Expected.Problem problem) -> {
          assertThat(told.status()).isEqualTo(200);
          assertThat(told.events().stream().map(client::text))
              .as(told.body())
              .anyMatch(text -> !text.isEmpty());
          assertThat(told.problem(client)).as(told.body()).isEqualTo(problem.word(client, told));
          assertThat(client.hasTerminal(told.events())).as(told.body()).isFalse();
          // Google's clients take the proper end of a body for the end of the answer.
          assertThat(told.cut()).isEqualTo(client == Wire.GEMINI);
          assertThat(record.ending()).isEqualTo(Ending.TRUNCATED);
          assertThat(record.servedBy()).isEqualTo(primary.deployment);
          checkAttempts(told, record, calls, 1);
        }
      }
    }

    private void checkWhole(Told told, RequestRecord record, String server) {
      assertThat(told.isWhole(client)).as(told.toString()).isTrue();
      assertThat(told.header("x-auriga-served-by")).isEqualTo(server);
      assertThat(record.servedBy()).isEqualTo(server);
      assertThat(record.ending()).isEqualTo(Ending.COMPLETED);
    }

    private void checkAttempts(Told told, RequestRecord record, List<Call> calls, int attempts) {
      assertThat(told.header("x-auriga-attempts")).isEqualTo(Integer.toString(attempts));
      assertThat(record.attempts()).hasSize(attempts);
      assertThat(calls).as("calls upstream").hasSize(attempts);
    }

    private static long total(Call call) {
      return call.usage().allInput() + call.usage().allOutput();
    }

    @Override
    public String toString() {
      return "%s: %s client, %s %s, %s"
          .formatted(
              row.name(), client, primary.deployment, route, streamed ? "streamed" : "plain");
    }
  }
}
