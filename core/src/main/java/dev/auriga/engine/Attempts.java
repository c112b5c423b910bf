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
import dev.auriga.resilience.Backoff;
import dev.auriga.resilience.CircuitBreaker;
import dev.auriga.resilience.Deadline;
import dev.auriga.resilience.Slots;
import dev.auriga.resilience.Time;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

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
    if (next == Next.A_FALLBACK && !place.breaker().admits()) {
      return overloaded(name + " is cooling down");
    }
    Reply reply = null;
    try {
      reply = admitted(name, place, journey, next);
      return reply;
    } finally {
      // Where no call of this one shows how the deployment is, another may.
      if (!(reply instanceof Reply.Streaming)) {
        place.breaker().withdrawn();
      }
    }
  }

  private Reply admitted(String name, Place place, Journey journey, Next next)
      throws InterruptedException {
    // Refused ones earn too: else nothing would ever show that it is well again.
    place.extraCalls().earn();
    if (journey.attemptCount() > 0 && place.breaker().isAiling() && !place.extraCalls().spend()) {
      return overloaded(name + " failed lately, and is not sent more of what failed elsewhere");
    }
    Manner manner =
        new Manner(
            Provider.State.KEPT,
            place.unguided().lasts() ? Provider.Controls.WITHHELD : Provider.Controls.SENT);
    Reply.Failed last = null;
    for (int attempt = 1; ; ) {
      Reply reply;
      try {
        reply = once(fleet.deployment(name), place, journey, next, manner);
      } catch (Spent spent) {
        if (last == null) {
          throw spent;
        }
        return last;
      }
      if (!(reply instanceof Reply.Failed failed)) {
        return reply;
      }
      last = failed;
      FailureKind kind = failed.failure().kind();
      if (kind == FailureKind.STATE_REFUSED && manner.state == Provider.State.KEPT) {
        manner = new Manner(Provider.State.DROPPED, manner.controls);
      } else if (kind == FailureKind.CONTROL_REFUSED && manner.controls == Provider.Controls.SENT) {
        place.unguided().begin();
        manner = new Manner(manner.state, Provider.Controls.WITHHELD);
      } else if (failed.next() == Credential.Next.SAME) {
        Duration wait = wait(failed.failure(), attempt);
        attempt++;
        if (!again(failed.failure(), attempt, wait, journey, next)
            || place.breaker().cooldownLeft().compareTo(wait) > 0
            || !place.extraCalls().spend()) {
          return failed;
        }
        time.sleep(wait);
      }
    }
  }

  /// What of what may be refused is sent with a call.
  private record Manner(Provider.State state, Provider.Controls controls) {}

  /// Whether another deployment may be asked what this one failed at.
  boolean goesOn(Failure failure, Journey journey) {
    return failure.kind().fallsBack()
        || (failure.kind() == FailureKind.CONTENT_FILTERED
            && settings.pastContentFilters.contains(journey.route()));
  }

  private static Reply.Failed overloaded(String why) {
    return new Reply.Failed(Failure.of(FailureKind.OVERLOADED, why));
  }

  /// One call, in one of the deployment's slots. A streamed answer keeps the slot until it is closed.
  private Reply once(
      Deployment deployment, Place place, Journey journey, Next next, Manner manner)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("nobody waits for " + deployment.name());
    }
    journey.purse().requireMore();
    Slots.Slot slot = place.slots().take(patience(journey, next), journey.deadline().left());
    if (slot == null) {
      return overloaded(
          "%s has all the calls under way it bears now, %d".formatted(deployment.name(), place.slots().limit()));
    }
    Reply reply = null;
    try {
      reply = inSlot(slot, deployment, place, journey, next, manner);
      return reply;
    } finally {
      if (reply instanceof Reply.Streaming streaming) {
        streaming.stream().whenClosed(slot::close);
      } else {
        slot.close();
      }
    }
  }

  private Duration patience(Journey journey, Next next) {
    Duration most = next == Next.A_FALLBACK ? settings.waitBeforeFallback : settings.longestWait;
    return journey.deadline().atMost(most);
  }

  private Reply inSlot(
      Slots.Slot slot,
      Deployment deployment,
      Place place,
      Journey journey,
      Next next,
      Manner manner)
      throws InterruptedException {
    long held = journey.purse().draw(charges.most(journey, deployment, manner.controls));
    long started = time.nanos();
    Try begun = journey.begins(deployment, started, held);
    Provider.Call call =
        new Provider.Call(
            journey.asked(), deployment, bound(journey, next), journey.caller().name(), manner.state,
            journey.foreignTo(deployment), journey.fidelity(), manner.controls,
            deployment.router() == null ? null : journey.session());
    Reply reply = sent(call, journey, begun);
    Duration took = Duration.ofNanos(time.nanos() - started);
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
      case Reply.Failed failed -> {
        journey.failed(begun, failed.failure());
        if (!cutShort(failed.failure(), call, took)) {
          note(failed, place.breaker(), slot, started);
        }
        return reply;
      }
    }
    slot.answered();
    // A stream's health is judged by how it ends.
    if (!(reply instanceof Reply.Streaming)) {
      place.breaker().succeeded(started);
    }
    return reply;
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
  private static void note(Reply.Failed failed, CircuitBreaker breaker, Slots.Slot slot, long started) {
    Failure failure = failed.failure();
    if (failed.next() == Credential.Next.ANOTHER) {
      return;
    }
    switch (failure.kind()) {
      case NOT_FOUND, TOO_LONG, CONTENT_FILTERED, STATE_REFUSED, CONTROL_REFUSED, INVALID ->
          breaker.succeeded(started);
      case RATE_LIMITED, OVERLOADED -> {
        boolean isTooMuch = slot.refused();
        if (isTooMuch || failure.retryAfter() != null) {
          breaker.failed(failure);
        }
      }
      case TIMED_OUT -> {
        boolean _ = slot.refused();
        breaker.failed(failure);
      }
      case QUOTA_EXHAUSTED, UNREACHABLE, UNAUTHORISED, BROKEN_STREAM, UNKNOWN -> breaker.failed(failure);
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
  private Deadline bound(Journey journey, Next next) {
    Deadline all = journey.deadline();
    return next == Next.A_FALLBACK && !journey.asked().outline().streamed()
        ? Deadline.in(all.left().dividedBy(2), time)
        : all;
  }

  private Duration wait(Failure failure, int attempt) {
    Duration asked = failure.retryAfter();
    return asked != null ? asked : settings.backoff.after(attempt, random.get());
  }

  private boolean again(Failure failure, int attempt, Duration wait, Journey journey, Next next) {
    Duration patience =
        next == Next.A_FALLBACK ? settings.waitBeforeFallback : settings.longestWait;
    return attempt <= settings.perDeployment
        && failure.kind().retries()
        && wait.compareTo(patience) <= 0
        && wait.compareTo(journey.deadline().left()) < 0;
  }
}
