// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.completion.Refusal;
import dev.auriga.provider.LossyRequest;
import dev.auriga.provider.Reply;
import dev.auriga.resilience.Allowance;
import dev.auriga.resilience.Crew;
import dev.auriga.route.Plan;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Performs a hedged plan: the second beside the first when that has not spoken for a while.
///
/// Whoever speaks first answers, and the other is cancelled at once. Both draw from the request's
/// one purse. Hedges are capped at a share of all hedgeable requests, so that a provider that is slow
/// for everybody is not sent everything twice.
final class Hedging {
  private final Performer performer;
  private final Crew.Maker crews;

  /// Not more than 5 % with the few there may be at the start.
  private final Allowance allowance = new Allowance(0.0495, 10);


  /// What came of one of the two: a reply, or why the request cannot be said to it.
  private record Spoken(@Nullable Reply reply, @Nullable RuntimeException unsaid, Journey part) {

    boolean isAnswer() {
      return reply != null && !(reply instanceof Reply.Failed);
    }

    /// The reply; throws where there is none.
    Reply told() {
      if (unsaid != null) {
        throw unsaid;
      }
      return Objects.requireNonNull(reply, "either a reply or why there is none");
    }
  }

  Hedging(Performer performer, Crew.Maker crews) {
    this.performer = performer;
    this.crews = crews;
  }

  Reply perform(Plan.Hedged hedged, Journey journey, Attempts.Next next) throws InterruptedException {
    allowance.earn();
    try (Crew<Spoken> crew = crews.crew(Hedging::discard)) {
      Plan waiting = hedged.second();
      start(crew, hedged.first(), journey, Attempts.Next.A_FALLBACK, () -> {});
      Spoken spoken = crew.next(journey.deadline().atMost(hedged.after()));
      if (spoken == null && !journey.deadline().hasPassed() && allowance.spend()) {
        start(crew, hedged.second(), journey, next, allowance::putBack);
        waiting = null;
      }
      return answer(crew, spoken, hedged, waiting, journey, next);
    }
  }

  /// Runs `uncalled` where no call came of it: the purse was empty, say, or all slots taken.
  private void start(
      Crew<Spoken> crew, Plan plan, Journey journey, Attempts.Next next, Runnable uncalled) {
    Journey part = journey.beside();
    crew.start(
        () -> {
          try {
            return new Spoken(performer.perform(plan, part, next), null, part);
          } catch (Refusal | LossyRequest | Spent unsayable) {
            return new Spoken(null, unsayable, part);
          } finally {
            if (part.isUncalled()) {
              uncalled.run();
            }
          }
        });
  }

  /// The first that does not fail; the second in turn where it was not started and the first's
  /// failure allows it.
  private Reply answer(
      Crew<Spoken> crew,
      @Nullable Spoken first,
      Plan.Hedged hedged,
      @Nullable Plan waiting,
      Journey journey,
      Attempts.Next next)
      throws InterruptedException {
    Spoken spoken = first != null ? first : next(crew, journey);
    while (!spoken.isAnswer() && !ends(spoken, journey) && crew.atWork() > 0) {
      Spoken other = next(crew, journey);
      // That the request cannot be said to one hides no failure of the other.
      spoken = other.unsaid() == null ? other : spoken;
    }
    if (waiting != null && goesOn(spoken, hedged.first(), waiting, journey)) {
      try {
        return performer.perform(waiting, journey, next);
      } catch (Refusal | LossyRequest | Spent unsayable) {
        if (spoken.unsaid() != null) {
          throw spoken.unsaid() instanceof LossyRequest ? unsayable : spoken.unsaid();
        }
      }
    }
    Reply reply = spoken.told();
    journey.follow(spoken.part());
    return reply;
  }

  /// Whether what one said is the answer, because no other may be asked: what a filter stopped, say.
  private boolean ends(Spoken spoken, Journey journey) {
    return spoken.reply() instanceof Reply.Failed failed && !performer.goesOn(failed.failure(), journey);
  }

  private boolean goesOn(Spoken spoken, Plan first, Plan second, Journey journey) {
    return spoken.unsaid() != null
        || (spoken.reply() instanceof Reply.Failed failed
            && performer.goesOn(failed.failure(), first, second, journey));
  }

  /// Each attempt ends by the deadline, so that waiting for one needs no limit of its own.
  private static Spoken next(Crew<Spoken> crew, Journey journey) throws InterruptedException {
    Spoken spoken = crew.next(journey.deadline().left().plus(Duration.ofSeconds(5)));
    if (spoken == null) {
      throw new IllegalStateException("an attempt went on after its deadline");
    }
    return spoken;
  }

  /// The loser's answer, when it came all the same.
  private static void discard(Spoken spoken) {
    if (spoken.reply() instanceof Reply.Streaming streaming) {
      streaming.stream().close();
    }
  }
}
