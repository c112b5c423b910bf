// SPDX-License-Identifier: Apache-2.0
package dev.auriga;

import dev.auriga.completion.Failure;
import dev.auriga.observe.RequestRecord;
import java.util.List;

/// No deployment answered, or the answer broke off; the message lists the attempts.
public final class AnswerFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;
  private final transient List<RequestRecord.Attempt> attempts;

  AnswerFailed(String message, Failure failure, List<RequestRecord.Attempt> attempts) {
    super(message);
    this.failure = failure;
    this.attempts = List.copyOf(attempts);
  }

  /// The failure that ended it.
  public Failure failure() {
    return failure;
  }

  public List<RequestRecord.Attempt> attempts() {
    return attempts;
  }
}
