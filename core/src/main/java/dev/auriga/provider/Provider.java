// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.completion.Fidelity;
import dev.auriga.completion.Operation;
import dev.auriga.resilience.Deadline;
import org.jspecify.annotations.Nullable;

/// Makes one attempt at one deployment.
///
/// Implementations are thread-safe, never resend, and return failures as values. An interrupt
/// cancels: the upstream is closed before the exception is thrown.
public interface Provider extends AutoCloseable {

  /// Throws [LossyRequest] instead of sending what would lose something where nothing may be lost.
  Reply send(Call call) throws InterruptedException;

  /// Whether this provider can be asked for that at all.
  default boolean does(Operation operation) {
    return operation == Operation.COMPLETION;
  }

  @Override
  default void close() {}

  /// One attempt: what is asked, of which deployment, until when.
  ///
  /// @param caller who asks, by the name of the key
  /// @param state what becomes of the reasoning state of earlier turns
  /// @param foreign how many messages at the beginning hold state that was made elsewhere, if any:
  ///     what the client itself carries of it, in this provider's own dialect, does not tell
  /// @param fidelity whether it may be sent where a translation would lose something
  /// @param controls what becomes of what a router is told
  /// @param session what a router may know the conversation by; absent where it is to know nothing
  record Call(
      Asked asked,
      Deployment deployment,
      Deadline deadline,
      String caller,
      State state,
      int foreign,
      Fidelity fidelity,
      Controls controls,
      @Nullable String session) {
    /// One of a conversation that was never elsewhere, and whose losses are reported.
    public Call(
        Asked asked, Deployment deployment, Deadline deadline, String caller, State state) {
      this(asked, deployment, deadline, caller, state, 0, Fidelity.REPORT, Controls.SENT, null);
    }

    Call within(Deadline other) {
      return new Call(asked, deployment, other, caller, state, foreign, fidelity, controls, session);
    }
  }

  /// What becomes of what the configuration says a router is to be told.
  enum Controls {
    SENT,
    /// It chooses by itself, because it refused to be told.
    WITHHELD
  }

  /// What becomes of signatures and encrypted thoughts in a request.
  enum State {
    /// What came from the provider that is asked goes back to it.
    KEPT,
    /// None is sent, because the provider refused it.
    DROPPED
  }
}
