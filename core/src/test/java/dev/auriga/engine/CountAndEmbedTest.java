// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.EmbeddingRequest;
import dev.auriga.completion.Embeddings;
import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Fidelity;
import dev.auriga.completion.Message;
import dev.auriga.completion.Operation;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.TokenCount;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.Targets;
import dev.auriga.ledger.Cost;
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
import dev.auriga.resilience.FakeTime;
import dev.auriga.resilience.Room;
import dev.auriga.route.Decision;
import dev.auriga.route.Hints;
import dev.auriga.route.Keywords;
import dev.auriga.route.Policy;
import dev.auriga.route.Route;
import dev.auriga.tokens.Estimates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Counting and embedding are requests like any other: routed, tried again, recorded.
class CountAndEmbedTest {
  private static final Failure BUSY = Failure.of(FailureKind.OVERLOADED, 529, "busy");
  private static final Failure ABSENT = Failure.of(FailureKind.NOT_FOUND, 404, "no such address");

  /// Does what it was made for, and gives its replies in turn.
  private static final class Scripted implements Provider {
    private final Set<Operation> operations;
    private final List<Reply> replies;
    private int calls;

    Scripted(Set<Operation> operations, Reply... replies) {
      this.operations = operations;
      this.replies = List.of(replies);
    }

    @Override
    public boolean does(Operation operation) {
      return operations.contains(operation);
    }

    @Override
    public Reply send(Call call) {
      return replies.get(Math.min(calls++, replies.size() - 1));
    }
  }

  private final FakeTime time = new FakeTime();
  private final List<RequestRecord> records = new ArrayList<>();
  /// A token for each letter.
  private final Estimates estimates = new Estimates(String::length, time);

  @AfterEach
  void close() {
    estimates.close();
  }

  private static Deployment deployment(String name, Provider via) {
    return new Deployment(
        name, "p", Targets.openAi(name, 4000, 10_000), name, null, Limits.USUAL, via);
  }

  private Journey perform(Asked asked, Provider first, Provider second) throws InterruptedException {
    return perform(asked, Hints.NONE, first, second);
  }

  private Journey perform(Asked asked, Hints hints, Provider first, Provider second)
      throws InterruptedException {
    Journey journey =
        new Journey("r1", asked, Caller.PROGRAM, hints, new Purse(Deadline.in(Duration.ofMinutes(1), time), 6, null));
    last = engine(first, second).complete(journey);
    return journey;
  }

  private Reply last;

  private Engine engine(Provider first, Provider second) {
    Fleet fleet =
        new Fleet(
            List.of(deployment("text-embedding-3-small", first), deployment("second", second)),
            new CircuitBreaker.Settings(3, Duration.ofSeconds(30)), time);
    Policy policy =
        Policy.of(
            Map.of(
                "both",
                new Route.InTurn(List.of(new Route.To("text-embedding-3-small"), new Route.To("second")))),
            Set.of("text-embedding-3-small", "second"), new Keywords());
    Attempts.Settings settings =
        new Attempts.Settings(
            2, new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5)), Duration.ofSeconds(20),
            Duration.ofSeconds(1), Set.of());
    return new Engine(
        policy, fleet, settings,
        new Engine.Surroundings(time, () -> new Random(1), Crew.Maker.VIRTUAL, new Room(1 << 20)), estimates,
        List.of(records::add));
  }

  private static Asked counting() {
    return Asked.toCount(CompletionRequest.to("both").message(Message.user("hello")).build());
  }

  private static Asked embedding() {
    return Asked.toEmbed(EmbeddingRequest.of("both", List.of("abc", "de")));
  }

  private static Reply counted(long tokens) {
    return new Reply.Counted(TokenCount.counted(tokens), List.of());
  }

  private static Reply embedded(TokenCount count) {
    return new Reply.Embedded(
        new byte[0], new Embeddings("text-embedding-3-small", List.of(), count),
        Reply.Passing.TRANSLATED, List.of());
  }

  private TokenCount count() {
    return ((Reply.Counted) last).count();
  }

  @Test
  void aProvidersCount_isTold_andRecordedWithoutUsage() throws InterruptedException {
    Scripted counts = new Scripted(Set.of(Operation.COUNT), counted(42));
    perform(counting(), counts, counts);
    assertThat(count()).isEqualTo(TokenCount.counted(42));
    assertThat(records).singleElement().satisfies(record -> {
      assertThat(record.operation()).isEqualTo(Operation.COUNT);
      assertThat(record.ending()).isEqualTo(RequestRecord.Ending.COMPLETED);
      assertThat(record.usage()).isNull();
      assertThat(record.cost()).isNull();
    });
  }

  @Test
  void aCountThatFails_isTriedAgain_andThenElsewhere() throws InterruptedException {
    Scripted busy = new Scripted(Set.of(Operation.COUNT), new Reply.Failed(BUSY));
    Journey journey = perform(counting(), busy, new Scripted(Set.of(Operation.COUNT), counted(42)));
    assertThat(count()).isEqualTo(TokenCount.counted(42));
    assertThat(journey.servedBy()).isEqualTo("second");
    assertThat(journey.attemptCount()).isEqualTo(3);
  }

  @Test
  void whereNoProviderCounts_itIsEstimated_withoutAnAttempt() throws InterruptedException {
    Scripted none = new Scripted(Set.of());
    Journey journey = perform(counting(), none, none);
    // Five letters, and the framing of a message and of the prompt.
    assertThat(count()).isEqualTo(TokenCount.estimated(5 + 7));
    assertThat(none.calls).isZero();
    assertThat(journey.attemptCount()).isZero();
    assertThat(journey.servedBy()).isEqualTo("text-embedding-3-small");
  }

  /// Nothing of the request is lost by an estimate, and it says that it is one.
  @Test
  void underStrictFidelity_itIsEstimatedToo_andMarked() throws InterruptedException {
    Scripted none = new Scripted(Set.of());
    Journey journey = perform(counting(), Hints.NONE.keeping(Fidelity.STRICT), none, none);
    assertThat(count()).isEqualTo(TokenCount.estimated(5 + 7));
    assertThat(journey.losses()).isEmpty();
  }

  @Test
  void whereTheQuestionIsUnknown_itIsEstimated_afterTheAttempt() throws InterruptedException {
    Scripted unknown = new Scripted(Set.of(Operation.COUNT), new Reply.Failed(ABSENT));
    Journey journey = perform(counting(), unknown, unknown);
    assertThat(count().isEstimate()).isTrue();
    assertThat(journey.attempts()).singleElement()
        .satisfies(attempt -> assertThat(attempt.failure()).isEqualTo(ABSENT));
  }

  @Test
  void embeddings_areBookedByTheirInput() throws InterruptedException {
    Scripted embeds = new Scripted(Set.of(Operation.EMBEDDING), embedded(TokenCount.counted(1_000_000)));
    Journey journey = perform(embedding(), embeds, embeds);
    assertThat(journey.usage()).isEqualTo(new Usage(1_000_000, 0, 0, 0, 0, 0));
    assertThat(journey.cost())
        .isInstanceOfSatisfying(Cost.Priced.class, cost -> assertThat(cost.micros()).isEqualTo(20_000));
    assertThat(records).singleElement()
        .satisfies(record -> assertThat(record.operation()).isEqualTo(Operation.EMBEDDING));
  }

  @Test
  void anInputNobodyCounted_isEstimated() throws InterruptedException {
    Scripted embeds = new Scripted(Set.of(Operation.EMBEDDING), embedded(null));
    Journey journey = perform(embedding(), embeds, embeds);
    assertThat(((Reply.Embedded) last).embeddings().inputTokens()).isEqualTo(TokenCount.estimated(5));
    assertThat(journey.usage()).isEqualTo(new Usage(5, 0, 0, 0, 0, 0));
  }

  @Test
  void whoMakesNoEmbeddings_isLeftOutOfTheDecision() throws InterruptedException {
    Scripted none = new Scripted(Set.of());
    Journey journey =
        perform(embedding(), none, new Scripted(Set.of(Operation.EMBEDDING), embedded(TokenCount.counted(2))));
    assertThat(journey.servedBy()).isEqualTo("second");
    assertThat(none.calls).isZero();
    assertThat(journey.decision()).isNotNull();
    assertThat(journey.decision().candidates())
        .containsExactly(
            new Decision.Candidate("second", null),
            new Decision.Candidate("text-embedding-3-small", "its provider does not offer this"));
  }

  @Test
  void whereNobodyMakesEmbeddings_theRequestIsRefused() {
    Scripted none = new Scripted(Set.of());
    assertThatThrownBy(() -> perform(embedding(), none, none))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID);
              assertThat(refusal.field()).isEqualTo("model");
            });
    assertThat(records).singleElement()
        .satisfies(record -> assertThat(record.ending()).isEqualTo(RequestRecord.Ending.REFUSED));
  }
}
