// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import dev.auriga.completion.Loss;
import dev.auriga.dialect.names.Renaming;
import java.util.List;

/// A translated request or reply: its bytes, and what they could not carry.
///
/// @param names how tools are called in a request, to be undone on the answer
public record Written(byte[] body, List<Loss> losses, Renaming names) {
  public Written {
    losses = List.copyOf(losses);
  }

  /// A reply, or a request that calls everything as the client does.
  public Written(byte[] body, List<Loss> losses) {
    this(body, losses, Renaming.NONE);
  }

  /// What lost nothing.
  public static Written whole(byte[] body) {
    return new Written(body, List.of());
  }

  public Written with(Renaming other) {
    return new Written(body, losses, other);
  }
}
