// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import dev.auriga.dialect.Headers;

/// What answers the requests of an [HttpServer]; called on one virtual thread for each request.
///
/// A handler that returns or throws without an answer causes a 500; one that does so in the middle
/// of an answer causes the connection to be closed.
public interface Handler {
  /// Whether the body of a request is worth receiving, by its head alone; asked on the event loop for
  /// long bodies, before any of it is kept. When it is not, `handle` gets the request without its
  /// body, and the connection is closed afterwards.
  default boolean receives(Exchange exchange) {
    return true;
  }

  /// Answers `exchange`.
  void handle(Exchange exchange) throws InterruptedException;

  /// Answers a request whose body is over the limit and was not read: `body` is empty. The
  /// connection is closed afterwards. Without a handler's own words it is a bare 413.
  default void tooLarge(Exchange exchange) throws InterruptedException {
    exchange.reply(413, Headers.NONE, new byte[0]);
  }

  /// Answers a request for whose body there is no room beside those of other requests in flight: `body`
  /// is empty. The connection is closed afterwards. Without a handler's own words it is a bare 503.
  default void crowded(Exchange exchange) throws InterruptedException {
    exchange.reply(503, Headers.of("retry-after", "1"), new byte[0]);
  }
}
