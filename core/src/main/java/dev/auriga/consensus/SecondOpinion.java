// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import dev.auriga.consensus.answer.Question;
import dev.auriga.consensus.likeness.Likeness;

/// Who is asked about two answers of which the rules cannot tell whether they say the same, such as a
/// model that judges.
///
/// It is asked twice, in both orders, and believed only where it says the same both times; it is never
/// asked about answers that a veto or their canonical forms keep apart.
public interface SecondOpinion {
  /// Nobody: what the rules cannot tell does not agree.
  SecondOpinion NONE = (_, _, _) -> Likeness.UNSURE;

  Likeness on(Question question, String one, String other);
}
