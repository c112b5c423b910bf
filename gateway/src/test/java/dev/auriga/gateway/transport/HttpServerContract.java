// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.dialect.Headers;
import dev.auriga.gateway.transport.Exchange.KeepAlive;
import dev.auriga.gateway.transport.HttpServer.Limits;
import dev.auriga.gateway.transport.HttpServer.Settings;
import dev.auriga.provider.RawUpstream;
import dev.auriga.provider.Transport;
import dev.auriga.provider.Transport.Inbound;
import dev.auriga.provider.Transport.Outbound;
import dev.auriga.provider.Transport.Shape;
import dev.auriga.provider.TransportFailure;
import dev.auriga.resilience.Room;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the server does, on either kind of thread, seen from a raw socket.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
abstract class HttpServerContract {
  private static final Headers TEXT = Headers.of("content-type", "text/plain");

  private interface Answering {
    void answer(Exchange exchange) throws InterruptedException;
  }

  private final Threads mode;
  private EventLoops loops;
  private HttpServer server;
  private Room bodies = new Room(1 << 30);

  HttpServerContract(Threads mode) {
    this.mode = mode;
  }

  @BeforeAll
  void startLoops() {
    loops = EventLoops.start(mode);
  }

  @AfterAll
  void closeLoops() {
    loops.close();
  }

  @AfterEach
  void closeServer() {
    if (server != null) {
      server.close();
    }
  }

  private RawClient serve(Answering answering) throws Exception {
    return serve(Limits.USUAL, answering);
  }

  private RawClient serve(Limits limits, Answering answering) throws Exception {
    Handler handler =
        new Handler() {
          @Override
          public void handle(Exchange exchange) throws InterruptedException {
            answering.answer(exchange);
          }

          @Override
          public void tooLarge(Exchange exchange) throws InterruptedException {
            exchange.reply(413, TEXT, bytes("too large for " + exchange.path()));
          }

          @Override
          public void crowded(Exchange exchange) throws InterruptedException {
            exchange.reply(503, TEXT, bytes("no room for " + exchange.path()));
          }
        };
    server = HttpServer.start(loops, Settings.on("127.0.0.1", 0).withLimits(limits).withBodies(bodies), handler);
    assertThat(server.mode()).isEqualTo(mode);
    return new RawClient(server.port());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /* Answers. */

  @Test
  void repliesWithWhatWasAsked() throws Exception {
    Answering echo =
        exchange ->
            exchange.reply(
                200,
                TEXT.with("x-method", exchange.method()).with("x-query", exchange.query()),
                bytes(
                    "%s %s %d"
                        .formatted(exchange.path(), exchange.headers().first("X-Own"), exchange.body().length)));
    try (RawClient client = serve(echo)) {
      client.send("POST /a%20b?c=d?e HTTP/1.1\r\nhost: a\r\nx-own: 7\r\ncontent-length: 5\r\n\r\nhello");
      RawClient.Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("x-method")).isEqualTo("POST");
      assertThat(answer.header("x-query")).isEqualTo("c=d?e");
      assertThat(answer.header("content-type")).isEqualTo("text/plain");
      assertThat(answer.body()).isEqualTo("/a%20b 7 5");
      client.get("/second");
      assertThat(client.answer().body()).isEqualTo("/second null 0");
    }
  }

  @Test
  void streamsChunks_headHeldUntilTheFirstWrite() throws Exception {
    CountDownLatch mayWrite = new CountDownLatch(1);
    Answering streaming =
        exchange -> {
          exchange.begin(200, TEXT);
          assertThat(exchange.begun()).isFalse();
          mayWrite.await();
          exchange.write(bytes("one"));
          assertThat(exchange.begun()).isTrue();
          exchange.write(bytes("two"));
          exchange.end();
        };
    try (RawClient client = serve(streaming)) {
      client.get("/");
      client.timeout(200);
      assertThatThrownBy(client::read)
          .isInstanceOf(java.net.SocketTimeoutException.class);
      client.timeout(10_000);
      mayWrite.countDown();
      RawClient.Answer answer = client.answer();
      assertThat(answer.body()).isEqualTo("onetwo");
      assertThat(answer.proper()).isTrue();
      client.get("/again");
      assertThat(client.answer().body()).isEqualTo("onetwo");
    }
  }

  @Test
  void headRequests_getNoBody_andConnectionsGoOn() throws Exception {
    try (RawClient client = serve(exchange -> exchange.reply(200, TEXT, bytes("hello")))) {
      client.send("HEAD / HTTP/1.1\r\nhost: a\r\n\r\nGET / HTTP/1.1\r\nhost: a\r\n\r\n");
      assertThat(client.head()).contains("content-length: 5");
      assertThat(client.answer().body()).isEqualTo("hello");
    }
  }

  @Test
  void bodilessStatus() throws Exception {
    try (RawClient client = serve(exchange -> exchange.reply(204, Headers.NONE, new byte[0]))) {
      client.get("/");
      assertThat(client.answer().status()).isEqualTo(204);
      client.get("/");
      assertThat(client.answer().status()).isEqualTo(204);
    }
  }

  @Test
  void pipelinedRequests_areAnsweredInOrder() throws Exception {
    try (RawClient client = serve(exchange -> exchange.reply(200, TEXT, bytes(exchange.path())))) {
      client.send("GET /1 HTTP/1.1\r\nhost: a\r\n\r\nGET /2 HTTP/1.1\r\nhost: a\r\n\r\n");
      assertThat(client.answer().body()).isEqualTo("/1");
      assertThat(client.answer().body()).isEqualTo("/2");
    }
  }

  @Test
  void oldClients_areAnsweredWithoutChunks() throws Exception {
    Answering streaming =
        exchange -> {
          exchange.begin(200, TEXT);
          exchange.write(bytes("one"));
          exchange.write(bytes("two"));
          exchange.end();
        };
    try (RawClient client = serve(streaming)) {
      client.send("GET / HTTP/1.0\r\n\r\n");
      assertThat(client.head()).doesNotContain("chunked");
      StringBuilder body = new StringBuilder();
      for (int next = client.read(); next >= 0; next = client.read()) {
        body.append((char) next);
      }
      assertThat(body).hasToString("onetwo");
    }
  }

  @Test
  void oldClients_canTellAnAnswerThatIsCut() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    Answering cutting =
        exchange -> {
          exchange.begin(200, TEXT);
          exchange.write(bytes("one"));
          read.await();
          exchange.abort();
        };
    try (RawClient client = serve(cutting)) {
      client.send("GET / HTTP/1.0\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 200");
      assertThat(new char[] {(char) client.read(), (char) client.read(), (char) client.read()})
          .containsExactly('o', 'n', 'e');
      read.countDown();
      assertThatThrownBy(client::read).isInstanceOf(java.net.SocketException.class);
    }
  }

  @Test
  void oldClients_areNotToldToContinue() throws Exception {
    try (RawClient client = serve(exchange -> exchange.reply(200, TEXT, exchange.body()))) {
      client.send("POST / HTTP/1.0\r\ncontent-length: 5\r\nexpect: 100-continue\r\n\r\nhello");
      RawClient.Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("hello");
    }
  }

  @Test
  void clientThatWantsToClose_isClosed() throws Exception {
    try (RawClient client = serve(exchange -> exchange.reply(200, TEXT, bytes("ok")))) {
      client.send("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
      assertThat(client.answer().body()).isEqualTo("ok");
      assertThat(client.closedByServer()).isTrue();
    }
  }

  @Test
  void framingOfTheHandler_isIgnored_andInjectedFieldsAreNotSent() throws Exception {
    Answering answering =
        exchange -> {
          if (exchange.path().equals("/framing")) {
            Headers framing =
                Headers.of("content-length", "99", "transfer-encoding", "chunked", "connection", "close");
            exchange.reply(200, framing, bytes("ok"));
          } else {
            exchange.reply(200, Headers.of("x-evil", "a\r\nset-cookie: b"), bytes("ok"));
          }
        };
    try (RawClient client = serve(answering)) {
      client.get("/framing");
      RawClient.Answer answer = client.answer();
      assertThat(answer.header("content-length")).isEqualTo("2");
      assertThat(answer.header("transfer-encoding")).isEmpty();
      assertThat(client.closedByServer()).isTrue();
    }
    try (RawClient client = new RawClient(server.port())) {
      client.get("/injected");
      assertThat(client.answer()).isNull();
    }
  }

  @Test
  void servedOnVirtualThreads_onTheConnectionsLoopWhereLoopsCarry() throws Exception {
    Answering naming =
        exchange -> {
          EventLoop first = loops.nearest();
          boolean stays = true;
          for (int i = 0; i < 8; i++) {
            stays &= loops.nearest() == first && first.serving().contains(Thread.currentThread());
          }
          exchange.reply(200, TEXT, bytes(Thread.currentThread().isVirtual() + " " + stays));
        };
    try (RawClient client = serve(naming)) {
      client.get("/");
      assertThat(client.answer().body()).isEqualTo("true " + (mode == Threads.LOOP_CARRIED));
    }
  }

  /* Handlers that fail. */

  @Test
  void handlerThatThrows_isA500_andThatReturnsToo() throws Exception {
    Answering failing =
        exchange -> {
          if (exchange.path().equals("/throws")) {
            throw new IllegalStateException("on purpose");
          }
        };
    try (RawClient client = serve(failing)) {
      client.get("/throws");
      assertThat(client.answer().status()).isEqualTo(500);
      client.get("/returns");
      assertThat(client.answer().status()).isEqualTo(500);
    }
  }

  @Test
  void handlerThatThrowsInTheMiddle_cutsTheAnswer() throws Exception {
    Answering failing =
        exchange -> {
          exchange.begin(200, TEXT);
          exchange.write(bytes("one"));
          throw new IllegalStateException("on purpose");
        };
    try (RawClient client = serve(failing)) {
      client.get("/");
      RawClient.Answer answer = client.answer();
      assertThat(answer == null || !answer.proper()).as("cut").isTrue();
    }
  }

  @Test
  void abort_cutsTheAnswer() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    Answering aborting =
        exchange -> {
          exchange.begin(200, TEXT);
          exchange.write(bytes("one"));
          seen.await();
          exchange.abort();
        };
    try (RawClient client = serve(aborting)) {
      client.get("/");
      client.head();
      assertThat(client.chunk()).isEqualTo("one");
      seen.countDown();
      assertThat(client.chunk()).isNull();
    }
  }

  @Test
  void whatWasWrittenJustBeforeAnAbort_isSent() throws Exception {
    Answering aborting =
        exchange -> {
          exchange.begin(200, TEXT);
          exchange.write(bytes("one"));
          exchange.abort();
        };
    try (RawClient client = serve(aborting)) {
      client.get("/");
      client.head();
      assertThat(client.chunk()).isEqualTo("one");
      assertThat(client.chunk()).isNull();
    }
  }

  @Test
  void replyAfterTheAnswerBegan_isAMistake() throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Answering twice =
        exchange -> {
          exchange.begin(200, TEXT);
          exchange.write(bytes("one"));
          try {
            exchange.reply(200, TEXT, bytes("two"));
          } catch (IllegalStateException mistake) {
            thrown.complete(mistake);
          }
          exchange.end();
        };
    try (RawClient client = serve(twice)) {
      client.get("/");
      assertThat(client.answer().body()).isEqualTo("one");
      assertThat(thrown.get(5, TimeUnit.SECONDS)).hasMessageContaining("has begun");
    }
  }

  @Test
  void replyReplacesAHeadThatWasOnlySaid() throws Exception {
    Answering changing =
        exchange -> {
          exchange.begin(200, TEXT);
          exchange.reply(502, TEXT, bytes("no"));
        };
    try (RawClient client = serve(changing)) {
      client.get("/");
      assertThat(client.answer().status()).isEqualTo(502);
    }
  }

  /* Clients that leave. */

  @Test
  void clientThatLeaves_interruptsAtOnce_andWriteSaysSo() throws Exception {
    for (String way : List.of("/waiting-reset", "/waiting-close", "/streaming-close")) {
      CountDownLatch waiting = new CountDownLatch(1);
      CompletableFuture<Long> interrupted = new CompletableFuture<>();
      CompletableFuture<Boolean> writeThrew = new CompletableFuture<>();
      Answering hanging =
          exchange -> {
            if (way.startsWith("/streaming")) {
              exchange.begin(200, TEXT);
              exchange.write(bytes("one"));
            }
            waiting.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException left) {
              interrupted.complete(System.nanoTime());
            }
            assertThat(exchange.clientGone()).isTrue();
            try {
              exchange.write(bytes("two"));
              writeThrew.complete(false);
            } catch (InterruptedException left) {
              writeThrew.complete(true);
            }
          };
      try (RawClient client = serve(hanging)) {
        client.get(way);
        assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
        long left = System.nanoTime();
        if (way.endsWith("reset")) {
          client.reset();
        } else {
          client.leave();
        }
        long nanos = interrupted.get(10, TimeUnit.SECONDS) - left;
        System.out.printf("%s %s: interrupted %.1f ms after the client left%n", mode, way, nanos / 1e6);
        assertThat(Duration.ofNanos(nanos)).isLessThan(Duration.ofSeconds(1));
        assertThat(writeThrew.get(10, TimeUnit.SECONDS)).isTrue();
      }
      server.close();
    }
  }

  @Test
  void clientThatLeavesBehindManyRequests_interruptsAtOnce() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    try (RawClient client = serve(exchange -> hang(waiting, interrupted))) {
      client.send("GET /hang HTTP/1.1\r\nhost: a\r\n\r\n".repeat(9));
      assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
      client.leave();
      assertThat(interrupted.get(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void tooMuchBehindARequest_endsTheConnection() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    try (RawClient client = serve(exchange -> hang(waiting, interrupted))) {
      client.get("/hang");
      assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
      client.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 307200\r\n\r\n" + "x".repeat(307_200));
      assertThat(client.closedByServer()).isTrue();
      assertThat(interrupted.get(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void hang(CountDownLatch waiting, CompletableFuture<Boolean> interrupted) {
    waiting.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException left) {
      interrupted.complete(true);
    }
  }

  @Test
  void clientThatLeaves_closesTheUpstream() throws Exception {
    try (RawUpstream upstream = new RawUpstream(); LoopTransport transport = new LoopTransport(loops)) {
      CountDownLatch asked = new CountDownLatch(2);
      upstream.on(
          "/silent",
          peer -> {
            asked.countDown();
            peer.hang();
          });
      upstream.on(
          "/stream",
          peer -> {
            asked.countDown();
            peer.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
            peer.chunk("one");
            peer.hang();
          });
      Answering relaying = exchange -> relay(transport, upstream.uri(exchange.path()), exchange);
      try (RawClient silent = serve(relaying); RawClient streaming = new RawClient(server.port())) {
        silent.get("/silent");
        streaming.get("/stream");
        assertThat(streaming.head()).isNotNull();
        assertThat(streaming.chunk()).isEqualTo("one");
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        for (RawClient client : List.of(silent, streaming)) {
          long left = System.nanoTime();
          client.leave();
          Long closed = upstream.awaitClosure(10_000);
          assertThat(closed).as("upstream closed").isNotNull();
          Duration took = Duration.ofNanos(closed - left);
          System.out.println(mode + ": upstream closed " + took + " after the client left");
          assertThat(took).isLessThan(Duration.ofSeconds(1));
        }
      }
    }
  }

  static void relay(Transport transport, URI uri, Exchange exchange) throws InterruptedException {
    Duration limit = Duration.ofSeconds(30);
    Outbound outbound =
        new Outbound("POST", uri, Headers.NONE, exchange.body(), Shape.STREAMED, limit, limit);
    try (Inbound inbound = transport.send(outbound)) {
      exchange.begin(inbound.status(), Headers.NONE);
      for (byte[] piece = inbound.read(limit); piece != null; piece = inbound.read(limit)) {
        exchange.write(piece);
      }
      exchange.end();
    } catch (TransportFailure failure) {
      if (exchange.begun()) {
        exchange.abort();
      } else {
        exchange.reply(502, Headers.NONE, bytes(failure.getMessage()));
      }
    }
  }

  @Test
  void clientThatLeavesAfterTheEnd_doesNotDisturbWhatFollows() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    CompletableFuture<Boolean> undisturbed = new CompletableFuture<>();
    Answering answering =
        exchange -> {
          exchange.begin(200, TEXT);
          exchange.write(bytes("one"));
          exchange.end();
          left.await();
          undisturbed.complete(!Thread.currentThread().isInterrupted() && !exchange.clientGone());
        };
    try (RawClient client = serve(answering)) {
      client.get("/");
      assertThat(client.answer().proper()).isTrue();
    }
    // The next answer on the same loops shows that the closure has been seen.
    for (int i = 0; i < 4; i++) {
      try (RawClient next = new RawClient(server.port())) {
        next.get("/");
        assertThat(next.answer().proper()).isTrue();
      }
    }
    left.countDown();
    assertThat(undisturbed.get(10, TimeUnit.SECONDS)).isTrue();
  }

  /* Silence. */

  private static KeepAlive every(int millis) {
    return new KeepAlive(200, TEXT, Duration.ofMillis(millis), bytes(":"));
  }

  @Test
  void keepAlive_beginsTheAnswer_andFillsSilences() throws Exception {
    CountDownLatch threeSeen = new CountDownLatch(1);
    CountDownLatch moreSeen = new CountDownLatch(1);
    Answering pinging =
        exchange -> {
          exchange.keepAlive(every(20));
          threeSeen.await();
          exchange.begin(500, Headers.of("x-late", "1"));
          exchange.write(bytes("one"));
          moreSeen.await();
          exchange.write(bytes("two"));
          exchange.end();
        };
    try (RawClient client = serve(pinging)) {
      client.get("/");
      assertThat(client.head()).startsWith("HTTP/1.1 200").contains("text/plain").doesNotContain("x-late");
      for (int i = 0; i < 3; i++) {
        assertThat(client.chunk()).isEqualTo(":");
      }
      threeSeen.countDown();
      assertThat(nextBut(client, ":")).isEqualTo("one");
      assertThat(client.chunk()).isEqualTo(":");
      moreSeen.countDown();
      assertThat(nextBut(client, ":")).isEqualTo("two");
      assertThat(client.chunk()).isEmpty();
    }
  }

  private static String nextBut(RawClient client, String skipped) throws Exception {
    String chunk = client.chunk();
    while (skipped.equals(chunk)) {
      chunk = client.chunk();
    }
    return chunk;
  }

  @Test
  void keepAlive_sendsTheHeadThatIsHeld() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    Answering pinging =
        exchange -> {
          exchange.begin(201, Headers.of("x-own", "1"));
          exchange.keepAlive(every(20));
          seen.await();
          exchange.end();
        };
    try (RawClient client = serve(pinging)) {
      client.get("/");
      assertThat(client.head()).startsWith("HTTP/1.1 201").contains("x-own: 1");
      assertThat(client.chunk()).isEqualTo(":");
      seen.countDown();
      assertThat(nextBut(client, ":")).isEmpty();
    }
  }

  @Test
  void keepAliveThatIsStopped_neverBeginsTheAnswer() throws Exception {
    // Stops at every moment around the first ping; either it came first, or it never comes.
    AtomicLong delay = new AtomicLong();
    Answering racing =
        exchange -> {
          Duration every = exchange.path().equals("/soon") ? Duration.ofNanos(200_000) : Duration.ofHours(1);
          exchange.keepAlive(new KeepAlive(200, TEXT, every, bytes(":")));
          LockSupport.parkNanos(delay.getAndAdd(1_000));
          if (exchange.stopKeepAlive()) {
            exchange.write(bytes("late"));
            exchange.end();
          } else {
            exchange.reply(503, TEXT, bytes("early"));
          }
        };
    try (RawClient client = serve(racing)) {
      for (int i = 0; i < 500; i++) {
        client.get("/soon");
        RawClient.Answer answer = client.answer();
        assertThat(answer.proper()).isTrue();
        if (answer.status() == 503) {
          assertThat(answer.body()).isEqualTo("early");
        } else {
          assertThat(answer.body()).matches(":+late");
        }
      }
      client.get("/");
      assertThat(client.answer().body()).isEqualTo("early");
    }
  }

  @Test
  void keepAliveIsQuiet_whileThereIsSomethingToSay() throws Exception {
    Answering busy =
        exchange -> {
          exchange.keepAlive(every(5_000));
          exchange.begin(200, TEXT);
          for (int i = 0; i < 200; i++) {
            exchange.write(bytes("x"));
          }
          exchange.end();
        };
    try (RawClient client = serve(busy)) {
      client.get("/");
      assertThat(client.answer().body()).isEqualTo("x".repeat(200));
    }
  }

  /* Slow readers. */

  @Test
  void slowReader_holdsTheWriterBack() throws Exception {
    int blocks = 400;
    byte[] block = new byte[64 * 1024];
    CountDownLatch threeQuarters = new CountDownLatch(blocks * 3 / 4);
    Answering pouring =
        exchange -> {
          exchange.begin(200, TEXT);
          for (int i = 0; i < blocks; i++) {
            exchange.write(block);
            threeQuarters.countDown();
          }
          exchange.end();
        };
    try (RawClient client = serve(pouring)) {
      client.get("/");
      client.head();
      assertThat(threeQuarters.await(500, TimeUnit.MILLISECONDS)).as("written while nobody read").isFalse();
      long read = 0;
      for (String chunk = client.chunk(); !chunk.isEmpty(); chunk = client.chunk()) {
        read += chunk.length();
      }
      assertThat(read).isEqualTo((long) blocks * block.length);
    }
  }

  @Test
  void readerThatTakesNothing_isCutOff() throws Exception {
    CompletableFuture<Boolean> gone = new CompletableFuture<>();
    Answering pouring =
        exchange -> {
          exchange.begin(200, TEXT);
          byte[] block = new byte[1024 * 1024];
          try {
            while (true) {
              exchange.write(block);
            }
          } catch (InterruptedException cut) {
            gone.complete(exchange.clientGone());
          }
        };
    try (RawClient client = serve(Limits.USUAL.withWrite(Duration.ofMillis(200)), pouring)) {
      client.get("/");
      assertThat(gone.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  /* Request bodies. */

  @Test
  void tooLargeBodies_areRefusedByTheHandler() throws Exception {
    Limits small = Limits.USUAL.withBodyBytes(10);
    List<String> requests =
        List.of(
            "POST /v1/x HTTP/1.1\r\nhost: a\r\ncontent-length: 11\r\n\r\n",
            "POST /v1/x HTTP/1.1\r\nhost: a\r\ncontent-length: 11\r\nexpect: 100-continue\r\n\r\n",
            "POST /v1/x HTTP/1.1\r\nhost: a\r\ncontent-length: 99999999999999999999\r\n\r\n",
            "POST /v1/x HTTP/1.1\r\nhost: a\r\ncontent-length: 11\r\n\r\n01234567890",
            "POST /v1/x HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nb\r\n01234567890\r\n");
    serve(small, exchange -> exchange.reply(200, TEXT, exchange.body())).leave();
    for (String request : requests) {
      try (RawClient client = new RawClient(server.port())) {
        client.send(request);
        RawClient.Answer answer = client.answer();
        if (request.contains("99999999999999999999")) {
          assertThat(answer == null || answer.status() >= 400).as(request).isTrue();
        } else {
          assertThat(answer.status()).as(request).isEqualTo(413);
          assertThat(answer.body()).isEqualTo("too large for /v1/x");
          assertThat(answer.header("connection")).isEqualTo("close");
        }
        assertThat(client.closedByServer()).as(request).isTrue();
      }
    }
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.post("/", "0123456789").answer().body()).isEqualTo("0123456789");
    }
  }

  @Test
  void tooLargeBodyThatKeepsComing_canStillReadWhy() throws Exception {
    serve(Limits.USUAL.withBodyBytes(1000), exchange -> exchange.reply(200, TEXT, bytes("no"))).leave();
    try (RawClient client = new RawClient(server.port())) {
      client.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4000000\r\n\r\n");
      for (int i = 0; i < 40; i++) {
        client.send("x".repeat(100_000));
      }
      assertThat(client.answer().status()).isEqualTo(413);
      assertThat(client.closedByServer()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST / HTTP/1.1\r\ncontent-length: 4000000\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\nno colon\r\ncontent-length: 4000000\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
      })
  void ambiguousRequestWhoseBodyKeepsComing_canStillReadWhy(String request) throws Exception {
    serve(exchange -> exchange.reply(200, TEXT, bytes("no"))).leave();
    try (RawClient client = new RawClient(server.port())) {
      client.send(request);
      for (int i = 0; i < 40; i++) {
        client.send("x".repeat(100_000));
      }
      assertThat(client.answer().status()).isEqualTo(400);
      assertThat(client.closedByServer()).isTrue();
    }
  }

  @Test
  void bodiesTogether_areBounded_andMakeRoomHoweverTheyEnd() throws Exception {
    CountDownLatch serving = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Answering answering =
        exchange -> {
          if (exchange.path().equals("/slow")) {
            serving.countDown();
            mayEnd.await();
          }
          exchange.reply(200, TEXT, bytes("ok"));
        };
    bodies = new Room(40_000);
    String body = "x".repeat(30_000);
    String chunked =
        "POST /x HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n7530\r\n" + body + "\r\n0\r\n\r\n";
    try (RawClient slow = serve(Limits.USUAL.withBodyBytes(40_000), answering)) {
      slow.post("/slow", body);
      assertThat(serving.await(10, TimeUnit.SECONDS)).isTrue();
      try (RawClient announced = new RawClient(server.port()); RawClient unannounced = new RawClient(server.port())) {
        assertThat(announced.post("/x", body).answer().body()).isEqualTo("no room for /x");
        assertThat(announced.closedByServer()).isTrue();
        assertThat(unannounced.send(chunked).answer().status()).isEqualTo(503);
      }
      mayEnd.countDown();
      assertThat(slow.answer().status()).isEqualTo(200);
    }
    awaitRoomFor(body);
    try (RawClient leaving = new RawClient(server.port())) {
      leaving.send("POST /x HTTP/1.1\r\nhost: a\r\ncontent-length: 40000\r\n\r\n" + body);
      awaitNoRoomFor(body);
    }
    awaitRoomFor(body);
  }

  /// Room is given back a little after the answer.
  private void awaitRoomFor(String body) throws Exception {
    while (statusFor(body) != 200) {
      Thread.yield();
    }
  }

  private void awaitNoRoomFor(String body) throws Exception {
    while (statusFor(body) != 503) {
      Thread.yield();
    }
  }

  private int statusFor(String body) throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      return client.post("/x", body).answer().status();
    }
  }

  @Test
  void longBodiesNobodyWants_areAnsweredUnread() throws Exception {
    Handler handler =
        new Handler() {
          @Override
          public boolean receives(Exchange exchange) {
            return exchange.headers().first("x-known") != null;
          }

          @Override
          public void handle(Exchange exchange) throws InterruptedException {
            exchange.reply(200, TEXT, bytes("got " + exchange.body().length));
          }

          @Override
          public void tooLarge(Exchange exchange) throws InterruptedException {
            exchange.reply(413, TEXT, bytes("too large"));
          }
        };
    server = HttpServer.start(loops, Settings.on("127.0.0.1", 0), handler);
    String head = "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 70000\r\n";
    for (String unknown : List.of(head, head.replace("content-length: 70000", "transfer-encoding: chunked"))) {
      try (RawClient client = new RawClient(server.port())) {
        client.send(unknown + "\r\n");
        RawClient.Answer answer = client.answer();
        assertThat(answer.body()).as("without a byte of the body sent").isEqualTo("got 0");
        assertThat(answer.header("connection")).isEqualTo("close");
        assertThat(client.closedByServer()).isTrue();
      }
    }
    try (RawClient client = new RawClient(server.port())) {
      client.send(head + "x-known: 1\r\n\r\n" + "x".repeat(70_000));
      assertThat(client.answer().body()).isEqualTo("got 70000");
      assertThat(client.post("/", "short").answer().body()).isEqualTo("got 5");
    }
  }

  @Test
  void expectContinue_isAnswered() throws Exception {
    try (RawClient client = serve(exchange -> exchange.reply(200, TEXT, exchange.body()))) {
      client.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\nexpect: 100-continue\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 100");
      client.send("hello");
      assertThat(client.answer().body()).isEqualTo("hello");
    }
  }

  @Test
  void chunkedBodies_areCollected() throws Exception {
    try (RawClient client = serve(exchange -> exchange.reply(200, TEXT, exchange.body()))) {
      client.send("POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n");
      client.send("3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nt: 1\r\n\r\n");
      assertThat(client.answer().body()).isEqualTo("hello");
      client.get("/");
      assertThat(client.answer().status()).isEqualTo(200);
    }
  }

  /* Slow senders. */

  @Test
  void slowHeads_andQuietConnections_areClosed() throws Exception {
    Limits limits = Limits.USUAL.withIdle(Duration.ofMillis(200));
    serve(limits, exchange -> exchange.reply(200, TEXT, bytes("ok"))).leave();
    for (String start : List.of("", "GET / HT", "GET / HTTP/1.1\r\nhost: a\r\nx: ")) {
      try (RawClient client = new RawClient(server.port())) {
        client.send(start);
        assertThat(client.closedByServer()).as(start).isTrue();
      }
    }
    try (RawClient client = new RawClient(server.port())) {
      client.get("/");
      assertThat(client.answer().body()).isEqualTo("ok");
      assertThat(client.closedByServer()).as("after an answer").isTrue();
    }
  }

  @Test
  void slowBodies_areRefused() throws Exception {
    Limits limits = Limits.USUAL.withReceive(Duration.ofMillis(200));
    try (RawClient client = serve(limits, exchange -> exchange.reply(200, TEXT, bytes("ok")))) {
      client.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\nhel");
      assertThat(client.answer().status()).isEqualTo(408);
      assertThat(client.closedByServer()).isTrue();
    }
  }

  @Test
  void slowHandlers_areLeftInPeace() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    Limits limits = Limits.USUAL.withIdle(Duration.ofMillis(100)).withReceive(Duration.ofMillis(100));
    Answering slow =
        exchange -> {
          over.await();
          exchange.reply(200, TEXT, bytes("ok"));
        };
    try (RawClient client = serve(limits, slow)) {
      client.get("/");
      client.timeout(500);
      assertThatThrownBy(client::read)
          .isInstanceOf(java.net.SocketTimeoutException.class);
      client.timeout(10_000);
      over.countDown();
      assertThat(client.answer().body()).isEqualTo("ok");
    }
  }

  @Test
  void connectionsOverTheLimit_areClosed_untilOthersLeave() throws Exception {
    Limits limits = Limits.USUAL.withConnections(1);
    try (RawClient first = serve(limits, exchange -> exchange.reply(200, TEXT, bytes("ok")))) {
      first.get("/");
      assertThat(first.answer().body()).isEqualTo("ok");
      try (RawClient second = new RawClient(server.port())) {
        assertThat(second.closedByServer()).isTrue();
      }
    }
    RawClient.Answer answer = null;
    for (int i = 0; i < 10_000 && answer == null; i++) {
      try (RawClient third = new RawClient(server.port())) {
        answer = third.get("/").answer();
      } catch (java.net.SocketException stillFull) {
        Thread.yield();
      }
    }
    assertThat(answer).isNotNull();
  }

  /* Requests that can be read in two ways. */

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello",
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ncontent-length: 5\r\n\r\nhello",
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5, 5\r\n\r\nhello",
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: +5\r\n\r\nhello",
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 0x5\r\n\r\nhello",
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length : 5\r\n\r\nhello",
        "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding : chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: identity, chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n"
            + "transfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.0\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhello\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n5\nhello\n0\n\n",
        "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n"
            + "1ffffffffffffffff\r\nhello\r\n0\r\n\r\n",
        "GET / HTTP/1.1\nhost: a\n\n",
        "GET / HTTP/1.1\r\nhost: a\nx: b\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\rx: b\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\r\nx: a\u0000b\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\r\n: b\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\n x: folded first\r\nhost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a b\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a/b\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: me@a\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET http://a/ HTTP/1.1\r\nhost: a\r\n\r\n",
        "GET a HTTP/1.1\r\nhost: a\r\n\r\n",
        "GET /a#b HTTP/1.1\r\nhost: a\r\n\r\n",
        "GET /a b HTTP/1.1\r\nhost: a\r\n\r\n",
        "CONNECT a:80 HTTP/1.1\r\nhost: a\r\n\r\n",
        "GET / HTTP/1.2\r\nhost: a\r\n\r\n",
        "GET / HTTP/2.0\r\nhost: a\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /\r\nhost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\r\nexpect: 200-maybe\r\n\r\n",
      })
  void ambiguousRequests_areRefused_andNothingBehindThemIsServed(String request) throws Exception {
    AtomicLong served = new AtomicLong();
    Answering counting =
        exchange -> {
          served.incrementAndGet();
          exchange.reply(200, TEXT, bytes("served"));
        };
    try (RawClient client = serve(counting)) {
      client.send(request + "GET /smuggled HTTP/1.1\r\nhost: a\r\n\r\n");
      RawClient.Answer answer = client.answer();
      assertThat(answer == null || answer.status() >= 400).as("refused").isTrue();
      assertThat(client.closedByServer()).as("closed").isTrue();
    }
    assertThat(served).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nhost: a\r\nx: %s\r\n\r\n",
        "GET /%s HTTP/1.1\r\nhost: a\r\n\r\n",
      })
  void oversizedHeads_areRefused(String request) throws Exception {
    try (RawClient client = serve(exchange -> exchange.reply(200, TEXT, bytes("served")))) {
      client.send(request.formatted("y".repeat(40_000)));
      assertThat(client.answer().status()).isIn(414, 431, 400);
      assertThat(client.closedByServer()).isTrue();
    }
  }

  @Test
  void foldedFields_haveOneReading() throws Exception {
    Answering naming = exchange -> exchange.reply(200, TEXT, bytes(exchange.headers().first("x") + ""));
    try (RawClient client = serve(naming)) {
      client.send("GET / HTTP/1.1\r\nhost: a\r\nx: a\r\n b\r\n\r\n");
      RawClient.Answer answer = client.answer();
      // RFC 9112, section 5.2: refuse it, or read the fold as a space.
      assertThat(answer.status() == 400 || answer.body().equals("a b")).isTrue();
    }
  }

  /* Closing. */

  @Test
  void close_letsAnswersFinish_andAcceptsNoMore() throws Exception {
    CountDownLatch serving = new CountDownLatch(2);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Answering answering =
        exchange -> {
          if (exchange.path().equals("/stream")) {
            exchange.begin(200, TEXT);
            exchange.write(bytes("one"));
          }
          serving.countDown();
          mayEnd.await();
          if (exchange.path().equals("/stream")) {
            exchange.write(bytes("two"));
            exchange.end();
          } else {
            exchange.reply(200, TEXT, bytes("whole"));
          }
        };
    try (RawClient whole = serve(answering);
        RawClient stream = new RawClient(server.port());
        RawClient quiet = new RawClient(server.port())) {
      whole.get("/whole");
      stream.get("/stream");
      assertThat(serving.await(10, TimeUnit.SECONDS)).isTrue();
      Thread closing = Thread.ofPlatform().start(server::close);
      assertThat(quiet.closedByServer()).isTrue();
      assertThatThrownBy(() -> new RawClient(server.port()).get("/").answer().status())
          .isInstanceOfAny(java.io.IOException.class, NullPointerException.class);
      mayEnd.countDown();
      assertThat(whole.answer().body()).isEqualTo("whole");
      assertThat(stream.answer().body()).isEqualTo("onetwo");
      assertThat(whole.closedByServer()).isTrue();
      assertThat(stream.closedByServer()).isTrue();
      assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
    }
  }

  @Test
  void addressInUse_isSaid() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Settings settings = Settings.on("127.0.0.1", taken.getLocalPort());
      assertThatThrownBy(() -> HttpServer.start(loops, settings, exchange -> {}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void close_interruptsWhatDoesNotFinish() throws Exception {
    CountDownLatch serving = new CountDownLatch(1);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Answering hanging =
        exchange -> {
          serving.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException late) {
            interrupted.complete(true);
          }
        };
    try (RawClient client = serve(Limits.USUAL.withDrain(Duration.ofMillis(200)), hanging)) {
      client.get("/");
      assertThat(serving.await(10, TimeUnit.SECONDS)).isTrue();
      long began = System.nanoTime();
      server.close();
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isBetween(Duration.ofMillis(190), Duration.ofSeconds(4));
      assertThat(interrupted).isCompletedWithValue(true);
      assertThat(client.answer()).isNull();
    }
  }
}
