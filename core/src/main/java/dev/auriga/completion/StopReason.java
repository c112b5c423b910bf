// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

/// Why a model stopped.
public sealed interface StopReason {

  /// The reasons Auriga knows.
  enum Known implements StopReason {
    /// It was done.
    END,
    /// The limit on output tokens.
    MAX_TOKENS,
    /// The context window is full.
    CONTEXT_FULL,
    STOP_SEQUENCE,
    TOOL_CALLS,
    /// The provider's filter or the model's own classifier refused.
    FILTERED,
    /// A server-side tool turn paused; the client may send it back to go on.
    PAUSED
  }

  /// A reason of a provider that Auriga does not know, as it was written.
  record Unknown(String raw) implements StopReason {}
}
