// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.protocol;

import java.nio.charset.StandardCharsets;

/// One event of a stream, as bytes on the wire, with its part in the stream and the tokens it
/// carries, which set its pace.
@SuppressWarnings("ArrayRecordComponent") // bytes of a body; compared by nobody
public record Event(byte[] bytes, Part part, int tokens) {

  /// What an event is to its stream.
  public enum Part {
    /// Comes before anything is said.
    OPENING,
    /// Says something.
    CONTENT,
    /// Comes after all is said: usage, finish reason.
    CLOSING,
    /// The one without which the stream is not whole.
    TERMINAL
  }

  /// An event of that text.
  public static Event of(String text, Part part, int tokens) {
    return new Event(text.getBytes(StandardCharsets.UTF_8), part, tokens);
  }
}
