// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

/// There is no (more) answer, and why.
public final class TransportFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /// What happened to the exchange.
  public enum Kind {
    /// No connection: refused, unknown host, TLS failed, not connected in time.
    NOT_CONNECTED,
    /// The connection was lost before the head of the answer.
    LOST_BEFORE_HEAD,
    /// The head did not come in time.
    NO_HEAD_IN_TIME,
    /// Nothing more of the body came in time.
    IDLE,
    /// The body ended before its proper end.
    CUT,
    /// What came is not HTTP, or over a limit.
    UNREADABLE,
    /// This side closed the exchange.
    CLOSED
  }

  private final Kind kind;

  /// `message` names the host and what happened, without credentials.
  public TransportFailure(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
