// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.completion.Completion;
import dev.auriga.completion.Embeddings;
import dev.auriga.completion.Failure;
import dev.auriga.completion.Loss;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.TokenCount;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Glance;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.router.Routed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an attempt came to: whole, streaming or failed.
public sealed interface Reply {

  /// A whole answer: its bytes as the provider sent them, and the facts Auriga books.
  ///
  /// @param translated the answer in the neutral vocabulary, absent where the client speaks this
  ///     dialect, so that the bytes go on unchanged
  /// @param told what the provider's headers say about its limits, in the client's dialect
  /// @param routed what it tells of its choice where it is a router itself
  record Whole(
      Dialect dialect,
      byte[] body,
      Glance glance,
      @Nullable Completion translated,
      List<Loss> losses,
      Headers told,
      Routed routed)
      implements Reply {

    /// Whether the client speaks this dialect, so that the bytes go on unchanged.
    public boolean passes() {
      return translated == null;
    }

    /// The answer in the neutral vocabulary.
    public Completion completion() {
      return translated == null ? dialect.readReply(body) : translated;
    }
  }

  /// An answer that has begun; whoever holds it pulls it and closes it. `told` is as for a whole one.
  record Streaming(ReplyStream stream, List<Loss> losses, Headers told) implements Reply {}

  /// The number of tokens of a prompt.
  record Counted(TokenCount count, List<Loss> losses) implements Reply {}

  /// Embeddings: the bytes as the provider sent them, and what of them was read.
  ///
  /// @param embeddings the vectors too where the client speaks another dialect, else model and
  ///     count alone
  record Embedded(byte[] body, Embeddings embeddings, Passing passing, List<Loss> losses)
      implements Reply {

    /// Whether the client speaks the provider's dialect, so that the bytes go on unchanged.
    public boolean passes() {
      return passing == Passing.UNCHANGED;
    }
  }

  /// Whether a reply's bytes go on to the client.
  enum Passing {
    UNCHANGED,
    TRANSLATED
  }

  /// An answer that Auriga has put together of several.
  ///
  /// @param completion what the client is told
  /// @param auriga what it was made of, told beside it
  record Composed(Completion completion, RawJson auriga) implements Reply {}

  /// No answer.
  ///
  /// @param next whether the same provider is worth another attempt at once, because it will be made
  ///     with another credential; the failure then says nothing about the deployment
  record Failed(Failure failure, Credential.Next next) implements Reply {
    public Failed(Failure failure) {
      this(failure, Credential.Next.SAME);
    }
  }
}
