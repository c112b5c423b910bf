// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the pool hands out, and how it comes by it.
@Timeout(60)
class UpstreamPoolIT {
  private static final Duration LIMIT = Duration.ofSeconds(4);

  private EventLoops loops;
  private EventLoop loop;
  private Dialer dialer;
  private UpstreamPool pool;

  @BeforeEach
  void open() {
    loops = EventLoops.start(null);
    loop = loops.all().getFirst().netty();
    dialer = new Dialer();
    pool = new UpstreamPool(loop, dialer);
  }

  @AfterEach
  void close() {
    pool.close();
    dialer.close();
    loops.close();
  }

  private <T> T onLoop(Callable<T> call) throws Exception {
    return loop.submit(call).get(10, TimeUnit.SECONDS);
  }

  private UpstreamConnection dialled(Origin origin) throws Exception {
    return onLoop(() -> pool.dialOnLoop(origin, LIMIT).outcome()).get(10, TimeUnit.SECONDS);
  }

  @Test
  void closedConnections_areNotHandedOut() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      Origin origin = new Origin(false, "127.0.0.1", server.getLocalPort());
      UpstreamConnection open = dialled(origin);
      UpstreamConnection closedIdle = dialled(origin);
      UpstreamConnection closedBefore = dialled(origin);
      List<UpstreamConnection> taken =
          onLoop(
              () -> {
                pool.giveBackOnLoop(open);
                pool.giveBackOnLoop(closedIdle);
                closedIdle.closeOnLoop();
                closedBefore.closeOnLoop();
                pool.giveBackOnLoop(closedBefore);
                List<UpstreamConnection> given = new ArrayList<>();
                given.add(pool.takeOnLoop(origin));
                given.add(pool.takeOnLoop(origin));
                return given;
              });
      assertThat(taken).containsExactly(open, null);
    }
  }

  @Test
  void secondAddress_isTriedWithinTheLimit() throws Exception {
    InetAddress deaf = InetAddress.getByName("127.0.0.2");
    InetAddress live = InetAddress.getByName("127.0.0.1");
    List<SocketChannel> fillers = new ArrayList<>();
    try (ServerSocket server = new ServerSocket(0, 50, live);
        ServerSocket full = new ServerSocket(server.getLocalPort(), 1, deaf)) {
      for (int i = 0; i < 8; i++) {
        SocketChannel filler = SocketChannel.open();
        fillers.add(filler);
        filler.configureBlocking(false);
        filler.connect(new InetSocketAddress(deaf, full.getLocalPort()));
      }
      Origin origin = new Origin(false, "twofold", server.getLocalPort());
      InetAddress[] addresses = {deaf, live};
      Dialer.Ways ways = new Dialer.Ways(addresses, null);
      // The limit of one address alone would outlast this test's patience.
      UpstreamConnection made =
          onLoop(
                  () -> {
                    Dial dial = new Dial(loop, origin, pool, LIMIT);
                    dial.startOnLoop(CompletableFuture.completedFuture(ways));
                    return dial.outcome();
                  })
              .get(10, TimeUnit.SECONDS);
      assertThat(made.isOpen()).isTrue();
      onLoop(
          () -> {
            made.closeOnLoop();
            return null;
          });
    } finally {
      for (SocketChannel filler : fillers) {
        filler.close();
      }
    }
  }
}
