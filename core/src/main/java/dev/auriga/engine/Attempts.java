// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.provider.Deployment;
import dev.auriga.provider.Provider;
import dev.auriga.provider.Reply;
import dev.auriga.resilience.Backoff;
import dev.auriga.resilience.CircuitBreaker;
import dev.auriga.resilience.Deadline;
import dev.auriga.resilience.Time;
import java.time.Duration;
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
  /// @param perRequest the most attempts in one request
  /// @param longestWait the longest wait for the same deployment when nothing else can serve
  /// @param waitBeforeFallback the longest wait for the same deployment when another can serve
  public record Settings(
      int perDeployment,
      int perRequest,
      Backoff backoff,
      Duration longestWait,
      Duration waitBeforeFallback) {

    public static final Settings USUAL =
        new Settings(
            2, 6, new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5)),
            Duration.ofSeconds(20), Duration.ofSeconds(1));
  }

  private final Fleet fleet;
  private final Settings settings;
  private final Time time;
  private final Supplier<RandomGenerator> random;
  private final Speeds speeds;

  public Attempts(Fleet fleet, Settings settings, Time time, Supplier<RandomGenerator> random) {
    this.fleet = fleet;
    this.settings = settings;
    this.time = time;
    this.random = random;
    this.speeds = new Speeds(time);
  }

  Time time() {
    return time;
  }

  Speeds speeds() {
    return speeds;
  }

  Supplier<RandomGenerator> random() {
    return random;
  }

  /// Asks the deployment called `name` until it answers, fails for good, or the purse is empty. Where
  /// it refuses the reasoning state of earlier turns it is asked once more without, at no wait.
  Reply at(String name, Journey journey, Next next) throws InterruptedException {
    Deployment deployment = fleet.deployment(name);
    CircuitBreaker breaker = fleet.breaker(name);
    if (next == Next.A_FALLBACK && !breaker.admits()) {
      return new Reply.Failed(Failure.of(FailureKind.OVERLOADED, name + " is cooling down"));
    }
    Provider.State state = Provider.State.KEPT;
    for (int attempt = 1; ; ) {
      Failure spent = spent(journey);
      if (spent != null) {
        return new Reply.Failed(spent);
      }
      long started = time.nanos();
      Provider.Call call =
          new Provider.Call(
              journey.asked(), deployment, bound(journey, next), journey.caller().name(), state,
              journey.fidelity());
      Reply reply = once(call, journey, started);
      switch (reply) {
        case Reply.Whole _ -> {
          breaker.succeeded(started);
          speeds.answered(name, Duration.ofNanos(time.nanos() - started));
        }
        case Reply.Counted _, Reply.Embedded _ -> breaker.succeeded(started);
        // A stream's health is judged by how it ends.
        case Reply.Streaming _ -> speeds.spoke(name, Duration.ofNanos(time.nanos() - started));
        case Reply.Failed failed -> {
          if (!cutShort(failed.failure(), call, started)) {
            note(failed.failure(), breaker, started);
          }
        }
      }
      if (!(reply instanceof Reply.Failed failed)) {
        return reply;
      }
      if (failed.failure().kind() == FailureKind.STATE_REFUSED && state == Provider.State.KEPT) {
        state = Provider.State.DROPPED;
        continue;
      }
      Duration wait = wait(failed.failure(), attempt);
      if (attempt >= settings.perDeployment || !again(failed.failure(), wait, journey, next)) {
        return reply;
      }
      time.sleep(wait);
      attempt++;
    }
  }

  /// A deployment that says what is wrong with the request is well.
  private static void note(Failure failure, CircuitBreaker breaker, long started) {
    switch (failure.kind()) {
      case NOT_FOUND, TOO_LONG, CONTENT_FILTERED, STATE_REFUSED, INVALID -> breaker.succeeded(started);
      case RATE_LIMITED, QUOTA_EXHAUSTED, OVERLOADED, TIMED_OUT, UNREACHABLE, UNAUTHORISED,
          BROKEN_STREAM, UNKNOWN ->
          breaker.failed(failure);
    }
  }

  /// Why nothing more can be tried for this request, null while something can.
  @Nullable Failure spent(Journey journey) {
    if (journey.attemptCount() >= settings.perRequest) {
      return Failure.of(
          FailureKind.TIMED_OUT, "all %d attempts of the request are used up".formatted(settings.perRequest));
    }
    return journey.deadline().hasPassed()
        ? Failure.of(FailureKind.TIMED_OUT, "the request's deadline has passed")
        : null;
  }

  /// Whether it was the time the request had for the attempt that ended it, before the deployment had
  /// the time for a first event that the configuration grants it: that says nothing about its health.
  private boolean cutShort(Failure failure, Provider.Call call, long started) {
    Duration took = Duration.ofNanos(time.nanos() - started);
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

  private Reply once(Provider.Call call, Journey journey, long started) throws InterruptedException {
    Deployment deployment = call.deployment();
    Reply reply = deployment.via().send(call);
    journey.attempted(deployment, started, reply instanceof Reply.Failed failed ? failed.failure() : null);
    switch (reply) {
      case Reply.Whole whole -> {
        journey.servedBy(deployment, started, whole.glance().model(), whole.losses());
        journey.limited(whole.told());
      }
      case Reply.Streaming streaming -> {
        journey.servedBy(deployment, started, streaming.stream().model(), streaming.losses());
        journey.limited(streaming.told());
      }
      case Reply.Counted counted -> journey.servedBy(deployment, started, "", counted.losses());
      case Reply.Embedded embedded ->
          journey.servedBy(deployment, started, embedded.embeddings().model(), embedded.losses());
      case Reply.Failed _ -> {}
    }
    return reply;
  }

  private Duration wait(Failure failure, int attempt) {
    Duration asked = failure.retryAfter();
    return asked != null ? asked : settings.backoff.after(attempt, random.get());
  }

  private boolean again(Failure failure, Duration wait, Journey journey, Next next) {
    Duration patience =
        next == Next.A_FALLBACK ? settings.waitBeforeFallback : settings.longestWait;
    boolean renewed = failure.kind() == FailureKind.UNAUTHORISED && failure.retryAfter() != null;
    return (failure.kind().retries() || renewed)
        && journey.attemptCount() < settings.perRequest
        && wait.compareTo(patience) <= 0
        && wait.compareTo(journey.deadline().left()) < 0;
  }
}
