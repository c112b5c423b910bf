// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import dev.auriga.dialect.Headers;
import java.time.Duration;

/// One request that a client sent, whole, and the way to answer it.
///
/// Belongs to the one virtual thread that [Handler#handle] runs on; only [#abort] and the questions
/// may be called from others. When the client leaves before the answer has ended, that thread is
/// interrupted at once, and every `reply` and `write` from then on throws [InterruptedException]:
/// leaving is the only reason these throw it, besides an interrupt of one's own.
///
/// Fields of `headers` that concern the connection or the framing (`connection`, `content-length`,
/// `transfer-encoding`, …) are the server's business and are left out of answers.
public interface Exchange {
  String method();

  /// The path as it came, not decoded, without the query.
  String path();

  /// What follows the `?`, not decoded; empty when there is none.
  String query();

  Headers headers();

  /// The whole body; the caller owns the array.
  byte[] body();

  /// Answers with head and body at once.
  ///
  /// Throws [IllegalStateException] when the answer [has begun][#begun].
  void reply(int status, Headers headers, byte[] body) throws InterruptedException;

  /// Says how a streamed answer is to begin; sent with the first piece. The last call before that
  /// counts, and calls after it are ignored.
  void begin(int status, Headers headers);

  /// Sends the next bytes; never changed after they are given. Waits while too much is unsent.
  void write(byte[] piece) throws InterruptedException;

  /// Ends a streamed answer properly. Does nothing when the client has left.
  void end();

  /// Closes the connection, so that an answer under way is visibly cut.
  void abort();

  /// From now on fills silences; replaces what was set before.
  void keepAlive(KeepAlive keepAlive);

  /// Fills no more silences. True when the answer has begun, so that what is left to say must be
  /// written; false when it has not and now cannot before the caller begins it.
  boolean stopKeepAlive();

  /// Whether a head is on its way. While a [KeepAlive] is set, false may be outdated at once; ask
  /// [#stopKeepAlive] instead.
  boolean begun();

  /// Whether the client left before the answer had ended.
  boolean clientGone();

  /// What to write whenever nothing has been written for a while, between two writes.
  ///
  /// When the answer has not begun, it is begun: as [#begin] said, else with `status` and `headers`.
  record KeepAlive(int status, Headers headers, Duration every, byte[] bytes) {
    public KeepAlive {
      if (!every.isPositive()) {
        throw new IllegalArgumentException("a keep-alive needs a period: " + every);
      }
    }
  }
}
