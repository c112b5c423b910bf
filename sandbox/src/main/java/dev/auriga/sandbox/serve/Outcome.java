// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.serve;

import java.time.Duration;

/// How a performance went: who ended it, how many pieces went out, how long it lasted from the
/// request's arrival to its end.
public record Outcome(End end, int pieces, Duration lasted) {

  /// Who ended it.
  public enum End {
    /// All was sent.
    FINISHED,
    /// The sandbox broke it off, as scripted or because its port went down.
    CUT,
    /// The client left first.
    ABANDONED
  }
}
