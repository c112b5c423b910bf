// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.resilience.Deadline;

/// Makes one attempt at one deployment.
///
/// Implementations are thread-safe, never resend, and return failures as values. An interrupt
/// cancels: the upstream is closed before the exception is thrown.
public interface Provider extends AutoCloseable {

  Reply send(Call call) throws InterruptedException;

  @Override
  default void close() {}

  /// One attempt: what is asked, of which deployment, until when.
  record Call(Asked asked, Deployment deployment, Deadline deadline) {}
}
