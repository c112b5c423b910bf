// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.dialect.Headers;
import dev.auriga.gateway.transport.HttpServer.Settings;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Fast producers, slow readers and clients that leave, all at once, thousands of times: nothing
/// hangs, nothing is lost, nothing is left behind.
///
/// The system property `auriga.soak` says how many exchanges in each mode, and `auriga.soak.seed`
/// repeats a run.
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class RelaySoakIT {
  private static final int EXCHANGES = Integer.getInteger("auriga.soak", 1_500);
  private static final int CLIENTS = 48;

  private enum Manner {
    READS_ALL,
    READS_SLOWLY,
    LEAVES_AT_ONCE,
    LEAVES_IN_THE_MIDDLE,
    RESETS_IN_THE_MIDDLE
  }

  private final AtomicInteger producing = new AtomicInteger();
  private final AtomicInteger relaying = new AtomicInteger();
  private final Semaphore beats = new Semaphore(0);

  @ParameterizedTest
  @EnumSource(Threads.class)
  void nothingHangs_andNothingIsLost(Threads mode) throws Exception {
    long seed = Long.getLong("auriga.soak.seed", System.nanoTime());
    System.out.println("auriga.soak.seed=" + seed);
    long began = System.nanoTime();
    try (EventLoops loops = EventLoops.start(mode);
        LoopTransport transport = new LoopTransport(loops);
        HttpServer server = HttpServer.start(loops, Settings.on("127.0.0.1", 0), handler(transport));
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      SplittableRandom seeds = new SplittableRandom(seed);
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        SplittableRandom random = seeds.split();
        runs.add(
            clients.submit(
                () -> {
                  for (int n = 0; n < EXCHANGES / CLIENTS; n++) {
                    try {
                      exchange(server.port(), random);
                    } catch (AssertionError wrong) {
                      describe(loops);
                      throw wrong;
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> run : runs) {
        run.get();
      }
      awaitQuiet(loops);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf("%s: %d relayed streams in %.1f s%n", mode, EXCHANGES, seconds);
  }

  private Handler handler(LoopTransport transport) {
    return exchange -> {
      boolean source = exchange.path().equals("/source");
      AtomicInteger count = source ? producing : relaying;
      count.incrementAndGet();
      try {
        if (source) {
          produce(exchange);
        } else {
          String port = exchange.headers().first("x-port");
          URI uri = URI.create("http://127.0.0.1:" + port + "/source?" + exchange.query());
          HttpServerContract.relay(transport, uri, exchange);
        }
      } finally {
        count.decrementAndGet();
      }
    };
  }

  /// `?size,piece`: that many bytes, each the low bits of its place.
  private static void produce(Exchange exchange) throws InterruptedException {
    String[] wanted = exchange.query().split(",");
    int size = Integer.parseInt(wanted[0]);
    int piece = Integer.parseInt(wanted[1]);
    exchange.begin(200, Headers.NONE);
    for (int sent = 0; sent < size; sent += piece) {
      byte[] bytes = new byte[Math.min(piece, size - sent)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = expected(sent + i);
      }
      exchange.write(bytes);
    }
    exchange.end();
  }

  private static byte expected(int place) {
    return (byte) (place * 31 + (place >> 8));
  }

  private void exchange(int port, SplittableRandom random) throws Exception {
    Manner manner = Manner.values()[random.nextInt(Manner.values().length)];
    int size = random.nextInt(10) == 0 ? random.nextInt(3_000_000) : random.nextInt(100_000);
    int piece = 1 + (random.nextBoolean() ? random.nextInt(200) + size / 500 : random.nextInt(40_000));
    try (RawClient client = new RawClient(port, manner == Manner.READS_ALL ? 0 : 4096)) {
      String target = "/relay?" + size + "," + piece;
      client.send("GET " + target + " HTTP/1.1\r\nhost: a\r\nx-port: " + port + "\r\n\r\n");
      switch (manner) {
        case READS_ALL -> readAll(client, size, false);
        case READS_SLOWLY -> readAll(client, size, true);
        case LEAVES_AT_ONCE -> client.leave();
        case LEAVES_IN_THE_MIDDLE -> {
          readSome(client, random.nextInt(size + 1));
          client.leave();
        }
        case RESETS_IN_THE_MIDDLE -> {
          readSome(client, random.nextInt(size + 1));
          client.reset();
        }
      }
      beats.release();
    } catch (IOException | AssertionError wrong) {
      throw new AssertionError(manner + " of " + size + " in " + piece, wrong);
    }
  }

  private void readAll(RawClient client, int size, boolean slowly) throws Exception {
    assertThat(client.head()).startsWith("HTTP/1.1 200");
    int place = 0;
    for (String chunk = client.chunk(); ; chunk = client.chunk()) {
      assertThat(chunk).as("cut at %d", place).isNotNull();
      if (chunk.isEmpty()) {
        break;
      }
      for (int i = 0; i < chunk.length(); i++) {
        if ((byte) chunk.charAt(i) != expected(place++)) {
          throw new AssertionError("wrong byte at " + (place - 1));
        }
      }
      if (slowly) {
        // Goes on when another client is done, or after a moment.
        var _ = beats.tryAcquire(1, TimeUnit.MILLISECONDS);
      }
    }
    assertThat(place).isEqualTo(size);
  }

  private static void readSome(RawClient client, int bytes) throws IOException {
    for (int i = 0; i < bytes && client.read() >= 0; i++) {
      // goes on
    }
  }

  private static synchronized void describe(EventLoops loops) {
    for (EventLoop loop : loops.all()) {
      System.out.println(loop.thread().getName() + " serves " + loop.serving().size());
      for (Thread serving : loop.serving()) {
        System.out.println(serving.getName());
        for (StackTraceElement frame : serving.getStackTrace()) {
          System.out.println("    at " + frame);
        }
      }
    }
  }

  private void awaitQuiet(EventLoops loops) throws InterruptedException {
    for (EventLoop loop : loops.all()) {
      for (Thread serving : loop.serving()) {
        assertThat(serving.join(java.time.Duration.ofSeconds(10)))
            .as("%s still serves: %s", serving.getName(), List.of(serving.getStackTrace()))
            .isTrue();
      }
    }
    assertThat(producing).as("upstreams left behind").hasValue(0);
    assertThat(relaying).as("relays left behind").hasValue(0);
  }
}
