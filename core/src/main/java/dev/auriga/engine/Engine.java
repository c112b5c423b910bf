// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.completion.Refusal;
import dev.auriga.completion.TokenCount;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.router.Routed;
import dev.auriga.observe.Observer;
import dev.auriga.observe.RequestRecord;
import dev.auriga.observe.RequestRecord.Ending;
import dev.auriga.provider.Asked;
import dev.auriga.provider.Deployment;
import dev.auriga.provider.Reply;
import dev.auriga.provider.ReplyStream;
import dev.auriga.resilience.Crew;
import dev.auriga.resilience.Room;
import dev.auriga.resilience.Time;
import dev.auriga.route.Decision;
import dev.auriga.route.DecisionRecord;
import dev.auriga.route.Plan;
import dev.auriga.route.Policy;
import dev.auriga.route.Question;
import dev.auriga.tokens.Estimates;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The journey of a request, in its steps: the one place that knows the order.
///
/// Thread-safe. What it returns is to be told to the client; a streaming reply is pulled and
/// closed by whoever tells it, and is settled and recorded when it is closed.
public final class Engine {
  private static final System.Logger LOG = System.getLogger(Engine.class.getName());
  private static final String OWN_FAULT = "a fault of Auriga's own";

  private final Policy policy;
  private final Fleet fleet;
  private final Knowledge knowledge;
  private final Performer performer;
  private final Estimates estimates;
  private final Crew.Maker crews;
  private final Room bodies;
  private final Charges charges;
  private final List<Observer> observers;
  private final DecisionRecord.Depth depth;
  private final Time time;
  private final Supplier<RandomGenerator> random;

  public Engine(
      Policy policy,
      Fleet fleet,
      Attempts.Settings settings,
      Surroundings surroundings,
      Estimates estimates,
      List<Observer> observers) {
    this.policy = policy;
    this.fleet = fleet;
    this.time = surroundings.time();
    this.random = surroundings.random();
    this.crews = surroundings.crews();
    this.bodies = surroundings.bodies();
    this.charges = new Charges(policy, time);
    Attempts attempts = new Attempts(fleet, settings, charges, time, random);
    this.knowledge = new Knowledge(fleet, policy, attempts.speeds());
    this.performer = new Performer(attempts, fleet, estimates, crews, this::shadow, this::book);
    this.estimates = estimates;
    this.observers = List.copyOf(observers);
    this.depth =
        observers.stream().anyMatch(Observer::wantsTasks)
            ? DecisionRecord.Depth.WITH_TASK
            : DecisionRecord.Depth.AS_DECIDED;
  }

  /// What the engine waits by, draws by and works beside itself with.
  ///
  /// @param bodies the room that requests share with what is sent beside them
  public record Surroundings(
      Time time, Supplier<RandomGenerator> random, Crew.Maker crews, Room bodies) {}

  /// Takes `journey` through its steps; throws a [Refusal] when Auriga says no.
  public Reply complete(Journey journey) throws InterruptedException {
    return recorded(
        journey,
        () -> {
          journey.caller().admit(journey.route()); //                   1 may they?
          Decision decision = decide(journey); //                       2 who could serve?
          Reply reply = performer.perform(decision.plan(), journey); // 3 attempts, retries, fallbacks
          return settle(reply, journey); //                             4 usage, cost; 5 record
        });
  }

  /// Performs `plan` on a thread of its own; the crew is left open, because closing would interrupt it.
  /// It may outlast the request it is sent beside, so it takes room of its own, and is left out where there
  /// is none.
  private void shadow(Plan plan, Journey beside) {
    long bytes = beside.asked().bytes();
    if (!bodies.take(bytes)) {
      LOG.log(Level.DEBUG, () -> beside.id() + ": no room for the body of a shadow");
      return;
    }
    Journey shadow = beside.shadow();
    crews
        .<Reply>crew(_ -> {})
        .start(
            () -> {
              try {
                return recorded(shadow, () -> shadowed(plan, shadow));
              } finally {
                bodies.giveBack(bytes);
              }
            });
  }

  /// The whole answer is pulled, because it is paid for and its usage comes at its end.
  private Reply shadowed(Plan plan, Journey shadow) throws InterruptedException {
    Reply reply = settle(performer.perform(plan, shadow), shadow);
    if (reply instanceof Reply.Streaming streaming) {
      try (ReplyStream stream = streaming.stream()) {
        while (stream.next() instanceof ReplyStream.Step.Events) {}
      }
    }
    return reply;
  }

  /// A part of the journey that ends it when it throws.
  private interface Part {
    Reply go() throws InterruptedException;
  }

  private Reply recorded(Journey journey, Part part) throws InterruptedException {
    try {
      return part.go();
    } catch (Refusal refusal) {
      record(journey, Ending.REFUSED, refusal.reason());
      throw refusal;
    } catch (InterruptedException gone) {
      record(journey, Ending.CANCELLED, null);
      throw gone;
    } catch (RuntimeException fault) {
      record(journey, Ending.FAILED, OWN_FAULT);
      throw fault;
    }
  }

  /// The decision for `journey` as of now, without performing it; a caller who may not use the route
  /// is not told either.
  public Decision explain(Journey journey) {
    journey.caller().admit(journey.route());
    return decide(journey);
  }

  private Decision decide(Journey journey) {
    Question question = journey.question(policy);
    journey.heldBy(knowledge.hold(question.conversation()));
    return journey.decided(
        DecisionRecord.of(
            policy,
            question,
            knowledge.snapshot(journey.asked().operation(), journey.hold()),
            random.get().nextLong(),
            depth));
  }

  /// Learns `by` a caller how the answer to request `id` came out: 1 well, 0 badly, or between. False when
  /// no such request of theirs is waiting for its outcome; throws [IllegalArgumentException] for another
  /// score.
  public boolean cameOut(String id, Caller by, double score) {
    return knowledge.cameOut(id, by, score);
  }

  private Reply settle(Reply reply, Journey journey) {
    switch (reply) {
      case Reply.Whole whole -> {
        // Paid for, whether it can be told or not.
        price(journey, whole.glance().model(), whole.glance().usage(), whole.routed());
        if (!whole.passes()) {
          journey.told(completion(journey).told(whole.completion()));
        }
        knowledge.learn(journey, Objects.requireNonNull(journey.server()));
        record(journey, Ending.COMPLETED, null);
      }
      case Reply.Streaming streaming ->
          streaming.stream().whenClosed(() -> closed(streaming.stream(), journey));
      case Reply.Composed composed -> {
        if (!journey.asked().outline().streamed()) {
          journey.told(completion(journey).told(composed.completion()));
        }
        record(journey, Ending.COMPLETED, null);
      }
      case Reply.Counted _ -> record(journey, Ending.COMPLETED, null);
      case Reply.Embedded embedded -> {
        TokenCount input = embedded.embeddings().inputTokens();
        Usage usage = input == null ? null : new Usage(input.tokens(), 0, 0, 0, 0, 0);
        price(journey, embedded.embeddings().model(), usage, Routed.NOTHING);
        record(journey, Ending.COMPLETED, null);
      }
      case Reply.Failed failed -> record(journey, Ending.FAILED, failed.failure().detail());
    }
    return reply;
  }

  /// A whole answer is that of a completion.
  private static Asked.ToComplete completion(Journey journey) {
    if (journey.asked() instanceof Asked.ToComplete asked) {
      return asked;
    }
    throw new IllegalStateException("a completion was not asked for");
  }

  /// Settles and records a stream, however it ended.
  private void closed(ReplyStream stream, Journey journey) {
    price(journey, stream.model(), stream.usage(), stream.routed());
    switch (stream.end()) {
      case ReplyStream.Step.Ended _ -> {
        knowledge.learn(journey, Objects.requireNonNull(journey.server()));
        record(journey, Ending.COMPLETED, null);
      }
      case ReplyStream.Step.Broken broken ->
          record(journey, Ending.TRUNCATED, broken.failure().detail());
      case null -> {
        if (journey.isFaulted() || stream.isFaulted()) {
          record(journey, Ending.TRUNCATED, OWN_FAULT);
        } else {
          record(journey, Ending.CANCELLED, null);
        }
      }
      case ReplyStream.Step.Events _ ->
          throw new IllegalStateException("a stream cannot end in events");
    }
  }

  private void price(Journey journey, String model, @Nullable Usage usage, Routed routed) {
    Deployment server = Objects.requireNonNull(journey.server());
    journey.routed(routed.trace());
    journey.settled(model, usage, charges.of(server, model, usage, routed));
    if (usage != null
        && journey.asked() instanceof Asked.ToComplete asked
        && asked.outline().modalities().isEmpty()) {
      estimates.learn(server.pricedAs(), asked.words(), usage.input());
    }
  }

  /// Books an answer that becomes part of another.
  private void book(Journey part, Reply.Whole answer) {
    price(part, answer.glance().model(), answer.glance().usage(), answer.routed());
  }

  private void record(Journey journey, Ending ending, @Nullable String detail) {
    journey.abandonRest(name -> charges.abandoned(journey, fleet.deployment(name)));
    RequestRecord record = journey.ends(ending, detail);
    if (record != null) {
      observers.forEach(observer -> observer.ended(record));
    }
  }
}
