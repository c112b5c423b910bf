// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import dev.auriga.provider.Transport;
import dev.auriga.provider.TransportFailure;
import dev.auriga.provider.TransportFailure.Kind;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The way upstream over the gateway's event loops: HTTP/1.1, pooled for each loop.
///
/// A whole answer costs its thread one wake-up, a streamed one a wake-up for the head and one for
/// whatever has arrived since the last read. It holds at most about 256 KiB of an answer that is not
/// read; then it stops reading from the upstream.
public final class LoopTransport implements Transport {
  private final EventLoops loops;
  private final Dialer dialer = new Dialer();
  private final Map<EventLoop, UpstreamPool> pools;
  private volatile boolean closed;

  /// Sends on `loops`, which the caller closes after this.
  public LoopTransport(EventLoops loops) {
    this.loops = loops;
    this.pools =
        loops.all().stream()
            .collect(Collectors.toMap(Function.identity(), loop -> new UpstreamPool(loop.netty(), dialer)));
  }

  @Override
  public Inbound send(Outbound outbound) throws TransportFailure, InterruptedException {
    if (closed) {
      throw new TransportFailure(Kind.CLOSED, "the transport is closed");
    }
    Origin origin = Origin.of(outbound.uri());
    if (origin == null) {
      throw new TransportFailure(Kind.NOT_CONNECTED, "no host in the address");
    }
    EventLoop loop = loops.nearest();
    UpstreamPool pool = Objects.requireNonNull(pools.get(loop));
    UpstreamExchange exchange = new UpstreamExchange(loop, pool, origin, outbound);
    exchange.start();
    return exchange.awaitHead();
  }

  /// Refuses further requests and closes the connections that are idle; exchanges under way go on,
  /// at most until the loops are closed.
  @Override
  public void close() {
    closed = true;
    pools.values().forEach(UpstreamPool::close);
    dialer.close();
  }
}
