// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Refusal;
import dev.auriga.engine.Fleet.Place;
import dev.auriga.engine.Tries.Try;
import dev.auriga.provider.Credential;
import dev.auriga.provider.Deployment;
import dev.auriga.provider.LossyRequest;
import dev.auriga.provider.Provider;
import dev.auriga.provider.Reply;
import dev.auriga.provider.ReplyStream;
import dev.auriga.resilience.Backoff;
import dev.auriga.resilience.CircuitBreaker;
import dev.auriga.resilience.Deadline;
import dev.auriga.resilience.Slots;
import dev.auriga.resilience.Time;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The one loop that calls a deployment again: attempts, waits, and gives up.
///
/// It ends before the commit point: a streaming reply that is returned has said its first
/// meaningful word and is never resent.
public final class Attempts {

  /// What there is to go on to when a deployment keeps failing.
  enum Next {
    A_FALLBACK,
    NOTHING
  }

  /// How often and how patiently.
  ///
  /// @param perDeployment the most attempts at one deployment in one request
  /// @param longestWait the longest wait for the same deployment when nothing else can serve
  /// @param waitBeforeFallback the longest wait for the same deployment when another can serve
  /// @param pastContentFilters the routes whose requests go on to another deployment when a content
  ///     filter stopped them
  public record Settings(
      int perDeployment,
      Backoff backoff,
      Duration longestWait,
      Duration waitBeforeFallback,
      Set<String> pastContentFilters) {

    public static final Settings USUAL =
        new Settings(
            2, new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5)),
            Duration.ofSeconds(20), Duration.ofSeconds(1), Set.of());

    public Settings {
      pastContentFilters = Set.copyOf(pastContentFilters);
    }
  }

  private final Fleet fleet;
  private final Settings settings;
  private final Charges charges;
  private final Time time;
  private final Supplier<RandomGenerator> random;
  private final Speeds speeds;

  Attempts(
      Fleet fleet, Settings settings, Charges charges, Time time, Supplier<RandomGenerator> random) {
    this.fleet = fleet;
    this.settings = settings;
    this.charges = charges;
    this.time = time;
    this.random = random;
    this.speeds = new Speeds(time);
  }

  Speeds speeds() {
    return speeds;
  }

  /// Asks the deployment called `name` until it answers, fails for good or begins to cool down, or nothing
  /// more may be spent.
  /// Where it refuses the reasoning state of earlier turns, or to be told how to choose, it is asked once
  /// more without, and where a key of several is at fault once more with the next, at no wait.
  ///
  /// Throws [Spent] when the request's purse does not allow for a first attempt.
  Reply at(String name, Journey journey, Next next) throws InterruptedException {
    Place place = fleet.place(name);
    CircuitBreaker.Leave leave =
        next == Next.A_FALLBACK ? place.breaker().admit() : place.breaker().insist();
    if (leave == null) {
      return overloaded(name + " is cooling down");
    }
    Turn turn = new Turn(place, journey, next, leave);
    Reply reply = null;
    try {
      reply = admitted(name, turn);
      return reply;
    } finally {
      // Where no call of this one shows how the deployment is, another may.
      if (!(reply instanceof Reply.Streaming)) {
        turn.leave.withdrawn();
      }
    }
  }

  /// One request at one deployment, through all its attempts there; for one thread.
  private static final class Turn {
    private final Place place;
    private final Journey journey;
    private final Next next;
    private CircuitBreaker.Leave leave;
    private Provider.State state = Provider.State.KEPT;
    private Provider.Controls controls;
    private int attempt = 1;

    Turn(Place place, Journey journey, Next next, CircuitBreaker.Leave leave) {
      this.place = place;
      this.journey = journey;
      this.next = next;
      this.leave = leave;
      this.controls = place.unguided().lasts() ? Provider.Controls.WITHHELD : Provider.Controls.SENT;
    }

    /// Whether another attempt here leaves one for the fallback, where there is one.
    boolean sparesTheFallback() {
      return next == Next.NOTHING || journey.purse().attemptsLeft() > 1;
    }
  }

  private Reply admitted(String name, Turn turn) throws InterruptedException {
    Place place = turn.place;
    // Refused ones earn too: else nothing would ever show that it is well again.
    place.extraCalls().earn();
    if (turn.journey.attemptCount() > 0 && place.breaker().isAiling() && !place.extraCalls().spend()) {
      return overloaded(name + " failed lately, and is not sent more of what failed elsewhere");
    }
    Reply.Failed last = null;
    while (true) {
      Reply reply;
      try {
        reply = once(fleet.deployment(name), turn);
      } catch (Spent spent) {
        if (last == null) {
          throw spent;
        }
        return last;
      }
      if (reply == null) {
        return last != null
            ? last
            : overloaded("%s has all the calls under way it bears now, %d".formatted(name, place.slots().limit()));
      }
      if (!(reply instanceof Reply.Failed failed)) {
        return reply;
      }
      last = failed;
      if (!goesRound(failed, turn)) {
        return failed;
      }
      turn.leave = turn.leave.next();
    }
  }

  /// Whether the same deployment is to be asked again, as `turn` says from now on; waits until then.
  private boolean goesRound(Reply.Failed failed, Turn turn) throws InterruptedException {
    Failure failure = failed.failure();
    if (failure.kind() == FailureKind.STATE_REFUSED && turn.state == Provider.State.KEPT) {
      turn.state = Provider.State.DROPPED;
      return true;
    }
    if (failure.kind() == FailureKind.CONTROL_REFUSED && turn.controls == Provider.Controls.SENT) {
      turn.place.unguided().begin();
      turn.controls = Provider.Controls.WITHHELD;
      return true;
    }
    if (failed.next() == Credential.Next.ANOTHER) {
      return turn.sparesTheFallback();
    }
    Duration wait = wait(failure, turn.attempt);
    turn.attempt++;
    if (!again(failure, wait, turn)
        || turn.place.breaker().cooldownLeft().compareTo(wait) > 0
        || !turn.place.extraCalls().spend()) {
      return false;
    }
    time.sleep(wait);
    return true;
  }

  /// Whether another deployment may be asked what this one failed at.
  boolean goesOn(Failure failure, Journey journey) {
    return failure.kind().fallsBack()
        || (failure.kind() == FailureKind.CONTENT_FILTERED
            && settings.pastContentFilters.contains(journey.route()));
  }

  private static Reply.Failed overloaded(String why) {
    return new Reply.Failed(Failure.of(FailureKind.OVERLOADED, why));
  }

  /// One call, in one of the deployment's slots; null where there is none for it. A streamed answer keeps
  /// the slot until it is closed, and is judged then.
  private @Nullable Reply once(Deployment deployment, Turn turn) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("nobody waits for " + deployment.name());
    }
    Journey journey = turn.journey;
    journey.purse().requireMore();
    Slots.Slot slot = turn.place.slots().take(patience(turn), journey.deadline().left());
    if (slot == null) {
      return null;
    }
    Reply reply = null;
    try {
      reply = inSlot(slot, deployment, turn);
      return reply;
    } finally {
      if (reply instanceof Reply.Streaming streaming) {
        CircuitBreaker.Leave leave = turn.leave;
        streaming
            .stream()
            .whenClosed(
                () -> {
                  slot.close();
                  judge(streaming.stream(), leave, journey.deadline());
                });
      } else {
        slot.close();
      }
    }
  }

  /// A stream's health is judged by how it ends. One that nobody listened to the end of had begun to
  /// speak; one that the request's own deadline broke says nothing.
  private static void judge(ReplyStream stream, CircuitBreaker.Leave leave, Deadline deadline) {
    if (!(stream.end() instanceof ReplyStream.Step.Broken broken)) {
      leave.succeeded();
    } else if (broken.failure().kind() == FailureKind.TIMED_OUT && deadline.hasPassed()) {
      leave.withdrawn();
    } else {
      leave.failed(broken.failure());
    }
  }

  private Duration patience(Turn turn) {
    Duration most = turn.next == Next.A_FALLBACK ? settings.waitBeforeFallback : settings.longestWait;
    return turn.journey.deadline().atMost(most);
  }

  private Reply inSlot(Slots.Slot slot, Deployment deployment, Turn turn) throws InterruptedException {
    Journey journey = turn.journey;
    long held = journey.purse().draw(charges.most(journey, deployment, turn.controls));
    long started = time.nanos();
    Try begun = journey.begins(deployment, started, held);
    Provider.Call call =
        new Provider.Call(
            journey.asked(), deployment, bound(turn), journey.caller().name(), turn.state,
            journey.foreignTo(deployment), journey.fidelity(), turn.controls,
            deployment.router() == null ? null : journey.session());
    Reply reply;
    try {
      reply = sent(call, journey, begun);
    } catch (InterruptedException gone) {
      speeds.silent(deployment.name(), since(started), journey.asked().outline().streamed());
      throw gone;
    }
    Duration took = since(started);
    switch (reply) {
      case Reply.Whole whole -> {
        journey.servedBy(deployment, begun, whole.glance().model(), whole.losses());
        journey.limited(whole.told());
        speeds.answered(deployment.name(), took);
      }
      case Reply.Streaming streaming -> {
        journey.servedBy(deployment, begun, streaming.stream().model(), streaming.losses());
        journey.limited(streaming.told());
        speeds.spoke(deployment.name(), took);
      }
      case Reply.Counted counted -> journey.servedBy(deployment, begun, "", counted.losses());
      case Reply.Embedded embedded ->
          journey.servedBy(deployment, begun, embedded.embeddings().model(), embedded.losses());
      case Reply.Composed _ -> throw new IllegalStateException("one provider composes nothing");
      case Reply.Failed failed -> {
        journey.failed(begun, failed.failure());
        if (!cutShort(failed.failure(), call, took)) {
          note(failed, turn.leave, slot);
        }
        return reply;
      }
    }
    slot.answered();
    if (!(reply instanceof Reply.Streaming)) {
      turn.leave.succeeded();
    }
    return reply;
  }

  private Duration since(long nanos) {
    return Duration.ofNanos(time.nanos() - nanos);
  }

  /// What was never sent counts as no attempt's failure, and costs nothing.
  private static Reply sent(Provider.Call call, Journey journey, Try begun)
      throws InterruptedException {
    try {
      return call.deployment().via().send(call);
    } catch (Refusal | LossyRequest unsent) {
      journey.unsent(begun);
      throw unsent;
    }
  }

  /// A deployment that says what is wrong with the request is well, and so is one whose key has a
  /// successor. One that is refused for load bears fewer calls; only where it bears none is it ill.
  private static void note(Reply.Failed failed, CircuitBreaker.Leave leave, Slots.Slot slot) {
    Failure failure = failed.failure();
    if (failed.next() == Credential.Next.ANOTHER) {
      return;
    }
    switch (failure.kind()) {
      case NOT_FOUND, TOO_LONG, CONTENT_FILTERED, STATE_REFUSED, CONTROL_REFUSED, INVALID ->
          leave.succeeded();
      case RATE_LIMITED, OVERLOADED -> {
        boolean isTooMuch = slot.refused();
        if (isTooMuch || failure.retryAfter() != null) {
          leave.failed(failure);
        }
      }
      case TIMED_OUT -> {
        boolean _ = slot.refused();
        leave.failed(failure);
      }
      case QUOTA_EXHAUSTED, UNREACHABLE, UNAUTHORISED, BROKEN_STREAM, UNKNOWN -> leave.failed(failure);
    }
  }

  /// Whether it was the time the request had for the attempt that ended it, before the deployment had
  /// the time for a first event that the configuration grants it: that says nothing about its health.
  private static boolean cutShort(Failure failure, Provider.Call call, Duration took) {
    return (failure.kind() == FailureKind.TIMED_OUT || failure.kind() == FailureKind.UNREACHABLE)
        && call.deadline().hasPassed()
        && took.compareTo(call.deployment().limits().timeouts().firstEvent()) < 0;
  }

  /// How long an attempt may take: all that is left, or for a whole answer half of it where another
  /// deployment can serve, so that a silent one does not use up the time of its fallback. A stream
  /// shows by its first event that it is not silent.
  private Deadline bound(Turn turn) {
    Deadline all = turn.journey.deadline();
    return turn.next == Next.A_FALLBACK && !turn.journey.asked().outline().streamed()
        ? Deadline.in(all.left().dividedBy(2), time)
        : all;
  }

  private Duration wait(Failure failure, int attempt) {
    Duration asked = failure.retryAfter();
    return asked != null ? asked : settings.backoff.after(attempt, random.get());
  }

  private boolean again(Failure failure, Duration wait, Turn turn) {
    Duration patience =
        turn.next == Next.A_FALLBACK ? settings.waitBeforeFallback : settings.longestWait;
    return turn.attempt <= settings.perDeployment
        && failure.kind().retries()
        && turn.sparesTheFallback()
        && wait.compareTo(patience) <= 0
        && wait.compareTo(turn.journey.deadline().left()) < 0;
  }
}
