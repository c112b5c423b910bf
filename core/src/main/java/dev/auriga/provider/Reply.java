// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.completion.Completion;
import dev.auriga.completion.Failure;
import dev.auriga.completion.Loss;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Glance;
import java.util.List;

/// What an attempt came to: whole, streaming or failed.
public sealed interface Reply {

  /// A whole answer: its bytes as the provider sent them, and the facts Auriga books.
  ///
  /// @param passes whether the client speaks this dialect, so that the bytes go on unchanged
  record Whole(Dialect dialect, byte[] body, Glance glance, boolean passes, List<Loss> losses)
      implements Reply {

    /// The answer in the neutral vocabulary.
    public Completion completion() {
      return dialect.readReply(body);
    }
  }

  /// An answer that has begun; whoever holds it pulls it and closes it.
  record Streaming(ReplyStream stream, List<Loss> losses) implements Reply {}

  record Failed(Failure failure) implements Reply {}
}
