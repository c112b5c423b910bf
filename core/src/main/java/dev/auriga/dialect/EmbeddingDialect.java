// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import dev.auriga.completion.EmbeddingRequest;
import dev.auriga.completion.Embeddings;

/// A wire format for embeddings, as a provider takes and gives them.
public interface EmbeddingDialect {

  /// The name losses and records say: `openai-embeddings`, `gemini-embeddings`.
  String name();

  /// The request as this dialect says it, with what it cannot say; throws a
  /// [dev.auriga.completion.Refusal] for an input it has no words for.
  Written write(EmbeddingRequest request, Target target);

  /// The vectors of a provider's answer; throws [BadReply] when it is none.
  Embeddings read(byte[] body);

  /// Model and count of a provider's answer without its vectors, drawn in one streaming pass;
  /// throws [BadReply].
  Embeddings glance(byte[] body);
}
