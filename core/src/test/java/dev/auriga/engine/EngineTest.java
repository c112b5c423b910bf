// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.EmbeddingRequest;
import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Message;
import dev.auriga.completion.Refusal;
import dev.auriga.dialect.Problem;
import dev.auriga.dialect.Targets;
import dev.auriga.dialect.router.ModelRouter;
import dev.auriga.dialect.router.Router;
import dev.auriga.ledger.Cost;
import dev.auriga.observe.RequestRecord;
import dev.auriga.observe.RequestRecord.Ending;
import dev.auriga.provider.Asked;
import dev.auriga.provider.Deployment;
import dev.auriga.provider.Limits;
import dev.auriga.provider.Provider;
import dev.auriga.provider.Reply;
import dev.auriga.resilience.Backoff;
import dev.auriga.resilience.CircuitBreaker;
import dev.auriga.resilience.Crew;
import dev.auriga.resilience.Deadline;
import dev.auriga.resilience.FakeTime;
import dev.auriga.resilience.Slots;
import dev.auriga.resilience.Room;
import dev.auriga.route.Allowed;
import dev.auriga.route.Hints;
import dev.auriga.route.Keywords;
import dev.auriga.route.Policy;
import dev.auriga.route.Route;
import dev.auriga.tokens.Estimates;
import dev.auriga.tokens.PlainEstimator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineTest {
  private static final Failure FILTERED =
      Failure.of(FailureKind.CONTENT_FILTERED, 400, "the prompt was filtered");
  private static final Failure CONTROL_REFUSED = Failure.of(FailureKind.CONTROL_REFUSED, 400, "routing_config");
  private static final Failure STATE_REFUSED = Failure.of(FailureKind.STATE_REFUSED, 400, "signature");
  private static final Failure BUSY = Failure.of(FailureKind.OVERLOADED, 529, "busy");

  private final FakeTime time = new FakeTime();
  private final List<RequestRecord> records = new ArrayList<>();
  private final ScriptedProvider claude = new ScriptedProvider();
  private final ScriptedProvider gpt = new ScriptedProvider();
  private final ScriptedProvider router = new ScriptedProvider();
  private final ScriptedProvider subset = new ScriptedProvider();
  private final Fleet fleet =
      new Fleet(
          List.of(
              deployment("claude-sonnet-4-5", null, claude),
              deployment("gpt-4o", null, gpt),
              deployment("model-router", ModelRouter.PLAIN, router),
              deployment(
                  "gpt-4o-mini",
                  new ModelRouter(new ModelRouter.Controls("cost", List.of("gpt-5-nano"), true)), subset)),
          new CircuitBreaker.Settings(3, Duration.ofSeconds(30)), time);
  private final Engine engine = engine();

  private Engine engine() {
    return new Engine(
        Policy.of(
            Map.of("both", inTurn("claude-sonnet-4-5", "gpt-4o"),
                "reversed", inTurn("gpt-4o", "claude-sonnet-4-5"),
                "three", inTurn("claude-sonnet-4-5", "gpt-4o", "model-router")),
            Set.of("claude-sonnet-4-5", "gpt-4o", "model-router", "gpt-4o-mini"), new Keywords()),
        fleet,
        new Attempts.Settings(
            2, new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5)), Duration.ofSeconds(20),
            Duration.ofSeconds(1), Set.of("three")),
        new Engine.Surroundings(time, () -> new Random(1), Crew.Maker.VIRTUAL, new Room(1 << 20)),
        new Estimates(new PlainEstimator(), time), List.of(records::add));
  }

  private static Route inTurn(String... deployments) {
    return new Route.InTurn(Stream.of(deployments).<Route>map(Route.To::new).toList());
  }

  /// gpt-4o bears one call at a time, and lets nobody wait.
  private static Deployment deployment(String name, Router router, ScriptedProvider provider) {
    Limits limits =
        name.equals("gpt-4o")
            ? new Limits(Limits.USUAL.timeouts(), 1 << 20, 1 << 20, new Slots.Settings(1, 0))
            : Limits.USUAL;
    return new Deployment(name, "p", Targets.openAi(name, 4000, 10_000), name, router, limits, provider);
  }

  private Journey journey(String route, Caller caller) {
    return journey(route, caller, Duration.ofMinutes(10));
  }

  private Journey journey(String route, Caller caller, Duration limit) {
    Asked asked = Asked.of(CompletionRequest.to(route).message(Message.user("hello")).build());
    return new Journey("r1", asked, caller, Hints.NONE, new Purse(Deadline.in(limit, time), 6, null));
  }

  private static Journey journey(String route, Purse purse) {
    Asked asked = Asked.of(CompletionRequest.to(route).maxTokens(100).message(Message.user("hello")).build());
    return new Journey("r1", asked, Caller.PROGRAM, Hints.NONE, purse);
  }

  private Journey complete(String route) throws InterruptedException {
    Journey journey = journey(route, Caller.PROGRAM);
    engine.complete(journey);
    return journey;
  }

  @Test
  void aWholeAnswer_isSettledAndRecorded() throws InterruptedException {
    Journey journey = complete("both");
    assertThat(journey.servedBy()).isEqualTo("claude-sonnet-4-5");
    // 1,000 input tokens at $3 and 500 output tokens at $15 a million.
    assertThat(journey.cost()).isInstanceOfSatisfying(Cost.Priced.class, cost -> assertThat(cost.micros()).isEqualTo(10_500));
    assertThat(records).singleElement().satisfies(record -> {
      assertThat(record.ending()).isEqualTo(Ending.COMPLETED);
      assertThat(record.attempts()).singleElement().satisfies(attempt -> assertThat(attempt.failure()).isNull());
    });
  }

  @Test
  void aFailureIsRetried_afterABackoff() throws InterruptedException {
    claude.failing(BUSY);
    Journey journey = complete("both");
    assertThat(journey.servedBy()).isEqualTo("claude-sonnet-4-5");
    assertThat(claude.asked()).hasSize(2);
    assertThat(gpt.asked()).isEmpty();
    assertThat(time.slept()).singleElement().satisfies(wait -> assertThat(wait).isBetween(Duration.ofMillis(100), Duration.ofMillis(200)));
  }

  @Test
  void whereStateIsRefused_theSameIsAskedOnceMoreWithout_atOnce() throws InterruptedException {
    claude.failing(STATE_REFUSED);
    Journey journey = complete("both");
    assertThat(journey.servedBy()).isEqualTo("claude-sonnet-4-5");
    assertThat(claude.states()).containsExactly(Provider.State.KEPT, Provider.State.DROPPED);
    assertThat(time.slept()).isEmpty();
    assertThat(fleet.breaker("claude-sonnet-4-5").cooldownLeft()).isZero();
  }

  @Test
  void whereStateIsStillRefused_itIsNotTriedAThirdTime() throws InterruptedException {
    claude.failingForGood(STATE_REFUSED);
    assertThat(complete("both").servedBy()).isEqualTo("gpt-4o");
    assertThat(claude.asked()).hasSize(2);
    assertThat(gpt.states()).containsExactly(Provider.State.KEPT);
  }

  @Test
  void whereARouterRefusesToBeTold_itIsLeftToItself_forAWhile() throws InterruptedException {
    router.failing(CONTROL_REFUSED);
    assertThat(complete("model-router").servedBy()).isEqualTo("model-router");
    complete("model-router");
    time.pass(Duration.ofMinutes(10));
    complete("model-router");
    assertThat(router.controls())
        .containsExactly(
            Provider.Controls.SENT, Provider.Controls.WITHHELD, Provider.Controls.WITHHELD, Provider.Controls.SENT);
    assertThat(time.slept()).isEmpty();
    assertThat(fleet.breaker("model-router").cooldownLeft()).isZero();
  }

  @Test
  void whatEachRefuses_isLeftOutTogether() throws InterruptedException {
    router.failing(CONTROL_REFUSED, STATE_REFUSED);
    complete("model-router");
    assertThat(router.controls())
        .containsExactly(Provider.Controls.SENT, Provider.Controls.WITHHELD, Provider.Controls.WITHHELD);
    assertThat(router.states())
        .containsExactly(Provider.State.KEPT, Provider.State.KEPT, Provider.State.DROPPED);
  }

  /// Left to itself it may choose any model, so that nothing bounds what it costs.
  @Test
  void aRouterLeftToItself_isNotAskedWithinALimitOfCost() throws InterruptedException {
    subset.failing(CONTROL_REFUSED);
    Journey journey = journey("gpt-4o-mini", new Purse(Deadline.in(Duration.ofMinutes(1), time), 6, 1_000_000L));
    assertThat(engine.complete(journey))
        .isInstanceOfSatisfying(
            Reply.Failed.class, failed -> assertThat(failed.failure().kind()).isEqualTo(FailureKind.CONTROL_REFUSED));
    assertThat(subset.controls()).containsExactly(Provider.Controls.SENT);
    assertThat(complete("gpt-4o-mini").servedBy()).isEqualTo("gpt-4o-mini");
    assertThat(subset.controls()).containsExactly(Provider.Controls.SENT, Provider.Controls.WITHHELD);
  }

  /// The attempt without state is one of the same kind: it may be retried for other reasons.
  @Test
  void withoutState_retriesGoOnWithout() throws InterruptedException {
    claude.failing(STATE_REFUSED, BUSY);
    assertThat(complete("claude-sonnet-4-5").servedBy()).isEqualTo("claude-sonnet-4-5");
    assertThat(claude.states())
        .containsExactly(Provider.State.KEPT, Provider.State.DROPPED, Provider.State.DROPPED);
  }

  @Test
  void anotherFaultOfTheRequest_isNotTriedWithoutState() throws InterruptedException {
    claude.failing(Failure.of(FailureKind.INVALID, 400, "wrong"));
    complete("claude-sonnet-4-5");
    assertThat(claude.states()).containsExactly(Provider.State.KEPT);
  }

  @Test
  void afterTheLastRetry_theNextDeploymentIsAsked() throws InterruptedException {
    claude.failingForGood(BUSY);
    Journey journey = complete("both");
    assertThat(journey.servedBy()).isEqualTo("gpt-4o");
    assertThat(journey.attempts()).extracting(RequestRecord.Attempt::deployment)
        .containsExactly("claude-sonnet-4-5", "claude-sonnet-4-5", "gpt-4o");
  }

  @Test
  void whatCannotBeSaidToThePrimary_isSaidToTheNext_andRefusedWhereNobodyTakesIt()
      throws InterruptedException {
    Refusal audio = new Refusal(Refusal.Kind.INVALID, "messages[0].content[0]: no audio");
    claude.throwing(audio);
    assertThat(complete("both").servedBy()).isEqualTo("gpt-4o");

    gpt.throwing(new Refusal(Refusal.Kind.INVALID, "n: one answer"));
    assertThatThrownBy(() -> complete("both")).isSameAs(audio);
  }

  @Test
  void aLongRetryAfter_isNotWaitedFor_whenAnotherCanServe() throws InterruptedException {
    claude.failing(new Failure(FailureKind.RATE_LIMITED, 429, "later", Duration.ofSeconds(30), null));
    assertThat(complete("both").servedBy()).isEqualTo("gpt-4o");
    assertThat(time.slept()).isEmpty();
    assertThat(fleet.breaker("claude-sonnet-4-5").cooldownLeft()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void retryAfter_isHonoured_whenNothingElseCanServe() throws InterruptedException {
    gpt.failing(new Failure(FailureKind.RATE_LIMITED, 429, "later", Duration.ofSeconds(12), null));
    assertThat(complete("gpt-4o").servedBy()).isEqualTo("gpt-4o");
    assertThat(time.slept()).containsExactly(Duration.ofSeconds(12));
  }

  @ParameterizedTest
  @EnumSource(value = FailureKind.class, mode = EnumSource.Mode.EXCLUDE, names = "TOO_LONG")
  void eachKind_retriesAndFallsBack_asItSays(FailureKind kind) throws InterruptedException {
    claude.failingForGood(Failure.of(kind, "no"));
    Journey journey = complete("both");
    assertThat(claude.asked()).hasSize(
        kind.retries() || kind == FailureKind.STATE_REFUSED || kind == FailureKind.CONTROL_REFUSED ? 2 : 1);
    assertThat(gpt.asked()).hasSize(kind.fallsBack() ? 1 : 0);
    assertThat(journey.servedBy()).isEqualTo(kind.fallsBack() ? "gpt-4o" : null);
  }

  @Test
  void whenNobodyAnswers_everyAttemptIsTold() throws InterruptedException {
    claude.failingForGood(BUSY);
    gpt.failingForGood(Failure.of(FailureKind.UNREACHABLE, "connection refused"));
    Journey journey = journey("both", Caller.PROGRAM);
    Reply reply = engine.complete(journey);
    Problem problem = Telling.problem(journey, ((Reply.Failed) reply).failure());
    assertThat(problem.kind()).isEqualTo(Problem.Kind.OVERLOADED);
    assertThat(problem.message())
        .isEqualTo("no deployment could answer, 4 attempts: claude-sonnet-4-5: overloaded (busy);"
            + " claude-sonnet-4-5: overloaded (busy); gpt-4o: unreachable (connection refused);"
            + " gpt-4o: unreachable (connection refused)");
    assertThat(records).singleElement().satisfies(record -> assertThat(record.ending()).isEqualTo(Ending.FAILED));
  }

  @Test
  void aFailingDeployment_isLeftAlone_untilItsCooldownIsOver() throws InterruptedException {
    claude.failing(BUSY, BUSY, BUSY);
    complete("both");
    complete("both");
    assertThat(fleet.breaker("claude-sonnet-4-5").cooldownLeft()).isPositive();
    int before = claude.asked().size();
    assertThat(complete("both").servedBy()).isEqualTo("gpt-4o");
    assertThat(claude.asked()).hasSize(before);
    time.pass(Duration.ofSeconds(31));
    assertThat(complete("both").servedBy()).isEqualTo("claude-sonnet-4-5");
  }

  @Test
  void aWholeAnswer_mayTakeHalfOfTheTime_whileAnotherCanServe() throws InterruptedException {
    claude.failingForGood(Failure.of(FailureKind.TIMED_OUT, "no answer in time"));
    complete("both");
    assertThat(claude.granted()).containsExactly(Duration.ofMinutes(5));
    assertThat(gpt.granted()).containsExactly(Duration.ofMinutes(10));
  }

  @Test
  void noAttemptIsStarted_afterTheDeadline() throws InterruptedException {
    Journey journey = journey("both", Caller.PROGRAM);
    time.pass(Duration.ofMinutes(11));
    assertThat(engine.complete(journey)).isInstanceOf(Reply.Failed.class);
    assertThat(claude.asked()).isEmpty();
    assertThat(gpt.asked()).isEmpty();
  }

  @Test
  void aDeadlineOfTheCallers_takesNoDeploymentOut() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      Journey journey = journey("both", Caller.PROGRAM);
      time.pass(Duration.ofMinutes(11));
      engine.complete(journey);
    }
    assertThat(fleet.breaker("claude-sonnet-4-5").cooldownLeft()).as("was never asked").isZero();

    claude.failingForGood(Failure.of(FailureKind.TIMED_OUT, "no answer in time")).taking(Duration.ofSeconds(2), time);
    for (int i = 0; i < 5; i++) {
      engine.complete(journey("both", Caller.PROGRAM, Duration.ofSeconds(2)));
    }
    assertThat(fleet.breaker("claude-sonnet-4-5").cooldownLeft()).as("had two seconds").isZero();

    claude.taking(Duration.ofSeconds(60), time);
    for (int i = 0; i < 3; i++) {
      engine.complete(journey("both", Caller.PROGRAM, Duration.ofSeconds(60)));
    }
    assertThat(fleet.breaker("claude-sonnet-4-5").cooldownLeft()).as("had its time").isPositive();
  }

  @Test
  void whenTheAttemptsAreUsedUp_theLastFailureIsTold() throws InterruptedException {
    claude.failingForGood(BUSY);
    gpt.failingForGood(BUSY);
    router.failingForGood(BUSY);
    Journey journey = journey("three", new Purse(Deadline.in(Duration.ofMinutes(10), time), 3, null));
    Reply reply = engine.complete(journey);
    assertThat(journey.attemptCount()).isEqualTo(3);
    assertThat(Telling.problem(journey, ((Reply.Failed) reply).failure()).kind()).isEqualTo(Problem.Kind.OVERLOADED);
    assertThat(router.asked()).isEmpty();
  }

  @Test
  void whatMayCostMoreThanIsLeft_isNotStarted_andTheFailureBeforeItIsTold() throws InterruptedException {
    claude.failingForGood(Failure.of(FailureKind.TIMED_OUT, "silence"));
    // The most claude may cost is 2,088 µ$ (100 tokens of output at $15, 98 of input at $6 a million), and a
    // call that timed out may have been billed.
    Purse purse = new Purse(Deadline.in(Duration.ofMinutes(10), time), 6, 2_500L);
    Journey journey = journey("both", purse);
    Reply reply = engine.complete(journey);
    assertThat(((Reply.Failed) reply).failure().kind()).isEqualTo(FailureKind.TIMED_OUT);
    assertThat(gpt.asked()).as("at most $10 for a million tokens of output").isEmpty();
    assertThat(purse.committed()).isPositive().isLessThanOrEqualTo(2_500);
  }

  @Test
  void whatIsTooLong_goesOnlyWhereMoreFits() throws InterruptedException {
    claude.failing(Failure.of(FailureKind.TOO_LONG, 400, "prompt is too long"));
    Journey journey = complete("both");
    assertThat(gpt.asked()).as("it takes 128,000 tokens, claude 200,000").isEmpty();
    assertThat(journey.servedBy()).isNull();
    gpt.failing(Failure.of(FailureKind.TOO_LONG, 400, "prompt is too long"));
    assertThat(complete("reversed").servedBy()).isEqualTo("claude-sonnet-4-5");
  }

  @Test
  void aContentFilter_endsARequest_unlessItsRouteGoesOn() throws InterruptedException {
    claude.failing(FILTERED, FILTERED);
    assertThat(complete("both").servedBy()).isNull();
    assertThat(gpt.asked()).isEmpty();
    assertThat(complete("three").servedBy()).as("the route says so").isEqualTo("gpt-4o");
  }

  @Test
  void aDeploymentThatAils_getsFewOfTheCallsThatFailedElsewhere() throws InterruptedException {
    claude.failingForGood(Failure.of(FailureKind.UNKNOWN, "down"));
    gpt.failingForGood(Failure.of(FailureKind.UNKNOWN, "down too"));
    for (int i = 0; i < 1_000; i++) {
      engine.complete(journey("both", Caller.PROGRAM));
    }
    assertThat(claude.asked().size() + gpt.asked().size()).isBetween(1_000, 1_240);
  }

  @Test
  void aFallbackThatFailedOnce_isTriedAgain_alsoWhereThePrimaryFailsWithoutCoolingDown() throws InterruptedException {
    claude.failingForGood(Failure.of(FailureKind.UNAUTHORISED, 401, "no"));
    gpt.failing(Failure.of(FailureKind.UNKNOWN, "down"), Failure.of(FailureKind.UNKNOWN, "down"));
    int served = 0;
    for (int i = 0; i < 200; i++) {
      time.pass(Duration.ofSeconds(10));
      served += complete("both").servedBy() == null ? 0 : 1;
    }
    assertThat(served).isGreaterThan(180);
  }

  @Test
  void aKeyThatHasASuccessor_isNoFaultOfTheDeployment_andCostsNoWait() throws InterruptedException {
    claude.refusingKeys(3);
    Journey journey = complete("both");
    assertThat(journey.servedBy()).isEqualTo("claude-sonnet-4-5");
    assertThat(claude.asked()).hasSize(4);
    assertThat(time.slept()).isEmpty();
    assertThat(fleet.breaker("claude-sonnet-4-5").isAiling()).isFalse();
  }

  @Test
  void limitedKeys_leaveAnAttemptForTheFallback() throws InterruptedException {
    claude.refusingKeys(20);
    Journey journey = complete("both");
    assertThat(journey.servedBy()).isEqualTo("gpt-4o");
    assertThat(claude.asked()).as("of six attempts").hasSize(5);
    assertThat(complete("claude-sonnet-4-5").attemptCount()).as("where there is no fallback").isEqualTo(6);
  }

  @Test
  void aRetry_leavesAnAttemptForTheFallback() throws InterruptedException {
    claude.failingForGood(BUSY);
    Journey journey = journey("both", new Purse(Deadline.in(Duration.ofMinutes(10), time), 2, null));
    engine.complete(journey);
    assertThat(journey.servedBy()).isEqualTo("gpt-4o");
    assertThat(claude.asked()).hasSize(1);
  }

  @Test
  void whereAllSlotsAreTaken_theFallbackIsAskedAtOnce_andNothingIsTriedAgain() throws InterruptedException {
    Slots slots = fleet.slots("gpt-4o");
    Slots.Slot only = Objects.requireNonNull(slots.take(Duration.ZERO, Duration.ofMinutes(1)));
    assertThat(complete("reversed").servedBy()).isEqualTo("claude-sonnet-4-5");
    assertThat(gpt.asked()).isEmpty();
    Journey alone = journey("gpt-4o", Caller.PROGRAM);
    Reply reply = engine.complete(alone);
    assertThat(((Reply.Failed) reply).failure().kind()).isEqualTo(FailureKind.OVERLOADED);
    assertThat(alone.attemptCount()).isZero();
    assertThat(time.slept()).isEmpty();
    only.close();
    assertThat(complete("gpt-4o").servedBy()).isEqualTo("gpt-4o");
  }

  @Test
  void anAnswerThatCannotBeTold_isPaidForAllTheSame() {
    claude.completingEmbeddings();
    Journey journey =
        new Journey(
            "r1", Asked.toEmbed(EmbeddingRequest.of("claude-sonnet-4-5", List.of("hello"))), Caller.PROGRAM,
            Hints.NONE, new Purse(Deadline.in(Duration.ofMinutes(1), time), 6, 10_000_000L));
    assertThatThrownBy(() -> engine.complete(journey)).isInstanceOf(IllegalStateException.class);
    assertThat(records).singleElement().satisfies(
        record -> {
          assertThat(record.ending()).isEqualTo(Ending.FAILED);
          assertThat(record.cost()).isInstanceOfSatisfying(Cost.Priced.class, cost -> assertThat(cost.micros()).isEqualTo(10_500));
        });
    assertThat(journey.purse().held()).isZero();
    assertThat(journey.purse().committed()).isEqualTo(10_500);
  }

  @Test
  void aFaultOfOurOwn_isRecordedToo() {
    claude.throwing(new IllegalStateException("a bug"));
    assertThatThrownBy(() -> complete("both")).isInstanceOf(IllegalStateException.class);
    assertThat(records).singleElement().satisfies(record -> assertThat(record.ending()).isEqualTo(Ending.FAILED));
  }

  @Test
  void aRoutersAnswer_isServedByTheModel_andCostsTheFeeToo() throws InterruptedException {
    Journey journey = complete("model-router");
    assertThat(journey.servedBy()).isEqualTo("model-router");
    assertThat(journey.cost()).as("the reply names the router itself, which has no price").isInstanceOf(Cost.Unpriced.class);
  }

  @Test
  void aKeyMayNameOnlyItsRoutes() {
    Journey journey = journey("both", new Caller("dev", Set.of("gpt-4o"), Allowed.EVERYTHING, false, false));
    assertThatThrownBy(() -> engine.complete(journey))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.FORBIDDEN))
        .hasMessage("the key \"dev\" may not use \"both\"; it may use: gpt-4o");
    assertThat(records).singleElement().satisfies(record -> assertThat(record.ending()).isEqualTo(Ending.REFUSED));
    assertThatThrownBy(() -> engine.explain(journey("both", new Caller("dev", Set.of("gpt-4o"), Allowed.EVERYTHING, false, false))))
        .as("nor be told what it is").isInstanceOf(Refusal.class);
  }

  @Test
  void aRefusedCredential_isNoReasonToTryAgain() throws InterruptedException {
    Failure refused = Failure.of(FailureKind.UNAUTHORISED, 401, "no");
    claude.failing(refused, refused);
    gpt.failing(refused, refused);
    Journey journey = journey("both", Caller.PROGRAM);
    Reply reply = engine.complete(journey);
    assertThat(journey.attemptCount()).as("there is no other credential").isEqualTo(2);
    assertThat(Telling.problem(journey, ((Reply.Failed) reply).failure()).retryAfter()).isNull();
  }

  @Test
  void aCallersShortDeadline_isNotHeldAgainstADeployment_thatHadNoTimeToAnswer() throws InterruptedException {
    claude.failingForGood(Failure.of(FailureKind.TIMED_OUT, "no answer in time")).taking(Duration.ofMillis(1), time);
    for (int i = 0; i < 4; i++) {
      engine.complete(journey("both", Caller.PROGRAM, Duration.ofMillis(2)));
    }
    assertThat(fleet.breaker("claude-sonnet-4-5").cooldownLeft()).isZero();
  }
}
