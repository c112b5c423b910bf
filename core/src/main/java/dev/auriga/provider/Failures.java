// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import java.lang.System.Logger.Level;

/// What a lost exchange means: [TransportFailure] told as a [Failure].
///
/// Clients are told what happened and not where: the address stays in the log, at level debug.
final class Failures {
  private static final System.Logger LOG = System.getLogger("auriga.transport");

  private Failures() {}

  /// For an exchange whose answer had not begun.
  static Failure of(TransportFailure failure) {
    FailureKind kind =
        switch (failure.kind()) {
          case NOT_CONNECTED, LOST_BEFORE_HEAD, CLOSED -> FailureKind.UNREACHABLE;
          case NO_HEAD_IN_TIME, IDLE -> FailureKind.TIMED_OUT;
          case CUT -> FailureKind.BROKEN_STREAM;
          case UNREADABLE -> FailureKind.UNKNOWN;
        };
    return told(kind, failure);
  }

  /// For an answer that had begun.
  static Failure brokenOff(TransportFailure failure) {
    return told(
        failure.kind() == TransportFailure.Kind.IDLE ? FailureKind.TIMED_OUT : FailureKind.BROKEN_STREAM,
        failure);
  }

  private static Failure told(FailureKind kind, TransportFailure failure) {
    LOG.log(Level.DEBUG, failure.getMessage());
    return Failure.of(
        kind,
        switch (failure.kind()) {
          case NOT_CONNECTED -> "no connection";
          case LOST_BEFORE_HEAD -> "the connection was lost before an answer";
          case NO_HEAD_IN_TIME -> "no answer in time";
          case IDLE -> "nothing more came in time";
          case CUT -> "the answer was cut";
          case UNREADABLE -> "the answer is not readable as HTTP, or over a limit";
          case CLOSED -> "closed on this side";
        });
  }
}
