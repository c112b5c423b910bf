// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.dialect.Headers;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Sends one HTTP request and lets the answer be pulled; blocking, for virtual threads.
///
/// Implementations are thread-safe, pool connections, follow no redirects, resend nothing, set no
/// header of their own but those HTTP demands, and refuse a response head over 64 KiB. A thread
/// that is interrupted while it waits here gets an [InterruptedException], and the upstream
/// connection of that exchange is closed before it is thrown.
public interface Transport extends AutoCloseable {

  /// Sends `outbound` whole and waits for the head of the answer.
  ///
  /// Throws [TransportFailure] when there is no answer: not connected in time, lost before the
  /// head, or no head within [Outbound#headTimeout].
  Inbound send(Outbound outbound) throws TransportFailure, InterruptedException;

  @Override
  void close();

  /// A request on its way out.
  ///
  /// @param body sent with a content-length; never changed after it is given
  /// @param shape what the caller is going to do with the answer's body
  record Outbound(
      String method,
      URI uri,
      Headers headers,
      byte[] body,
      Shape shape,
      Duration connectTimeout,
      Duration headTimeout) {}

  /// How the answer's body will be read; a hint for how often to wake the reader.
  enum Shape {
    /// All at once: the transport may collect it and wake the reader once.
    WHOLE,
    /// Piece by piece as it comes. An answer with an error status may still be collected.
    STREAMED
  }

  /// An answer whose head has come. Closing it before the body ended closes the connection at once;
  /// after the end it returns the connection to the pool. `close` may be called from any thread and
  /// more than once; every other method belongs to the reading thread.
  interface Inbound extends AutoCloseable {
    int status();

    Headers headers();

    /// The next bytes of the body, at least one; null at its proper end.
    ///
    /// Waits at most `idle`. Throws [TransportFailure] when nothing came in time, or the connection
    /// was lost or closed before the end (a short content-length, a missing last chunk).
    byte @Nullable [] read(Duration idle) throws TransportFailure, InterruptedException;

    @Override
    void close();
  }
}
