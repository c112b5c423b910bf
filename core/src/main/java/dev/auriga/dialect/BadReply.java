// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import dev.auriga.completion.Failure;

/// A reply with a status of success that is none: not JSON, cut short, or an error object.
///
/// Unwinds from the dialect to the provider, where it becomes a failed reply.
public final class BadReply extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  public BadReply(Failure failure) {
    super(failure.detail(), null, false, false);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }
}
