// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import dev.auriga.completion.Failure;
import dev.auriga.completion.Refusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a client is told when there is no answer: a refusal of ours or a failure upstream.
///
/// @param message for people: what, where, what to do
/// @param field the request field at fault, absent when there is none
/// @param retryAfter when trying again may help, absent when unknown
/// @param original the provider's own error, absent when there is none to show
/// @param requestId the request it is about, for dialects whose errors name it; absent where unknown
public record Problem(
    Kind kind,
    String message,
    @Nullable String field,
    @Nullable Duration retryAfter,
    Failure.@Nullable Original original,
    @Nullable String requestId) {

  public Problem(
      Kind kind,
      String message,
      @Nullable String field,
      @Nullable Duration retryAfter,
      Failure.@Nullable Original original) {
    this(kind, message, field, retryAfter, original, null);
  }

  /// The same problem, of the request called `id`.
  public Problem of(@Nullable String id) {
    return new Problem(kind, message, field, retryAfter, original, id);
  }

  /// What sort of problem; each dialect has a status and an error type for each.
  public enum Kind {
    INVALID,
    UNAUTHENTICATED,
    FORBIDDEN,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    TOO_LARGE,
    UNSUPPORTED_MEDIA,
    RATE_LIMITED,
    QUOTA_EXHAUSTED,
    TOO_LONG,
    CONTENT_FILTERED,
    /// Nothing that could serve is there now (503; Anthropic 529).
    OVERLOADED,
    TIMED_OUT,
    /// A provider failed in a way the client cannot mend (502).
    UPSTREAM,
    /// A fault of Auriga's own (500).
    INTERNAL
  }

  public static Problem of(Refusal refusal) {
    Kind kind =
        switch (refusal.kind()) {
          case INVALID -> Kind.INVALID;
          case UNAUTHENTICATED -> Kind.UNAUTHENTICATED;
          case FORBIDDEN -> Kind.FORBIDDEN;
          case NOT_FOUND -> Kind.NOT_FOUND;
          case TOO_LARGE -> Kind.TOO_LARGE;
          case UNSUPPORTED_MEDIA -> Kind.UNSUPPORTED_MEDIA;
          case RATE_LIMITED -> Kind.RATE_LIMITED;
          case OVERLOADED -> Kind.OVERLOADED;
        };
    return new Problem(kind, refusal.reason(), refusal.field(), null, null);
  }

  /// `message` is what people are told; a request the provider refused keeps its own error.
  public static Problem of(Failure failure, String message) {
    Kind kind =
        switch (failure.kind()) {
          case RATE_LIMITED -> Kind.RATE_LIMITED;
          case QUOTA_EXHAUSTED -> Kind.QUOTA_EXHAUSTED;
          case OVERLOADED, UNREACHABLE -> Kind.OVERLOADED;
          case TIMED_OUT -> Kind.TIMED_OUT;
          case TOO_LONG -> Kind.TOO_LONG;
          case CONTENT_FILTERED -> Kind.CONTENT_FILTERED;
          case INVALID, STATE_REFUSED, CONTROL_REFUSED -> Kind.INVALID;
          case UNAUTHORISED, NOT_FOUND, BROKEN_STREAM, UNKNOWN -> Kind.UPSTREAM;
        };
    boolean clientsOwn = kind == Kind.INVALID || kind == Kind.TOO_LONG || kind == Kind.CONTENT_FILTERED;
    return new Problem(
        kind, message, null, failure.retryAfter(), clientsOwn ? failure.original() : null);
  }
}
