// SPDX-License-Identifier: Apache-2.0
package dev.auriga.observe;

import dev.auriga.completion.Failure;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Operation;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.router.RouterTrace;
import dev.auriga.ledger.Cost;
import dev.auriga.route.DecisionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of one request, whole or streamed, served or not.
///
/// @param shadowOf the request this one was sent beside, whose answer nobody waits for; absent for a
///     client's own
/// @param operation what was asked
/// @param route of whom it was asked
/// @param task what it was classified as, absent when no strategy asked
/// @param servedBy who answered, absent when nobody did
/// @param model the answering model as its provider names it
/// @param usage of the answer, absent when no provider counted any
/// @param cost of all attempts, absent when none is known to have cost anything
/// @param losses what the answering deployment was not told, and the client not of its answer; the
///     first hundred
/// @param moreLosses how many there were beyond those
/// @param decision how it was decided; absent where it was refused before, and of a shadow, for which
///     nothing was decided
/// @param firstToken from admission to the first meaningful event, absent when there was none
public record RequestRecord(
    String id,
    @Nullable String shadowOf,
    Instant at,
    String caller,
    Operation operation,
    String route,
    @Nullable String task,
    boolean streamed,
    Ending ending,
    @Nullable String servedBy,
    @Nullable String model,
    List<Attempt> attempts,
    @Nullable Usage usage,
    @Nullable Cost cost,
    List<Loss> losses,
    int moreLosses,
    List<PassedOver> passedOver,
    @Nullable DecisionRecord decision,
    Duration took,
    @Nullable Duration firstToken,
    @Nullable String detail) {

  /// What is kept of losses: a request can have as many as it has fields.
  private static final int MOST_LOSSES = 100;

  public RequestRecord {
    attempts = List.copyOf(attempts);
    moreLosses += beyond(losses);
    losses = listed(losses);
    passedOver = List.copyOf(passedOver);
  }

  private static int beyond(List<Loss> losses) {
    return Math.max(0, losses.size() - MOST_LOSSES);
  }

  private static List<Loss> listed(List<Loss> losses) {
    return List.copyOf(losses.subList(0, Math.min(losses.size(), MOST_LOSSES)));
  }

  /// Why it ended as it did, in Auriga's own words; null where there is nothing to say, and where a
  /// provider said it, who may quote the request.
  public @Nullable String ownWords() {
    return ending == Ending.REFUSED || attempts.isEmpty() ? detail : null;
  }

  /// The same without what providers wrote: of a failure its kind, status and wait are left.
  public RequestRecord withoutProvidersWords() {
    return new RequestRecord(
        id, shadowOf, at, caller, operation, route, task, streamed, ending, servedBy, model,
        attempts.stream().map(Attempt::withoutProvidersWords).toList(), usage, cost, losses, moreLosses,
        passedOver, decision, took, firstToken, ownWords());
  }

  /// A deployment that was not asked, because it would have lost something of a request of which
  /// nothing may be lost; `losses` is never empty, and bounded as those of the record.
  public record PassedOver(String deployment, List<Loss> losses, int moreLosses) {
    public PassedOver {
      moreLosses += beyond(losses);
      losses = listed(losses);
    }

    public PassedOver(String deployment, List<Loss> losses) {
      this(deployment, losses, 0);
    }
  }

  /// How a request can end.
  public enum Ending {
    COMPLETED,
    /// No deployment could answer.
    FAILED,
    /// The answer began and broke off.
    TRUNCATED,
    /// The client left.
    CANCELLED,
    /// Auriga said no.
    REFUSED
  }

  /// How an attempt can end.
  public enum Outcome {
    ANSWERED,
    FAILED,
    /// Nobody waited for it: another answered first, or the client left.
    ABANDONED
  }

  /// One call to one deployment.
  ///
  /// @param began from the start of the request to that of the call
  /// @param took to the end of a whole answer, to the first meaningful event of a streamed one, or to
  ///     the failure
  /// @param failure absent when it did not fail
  /// @param cost what it is booked at; estimated for an abandoned one, absent while nothing is known
  /// @param routed how a deployment that is itself a router says it chose, absent where it says nothing
  public record Attempt(
      int number,
      String deployment,
      Duration began,
      Duration took,
      Outcome outcome,
      @Nullable Failure failure,
      @Nullable Cost cost,
      @Nullable RouterTrace routed) {

    Attempt withoutProvidersWords() {
      return failure == null
          ? this
          : new Attempt(
              number, deployment, began, took, outcome,
              new Failure(failure.kind(), failure.status(), "", failure.retryAfter(), null), cost, routed);
    }
  }
}
