// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import org.jspecify.annotations.Nullable;

/// What a client sent: the body's bytes, and what its dialect says in the path instead.
///
/// @param body the JSON text, UTF-8; never changed by whoever holds it
/// @param pathModel the model named in the path (Gemini), absent where the body names it
/// @param framing how the client wants its answer framed, as far as the path says so
public record ClientRequest(byte[] body, @Nullable String pathModel, Framing framing) {

  /// How the path asks for the answer.
  public enum Framing {
    /// The body says whether it streams, and a stream is SSE.
    BY_BODY,
    /// A whole answer.
    WHOLE,
    /// A stream of server-sent events.
    SSE,
    /// A stream that is one JSON array (Gemini without `alt=sse`).
    JSON_ARRAY
  }

  public static ClientRequest of(byte[] body) {
    return new ClientRequest(body, null, Framing.BY_BODY);
  }
}
