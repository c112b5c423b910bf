// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.Loss;
import dev.auriga.completion.RawJson;
import java.util.List;

/// Writes one stream to a client; a state machine for one thread.
///
/// Every method returns whole events (or nothing, as an empty array), so that a keepalive can be
/// put between any two results.
public interface StreamWriter {
  byte[] NOTHING = new byte[0];

  /// The media type of the stream, such as `text/event-stream`.
  String contentType();

  /// The event or events that tell `chunk`.
  byte[] write(Chunk chunk);

  /// What the client gets for an event of its own dialect: its bytes, or nothing where the client
  /// did not ask for it.
  byte[] pass(SseEvent event);

  /// What Auriga tells beside the answer, as the member `auriga` of the event that ends a stream of
  /// translated chunks.
  void beside(RawJson auriga);

  /// The end of a stream of translated chunks: whatever is still open, then the terminal event.
  byte[] end();

  /// The end of a stream whose events were passed on: what framing demands, usually nothing.
  byte[] endPassed();

  /// The dialect's error event; the stream ends after it without a terminal event.
  byte[] fail(Problem problem);

  /// Whether the connection is to be cut after [#fail] because this dialect's clients may take the
  /// proper end of a body for the end of the answer.
  default boolean cutsAfterFailure() {
    return false;
  }

  /// What of the chunks so far this dialect could not say, each thing once. Reasoning state is none: it
  /// is kept for clients whose dialect has no place for it.
  List<Loss> losses();

  /// Something a client of this dialect ignores, to keep the connection alive; empty where the
  /// dialect has nothing of the kind.
  byte[] keepAlive();
}
