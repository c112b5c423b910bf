// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Upstream said no, or nothing: what kind of no, and what to tell.
///
/// @param status the HTTP status upstream answered with, 0 when there was none
/// @param detail one sentence for people, without secrets or prompt text
/// @param retryAfter how long upstream asked to wait, absent when it did not say; a day where it
///     asked for more
/// @param original the error as its provider wrote it, absent when it wrote none
public record Failure(
    FailureKind kind,
    int status,
    String detail,
    @Nullable Duration retryAfter,
    @Nullable Original original) {

  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  public Failure {
    boolean isTooLong = retryAfter != null && retryAfter.compareTo(LONGEST_WAIT) > 0;
    retryAfter = isTooLong ? LONGEST_WAIT : retryAfter;
  }

  /// A provider's own error body, kept so that a client of the same dialect gets it unchanged.
  public record Original(String dialect, RawJson body) {}

  /// The same failure, with a wait after which another attempt makes sense.
  public Failure withRetryAfter(Duration wait) {
    return new Failure(kind, status, detail, wait, original);
  }

  public static Failure of(FailureKind kind, String detail) {
    return new Failure(kind, 0, detail, null, null);
  }

  public static Failure of(FailureKind kind, int status, String detail) {
    return new Failure(kind, status, detail, null, null);
  }
}
