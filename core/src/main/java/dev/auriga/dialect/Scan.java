// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import dev.auriga.completion.Outline;

/// What one streaming pass over a client's bytes found: what routing needs to know, and how the
/// bytes go on to a provider of the same dialect.
public record Scan(Outline outline, Passage passage) {

  /// A client's own bytes with only what Auriga owns changed: the model's name, and the wish for
  /// usage in a stream. Where those stand was noted by the scan, so that nothing is read again.
  @FunctionalInterface
  public interface Passage {
    /// What was left out on the way is among the losses.
    Written to(Target target);

    /// The same without the signatures and encrypted thoughts in the first `messages` of its messages,
    /// for a provider that refuses them or did not make them; each message that loses any is a loss, a
    /// [dev.auriga.completion.Loss.Reason#FOREIGN_SIGNATURE]. Unchanged where the dialect has none.
    default Written withoutState(Target target, int messages) {
      return to(target);
    }
  }
}
