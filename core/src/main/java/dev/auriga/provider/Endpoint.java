// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.EmbeddingDialect;
import dev.auriga.dialect.Headers;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where a provider listens and what it wants to be told beside the body: its address, its dialect
/// and its fixed headers. The credential is apart.
public interface Endpoint {

  Dialect dialect();

  /// The address to post to for `model`.
  URI uri(String model, boolean streamed);

  Headers headers();

  /// What of a client's headers goes on to here.
  PassedHeaders passes();

  /// The address where prompts for `model` are counted; null where that is not offered.
  default @Nullable URI countUri(String model) {
    return null;
  }

  /// Where and how embeddings of `model` are asked for; null where that is not offered.
  default @Nullable Embedding embedding(String model) {
    return null;
  }

  /// An address and the dialect that is spoken there.
  record Embedding(EmbeddingDialect dialect, URI uri) {}
}
