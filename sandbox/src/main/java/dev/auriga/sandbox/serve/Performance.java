// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.serve;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How a request is answered on the wire, move by move: the head (none when the connection breaks
/// or hangs before it), pieces of body each after a wait, an ending, and who hears of the outcome.
public record Performance(
    @Nullable Head head, List<Piece> pieces, Ending ending, Consumer<Outcome> whenOver) {

  /// Status and headers. A length below zero means a chunked body.
  public record Head(int status, Map<String, String> headers, long length, double waitMillis) {}

  /// Bytes that go out after a wait.
  @SuppressWarnings("ArrayRecordComponent") // bytes of a body; compared by nobody
  public record Piece(double waitMillis, byte[] bytes) {}

  /// What comes after the last piece.
  public enum Ending {
    /// The response ends as HTTP wants.
    COMPLETE,
    /// The connection is closed though the response is not whole.
    CLOSE,
    /// The connection is reset (TCP RST).
    RESET,
    /// Nothing more, for as long as the client stays.
    SILENCE
  }

  public Performance {
    pieces = List.copyOf(pieces);
  }

  /// No head at all, only that ending.
  public static Performance without(Ending ending) {
    return new Performance(null, List.of(), ending, outcome -> {});
  }

  /// The same, telling `listener` how it went.
  public Performance toldTo(Consumer<Outcome> listener) {
    return new Performance(head, pieces, ending, listener);
  }
}
