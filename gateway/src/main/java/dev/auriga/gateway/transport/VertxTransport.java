// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import dev.auriga.provider.Transport;
import dev.auriga.provider.TransportFailure;
import dev.auriga.provider.TransportFailure.Kind;

/// The way upstream over the gateway's event loops: HTTP/1.1, pooled for each loop.
///
/// A whole answer costs its thread one wake-up, a streamed one a wake-up for the head and one for
/// whatever has arrived since the last read. It holds at most about 256 KiB of an answer that is not
/// read; then it stops reading from the upstream.
public final class VertxTransport implements Transport {
  private final EventLoops loops;
  private volatile boolean closed;

  /// Sends on `loops`, which the caller closes after this.
  public VertxTransport(EventLoops loops) {
    this.loops = loops;
  }

  @Override
  public Inbound send(Outbound outbound) throws TransportFailure, InterruptedException {
    if (closed) {
      throw new TransportFailure(Kind.CLOSED, "the transport is closed");
    }
    UpstreamExchange exchange = new UpstreamExchange(loops.nearest(), outbound);
    exchange.start();
    return exchange.awaitHead();
  }

  /// Refuses further requests; exchanges under way go on, connections close with the loops.
  @Override
  public void close() {
    closed = true;
  }
}
