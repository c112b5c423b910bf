// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.protocol;

/// Unwinds from a check to the provider's edge with the error reply the provider gives.
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Reply.Whole reply;

  public Refused(Reply.Whole reply) {
    super("refused with status " + reply.status(), null, false, false);
    this.reply = reply;
  }

  /// The error reply.
  public Reply.Whole reply() {
    return reply;
  }
}
