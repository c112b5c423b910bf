// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.completion.Failure;
import dev.auriga.dialect.router.RouterTrace;
import dev.auriga.ledger.Cost;
import dev.auriga.observe.RequestRecord;
import dev.auriga.observe.RequestRecord.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The attempts of one request, of everything that is performed for it at once.
///
/// An attempt is noted when it begins, so that one nobody waited for is known of too. Thread-safe:
/// every method takes the object's lock and no other.
final class Tries {
  private final List<Try> tries = new ArrayList<>(2);
  private final List<RequestRecord.PassedOver> passedOver = new ArrayList<>(0);

  /// One attempt; its fields are guarded by the lock of the [Tries] it belongs to.
  static final class Try {
    private final int number;
    private final String deployment;
    private final long began;
    private final long held;
    private long ended;
    private @Nullable Outcome outcome;
    private @Nullable Failure failure;
    private @Nullable Cost cost;
    private boolean used;
    private @Nullable RouterTrace routed;

    private Try(int number, String deployment, long began, long held) {
      this.number = number;
      this.deployment = deployment;
      this.began = began;
      this.held = held;
    }

    String deployment() {
      return deployment;
    }

    /// By the journey's clock.
    long began() {
      return began;
    }

    /// What the request's purse holds for it, in millionths of a US dollar.
    long held() {
      return held;
    }
  }

  /// An attempt begins at `nanos`, with so much held for it.
  synchronized Try begin(String deployment, long nanos, long held) {
    int number = tries.isEmpty() ? 1 : tries.getLast().number + 1;
    Try begun = new Try(number, deployment, nanos, held);
    tries.add(begun);
    return begun;
  }

  synchronized void answered(Try begun, long nanos) {
    end(begun, Outcome.ANSWERED, nanos);
  }

  /// False where it has been booked as abandoned, and is so for good.
  synchronized boolean failed(Try begun, Failure why, long nanos) {
    if (begun.outcome == Outcome.ABANDONED) {
      return false;
    }
    begun.failure = why;
    end(begun, Outcome.FAILED, nanos);
    return true;
  }

  /// It was not made after all.
  synchronized void unsent(Try begun) {
    tries.remove(begun);
  }

  synchronized void cost(Try begun, @Nullable Cost cost) {
    begun.cost = cost;
  }

  /// Its answer was used, beside the one that is told.
  synchronized void used(Try begun) {
    begun.used = true;
  }

  synchronized void routed(Try begun, RouterTrace trace) {
    begun.routed = trace;
  }

  /// Whatever did not fail and is not `answering` was asked for nothing; tells which, each once.
  synchronized List<Try> abandonAllBut(@Nullable Try answering, long nanos) {
    List<Try> abandoned = new ArrayList<>(0);
    for (Try any : tries) {
      if (any != answering && !any.used && any.outcome != Outcome.FAILED && any.outcome != Outcome.ABANDONED) {
        end(any, Outcome.ABANDONED, nanos);
        abandoned.add(any);
      }
    }
    return abandoned;
  }

  private static void end(Try begun, Outcome outcome, long nanos) {
    begun.ended = begun.outcome == null ? nanos : begun.ended;
    begun.outcome = outcome;
  }

  synchronized int count() {
    return tries.size();
  }

  /// Every attempt, in the order in which they began; those under way count as abandoned at `nanos`.
  synchronized List<RequestRecord.Attempt> all(long startedNanos, long nanos) {
    return tries.stream().map(any -> record(any, startedNanos, nanos)).toList();
  }

  private static RequestRecord.Attempt record(Try any, long startedNanos, long nanos) {
    long ended = any.outcome == null ? nanos : any.ended;
    return new RequestRecord.Attempt(
        any.number,
        any.deployment,
        Duration.ofNanos(any.began - startedNanos),
        Duration.ofNanos(ended - any.began),
        any.outcome == null ? Outcome.ABANDONED : any.outcome,
        any.failure,
        any.cost,
        any.routed);
  }

  synchronized void passedOver(RequestRecord.PassedOver deployment) {
    passedOver.add(deployment);
  }

  synchronized List<RequestRecord.PassedOver> passedOver() {
    return List.copyOf(passedOver);
  }
}
