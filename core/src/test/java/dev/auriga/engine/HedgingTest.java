// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.capability.Api;
import dev.auriga.capability.CapabilityBook;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Message;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.Glance;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.dialect.router.Routed;
import dev.auriga.observe.RequestRecord;
import dev.auriga.provider.Asked;
import dev.auriga.provider.Deployment;
import dev.auriga.provider.Limits;
import dev.auriga.provider.Provider;
import dev.auriga.provider.Reply;
import dev.auriga.resilience.Backoff;
import dev.auriga.resilience.CircuitBreaker;
import dev.auriga.resilience.Crew;
import dev.auriga.resilience.Deadline;
import dev.auriga.resilience.Room;
import dev.auriga.resilience.Time;
import dev.auriga.route.Allowed;
import dev.auriga.route.Hints;
import dev.auriga.route.Keywords;
import dev.auriga.route.Policy;
import dev.auriga.route.Route;
import dev.auriga.tokens.Estimates;
import dev.auriga.tokens.PlainEstimator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Hedges and shadows on real threads; who waits for whom is steered by latches, not by the clock.
class HedgingTest {
  private static final Caller DEV = new Caller("dev", Set.of(), Allowed.EVERYTHING, false, false);
  private static final Reply FAILED =
      new Reply.Failed(Failure.of(FailureKind.OVERLOADED, 529, "busy"));

  private final List<RequestRecord> records = new CopyOnWriteArrayList<>();
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final CountDownLatch shadowRecorded = new CountDownLatch(1);
  private final CountDownLatch shadows = new CountDownLatch(2);
  private Room room = new Room(1 << 20);
  private final AtomicInteger firstCalls = new AtomicInteger();
  private final AtomicInteger secondCalls = new AtomicInteger();

  private static Reply answer(Provider.Call call) {
    return new Reply.Whole(
        OpenAiChat.strict(), "{}".getBytes(StandardCharsets.UTF_8),
        new Glance(call.deployment().target().model(), new Usage(10, 0, 0, 0, 5, 0), StopReason.Known.END, true),
        null, List.of(), Headers.NONE, Routed.NOTHING);
  }

  /// Never answers; notes that it was interrupted.
  private Reply silence() throws InterruptedException {
    try {
      new CountDownLatch(1).await();
      throw new AssertionError("the latch has no other end");
    } catch (InterruptedException left) {
      interrupted.countDown();
      throw left;
    }
  }

  private Engine engine(Provider first, Provider second, Route route) {
    Fleet fleet =
        new Fleet(
            List.of(deployment("first", counting(first, firstCalls)), deployment("second", counting(second, secondCalls))),
            new CircuitBreaker.Settings(3, Duration.ofSeconds(30)), Time.SYSTEM);
    return new Engine(
        Policy.of(Map.of("r", route), Set.of("first", "second"), new Keywords()), fleet,
        new Attempts.Settings(
            1, new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)), Duration.ofSeconds(1),
            Duration.ofSeconds(1), Set.of()),
        new Engine.Surroundings(Time.SYSTEM, () -> new Random(1), Crew.Maker.VIRTUAL, room),
        new Estimates(new PlainEstimator(), Time.SYSTEM), List.of(this::record));
  }

  private void record(RequestRecord record) {
    records.add(record);
    if (record.shadowOf() != null) {
      shadowRecorded.countDown();
      shadows.countDown();
    }
  }

  private static Provider counting(Provider provider, AtomicInteger calls) {
    return call -> {
      calls.incrementAndGet();
      return provider.send(call);
    };
  }

  private static Deployment deployment(String name, Provider provider) {
    Target target =
        new Target(
            name, Target.Host.VENDOR,
            CapabilityBook.shipped(LocalDate.of(2026, 11, 1)).of(Api.OPENAI, name), 4000, 10_000);
    return new Deployment(name, "p", target, name, null, Limits.USUAL, provider);
  }

  private static Route hedge(Duration after) {
    return new Route.Hedge(new Route.To("first"), new Route.To("second"), after);
  }

  private static Purse purse() {
    return new Purse(Deadline.in(Duration.ofSeconds(30), Time.SYSTEM), 6, null);
  }

  private static Journey journey() {
    Asked request = Asked.of(CompletionRequest.to("r").message(Message.user("hello")).build());
    return new Journey(
        "r1", request, Caller.PROGRAM, Hints.NONE, purse());
  }

  @Test
  void theSecondAnswers_whenTheFirstIsSilent_andTheFirstIsCancelled() throws InterruptedException {
    Engine engine = engine(_ -> silence(), HedgingTest::answer, hedge(Duration.ofMillis(5)));
    Journey journey = journey();
    assertThat(engine.complete(journey)).isInstanceOf(Reply.Whole.class);
    assertThat(journey.servedBy()).isEqualTo("second");
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(records).extracting(RequestRecord::ending).containsExactly(RequestRecord.Ending.COMPLETED);
  }

  @Test
  void theSecondIsNotAsked_whenTheFirstAnswersInTime() throws InterruptedException {
    Engine engine = engine(HedgingTest::answer, HedgingTest::answer, hedge(Duration.ofSeconds(20)));
    Journey journey = journey();
    engine.complete(journey);
    assertThat(journey.servedBy()).isEqualTo("first");
    assertThat(secondCalls).hasValue(0);
  }

  @Test
  void theSecondIsTheFallback_whenTheFirstFailsInTime() throws InterruptedException {
    Engine engine = engine(_ -> FAILED, HedgingTest::answer, hedge(Duration.ofSeconds(20)));
    Journey journey = journey();
    engine.complete(journey);
    assertThat(journey.servedBy()).isEqualTo("second");
    assertThat(journey.attempts()).extracting(RequestRecord.Attempt::deployment).containsExactly("first", "second");
  }

  @Test
  void theFirstStillCounts_whenTheSecondFails() throws InterruptedException {
    CountDownLatch secondFailed = new CountDownLatch(1);
    Engine engine =
        engine(
            call -> {
              secondFailed.await();
              return answer(call);
            },
            _ -> {
              secondFailed.countDown();
              return FAILED;
            },
            hedge(Duration.ofMillis(5)));
    Journey journey = journey();
    assertThat(engine.complete(journey)).isInstanceOf(Reply.Whole.class);
    assertThat(journey.servedBy()).isEqualTo("first");
    assertThat(journey.attempts()).hasSize(2);
  }

  @Test
  void bothFail_onceEach() throws InterruptedException {
    Engine engine = engine(_ -> FAILED, _ -> FAILED, hedge(Duration.ofSeconds(20)));
    Journey journey = journey();
    assertThat(engine.complete(journey)).isInstanceOf(Reply.Failed.class);
    assertThat(firstCalls.get() + secondCalls.get()).isEqualTo(2);
  }

  @Test
  void aCallerThatLeaves_cancelsBoth() throws InterruptedException {
    CountDownLatch secondInterrupted = new CountDownLatch(1);
    CountDownLatch secondAsked = new CountDownLatch(1);
    Engine engine =
        engine(
            _ -> silence(),
            _ -> {
              secondAsked.countDown();
              try {
                new CountDownLatch(1).await();
                return FAILED;
              } catch (InterruptedException left) {
                secondInterrupted.countDown();
                throw left;
              }
            },
            hedge(Duration.ofMillis(5)));
    Thread caller =
        Thread.startVirtualThread(
            () -> {
              try {
                engine.complete(journey());
              } catch (InterruptedException left) {
                Thread.currentThread().interrupt();
              }
            });
    assertThat(secondAsked.await(10, TimeUnit.SECONDS)).isTrue();
    caller.interrupt();
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(secondInterrupted.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(caller.join(Duration.ofSeconds(10))).isTrue();
    assertThat(records).extracting(RequestRecord::ending).containsExactly(RequestRecord.Ending.CANCELLED);
  }

  @Test
  void whatCannotBeSaidToOne_isSaidToTheOther_andHidesNoFailure() throws InterruptedException {
    Provider unsayable =
        _ -> {
          throw new Refusal(Refusal.Kind.INVALID, "it takes no such thing", "messages[0]");
        };
    Journey first = journey();
    engine(unsayable, HedgingTest::answer, hedge(Duration.ofSeconds(20))).complete(first);
    assertThat(first.servedBy()).isEqualTo("second");

    Journey second = journey();
    engine(HedgingTest::answer, unsayable, hedge(Duration.ofSeconds(20))).complete(second);
    assertThat(second.servedBy()).isEqualTo("first");

    assertThat(engine(_ -> FAILED, unsayable, hedge(Duration.ofSeconds(20))).complete(journey()))
        .isEqualTo(FAILED);
    Engine neither = engine(unsayable, unsayable, hedge(Duration.ofSeconds(20)));
    assertThatThrownBy(() -> neither.complete(journey())).isInstanceOf(Refusal.class);
  }

  @Test
  void extraCalls_areAFewPercentOfAllWhenEverythingIsSlow() throws InterruptedException {
    Engine engine =
        engine(
            call -> {
              new CountDownLatch(1).await(3, TimeUnit.MILLISECONDS);
              return answer(call);
            },
            HedgingTest::answer, hedge(Duration.ofNanos(1)));
    for (int i = 0; i < 400; i++) {
      engine.complete(journey());
    }
    // Ten to begin with and five of a hundred.
    assertThat(secondCalls.get()).isBetween(10, 30);
  }

  @Test
  void aShadow_isRecordedAndToldToNobody() throws InterruptedException {
    CountDownLatch shadowMay = new CountDownLatch(1);
    Engine engine =
        engine(
            HedgingTest::answer,
            call -> {
              shadowMay.await();
              return answer(call);
            },
            new Route.Shadow(new Route.To("first"), new Route.To("second"), 1));
    Journey journey = journey();
    engine.complete(journey);
    assertThat(journey.servedBy()).isEqualTo("first");
    assertThat(records).extracting(RequestRecord::id).containsExactly("r1");
    shadowMay.countDown();
    assertThat(shadowRecorded.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(records.get(1).id()).isEqualTo("r1-shadow");
    assertThat(records.get(1).shadowOf()).isEqualTo("r1");
    assertThat(records.get(0).shadowOf()).isNull();
    assertThat(records.get(1).servedBy()).isEqualTo("second");
  }

  @Test
  void severalShadowsOfOneRequest_haveRecordsOfTheirOwn() throws InterruptedException {
    Route both =
        new Route.InTurn(
            List.of(
                new Route.Shadow(new Route.To("first"), new Route.To("second"), 1),
                new Route.Shadow(new Route.To("second"), new Route.To("first"), 1)));
    Engine engine = engine(_ -> FAILED, HedgingTest::answer, both);
    engine.complete(journey());
    assertThat(shadows.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(records.stream().filter(record -> record.shadowOf() != null).map(RequestRecord::id))
        .containsExactlyInAnyOrder("r1-shadow", "r1-shadow-2");
  }

  @Test
  void aShadow_takesRoomOfItsOwn_andIsLeftOutWhereThereIsNone() throws InterruptedException {
    room = new Room(100);
    CountDownLatch shadowMay = new CountDownLatch(1);
    Engine engine =
        engine(
            HedgingTest::answer,
            call -> {
              shadowMay.await();
              return answer(call);
            },
            new Route.Shadow(new Route.To("first"), new Route.To("second"), 1));
    engine.complete(journey());
    assertThat(room.taken()).as("while the shadow is under way").isBetween(1L, 100L);
    engine.complete(journey());
    shadowMay.countDown();
    assertThat(shadowRecorded.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(secondCalls).as("there was room for one").hasValue(1);
    assertThat(records).hasSize(3);
  }

  /// Ten hedges may be made to begin with; those that were not made are not counted.
  @Test
  void aHedgeTheRequestCannotPayFor_isNotCountedAsOne() throws InterruptedException {
    Engine engine =
        engine(
            call -> {
              new CountDownLatch(1).await(3, TimeUnit.MILLISECONDS);
              return answer(call);
            },
            HedgingTest::answer, hedge(Duration.ofNanos(1)));
    for (int i = 0; i < 60; i++) {
      Asked request = Asked.of(CompletionRequest.to("r").message(Message.user("hello")).build());
      Purse one = new Purse(Deadline.in(Duration.ofSeconds(30), Time.SYSTEM), 1, null);
      engine.complete(new Journey("o" + i, request, Caller.PROGRAM, Hints.NONE, one));
    }
    int before = secondCalls.get();
    for (int i = 0; i < 20; i++) {
      engine.complete(journey());
    }
    assertThat(secondCalls.get() - before).isGreaterThan(6);
  }

  @Test
  void aSession_staysWhereItWas_andOutcomesAreLearned() throws InterruptedException {
    Engine engine =
        engine(
            HedgingTest::answer, HedgingTest::answer,
            new Route.Best(
                List.of(new Route.To("first"), new Route.To("second")), Route.Best.Mode.QUALITY));
    Set<String> servers = new java.util.HashSet<>();
    for (int i = 0; i < 20; i++) {
      Asked request = Asked.of(CompletionRequest.to("r").message(Message.user("hello")).build());
      Journey journey =
          new Journey(
              "s" + i, request, Caller.PROGRAM, Hints.NONE.inSession("abc"),
              purse());
      engine.complete(journey);
      servers.add(journey.servedBy());
    }
    assertThat(servers).hasSize(1);
    assertThat(engine.cameOut("s3", DEV, 1)).as("another's request").isFalse();
    assertThat(engine.cameOut("s3", Caller.PROGRAM, 1)).isTrue();
    assertThat(engine.cameOut("s3", Caller.PROGRAM, 1)).isFalse();
    assertThat(engine.cameOut("nobody", Caller.PROGRAM, 1)).isFalse();

    for (int i = 0; i < 300; i++) {
      Asked request = Asked.of(CompletionRequest.to("r").message(Message.user("hello")).build());
      Journey journey =
          new Journey(
              "l" + i, request, Caller.PROGRAM, Hints.NONE, purse());
      engine.complete(journey);
      engine.cameOut("l" + i, Caller.PROGRAM, "first".equals(journey.servedBy()) ? 0 : 1);
    }
    int before = secondCalls.get();
    for (int i = 0; i < 100; i++) {
      engine.complete(journey());
    }
    assertThat(secondCalls.get() - before).isGreaterThan(80);
  }
}
