// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

/// What went wrong upstream: a closed set, each kind with its consequences.
///
/// A retry is another attempt at the same deployment, a fallback goes on to the next. Only kinds
/// that say something about the deployment's health trip its breaker: a bad key, a wrong name or a
/// bad request does not make a provider bad.
public enum FailureKind {
  /// Too many requests or tokens for now; comes back by itself.
  RATE_LIMITED(Retry.YES, Fallback.YES, Breaker.TRIPS, Billed.NO),
  /// Money or quota is used up; waiting does not help.
  QUOTA_EXHAUSTED(Retry.NO, Fallback.YES, Breaker.TRIPS, Billed.NO),
  OVERLOADED(Retry.YES, Fallback.YES, Breaker.TRIPS, Billed.NO),
  /// Nothing came within a limit of ours.
  TIMED_OUT(Retry.NO, Fallback.YES, Breaker.TRIPS, Billed.MAYBE),
  /// No connection, or it was lost before an answer began.
  UNREACHABLE(Retry.YES, Fallback.YES, Breaker.TRIPS, Billed.NO),
  /// The credential was refused.
  UNAUTHORISED(Retry.NO, Fallback.YES, Breaker.SPARED, Billed.NO),
  /// The provider does not know the deployment or model.
  NOT_FOUND(Retry.NO, Fallback.YES, Breaker.SPARED, Billed.NO),
  /// The prompt does not fit the model's context.
  TOO_LONG(Retry.NO, Fallback.YES, Breaker.SPARED, Billed.NO),
  /// A content filter stopped it; another provider is asked only where a route says so.
  CONTENT_FILTERED(Retry.NO, Fallback.NO, Breaker.SPARED, Billed.MAYBE),
  /// The reasoning state that was sent back is not valid there; without it the request may be.
  STATE_REFUSED(Retry.NO, Fallback.YES, Breaker.SPARED, Billed.NO),
  /// A router refused to be told how to choose; without that the request may be valid.
  CONTROL_REFUSED(Retry.NO, Fallback.YES, Breaker.SPARED, Billed.NO),
  /// The request itself was refused as wrong.
  INVALID(Retry.NO, Fallback.NO, Breaker.SPARED, Billed.NO),
  /// The answer began and did not end as its dialect demands.
  BROKEN_STREAM(Retry.YES, Fallback.YES, Breaker.TRIPS, Billed.MAYBE),
  /// Anything else, such as an unexplained 500.
  UNKNOWN(Retry.YES, Fallback.YES, Breaker.TRIPS, Billed.MAYBE);

  private enum Retry { YES, NO }

  private enum Fallback { YES, NO }

  private enum Breaker { TRIPS, SPARED }

  private enum Billed { NO, MAYBE }

  private final Retry retry;
  private final Fallback fallback;
  private final Breaker breaker;
  private final Billed billed;

  FailureKind(Retry retry, Fallback fallback, Breaker breaker, Billed billed) {
    this.retry = retry;
    this.fallback = fallback;
    this.breaker = breaker;
    this.billed = billed;
  }

  public boolean retries() {
    return retry == Retry.YES;
  }

  public boolean fallsBack() {
    return fallback == Fallback.YES;
  }

  public boolean tripsBreaker() {
    return breaker == Breaker.TRIPS;
  }

  public boolean mayBeBilled() {
    return billed == Billed.MAYBE;
  }

  /// The name users see: `rate-limited`, `broken-stream`, …
  public String token() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
