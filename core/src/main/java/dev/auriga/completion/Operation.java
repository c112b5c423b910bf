// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.util.Locale;

/// What can be asked of a deployment.
public enum Operation {
  /// To answer a conversation.
  COMPLETION,
  /// To say how many tokens a conversation has, without answering it.
  COUNT,
  /// To turn texts into vectors.
  EMBEDDING;

  /// The name users see: `completion`, `count`, `embedding`.
  public String token() {
    return name().toLowerCase(Locale.ROOT);
  }
}
