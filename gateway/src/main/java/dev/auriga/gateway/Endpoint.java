// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import dev.auriga.engine.Caller;
import dev.auriga.gateway.transport.Exchange;

/// Answers one kind of path for a caller whose key has been checked.
///
/// Throws a [dev.auriga.completion.Refusal] to say no; the front door tells it.
interface Endpoint {
  void handle(Exchange exchange, Caller caller) throws InterruptedException;
}
