// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;

/// A call that was not made, because the request's purse does not allow for it.
final class Spent extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// What there is too little of.
  enum Of {
    TIME,
    ATTEMPTS,
    MONEY
  }

  private final Of of;

  Spent(Of of, String message) {
    super(message, null, false, false);
    this.of = of;
  }

  /// Whether a cheaper deployment may still be asked; without time or attempts none may.
  boolean sparesCheaperOnes() {
    return of == Of.MONEY;
  }

  /// What is told where nothing else has failed before.
  Failure failure() {
    return Failure.of(
        of == Of.MONEY ? FailureKind.QUOTA_EXHAUSTED : FailureKind.TIMED_OUT,
        String.valueOf(getMessage()));
  }
}
