// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.auriga.dialect.Headers;
import dev.auriga.provider.Transport.Inbound;
import dev.auriga.provider.Transport.Outbound;
import dev.auriga.provider.Transport.Shape;
import dev.auriga.provider.TransportFailure.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [Transport] must do, shown against a server that sends exactly the bytes it is told.
///
/// Subclass it for a transport of your own. `onThread` may be overridden to run the calls on the
/// kind of thread the transport is made for.
@Timeout(60)
public abstract class TransportContract {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  protected RawUpstream upstream;
  protected Transport transport;

  /// A new transport; closed by the contract.
  protected abstract Transport open();

  /// Runs `call` on a thread that may block.
  protected <T> T onThread(Callable<T> call) throws Exception {
    return call.call();
  }

  /// Starts `call` on a thread that may block and be interrupted.
  protected Thread start(Runnable call) {
    return Thread.ofVirtual().start(call);
  }

  @BeforeEach
  void openBoth() {
    upstream = new RawUpstream();
    transport = open();
  }

  @AfterEach
  void closeBoth() {
    transport.close();
    upstream.close();
  }

  private Outbound post(String path, Shape shape) {
    return post(path, shape, "{}");
  }

  private Outbound post(String path, Shape shape, String body) {
    return post(upstream.uri(path), shape, body.getBytes(StandardCharsets.UTF_8), PATIENCE);
  }

  private static Outbound post(URI uri, Shape shape, byte[] body, Duration headTimeout) {
    Headers headers = Headers.of("content-type", "application/json", "x-one", "1", "x-one", "2");
    return new Outbound("POST", uri, headers, body, shape, PATIENCE, headTimeout);
  }

  private static byte[] readAll(Inbound inbound) throws TransportFailure, InterruptedException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] piece = inbound.read(PATIENCE); piece != null; piece = inbound.read(PATIENCE)) {
      assertThat(piece).isNotEmpty();
      all.writeBytes(piece);
    }
    assertThat(inbound.read(PATIENCE)).as("after the end").isNull();
    return all.toByteArray();
  }

  private String exchange(Outbound outbound) throws Exception {
    return onThread(
        () -> {
          try (Inbound inbound = transport.send(outbound)) {
            return inbound.status() + " " + new String(readAll(inbound), StandardCharsets.ISO_8859_1);
          }
        });
  }

  private Kind failure(Outbound outbound) throws Exception {
    return onThread(
        () -> {
          try (Inbound inbound = transport.send(outbound)) {
            readAll(inbound);
            return fail("answered " + inbound.status());
          } catch (TransportFailure failure) {
            assertThat(failure.getMessage()).doesNotContain("hush");
            return failure.kind();
          }
        });
  }

  private static final String OK = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n";

  /* Whole and well-behaved. */

  @ParameterizedTest
  @EnumSource(Shape.class)
  void fixedLength(Shape shape) throws Exception {
    upstream.on("/a", peer -> peer.send(OK + "content-length: 5\r\n\r\nhello"));
    assertThat(exchange(post("/a", shape))).isEqualTo("200 hello");
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void chunked(Shape shape) throws Exception {
    upstream.on(
        "/a",
        peer -> {
          peer.send(OK + "transfer-encoding: chunked\r\n\r\n");
          peer.chunk("hel");
          peer.send("2;ext=1\r\nlo\r\n0\r\nx-trailer: 1\r\n\r\n");
        });
    assertThat(exchange(post("/a", shape))).isEqualTo("200 hello");
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void closeDelimited(Shape shape) throws Exception {
    upstream.on(
        "/a",
        peer -> {
          peer.send(OK + "connection: close\r\n\r\nhello");
          peer.cut();
        });
    assertThat(exchange(post("/a", shape))).isEqualTo("200 hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\ncontent-length: 7\r\n\r\n"
      })
  void emptyBodies(String answer) throws Exception {
    upstream.on("/a", peer -> peer.send(answer));
    for (Shape shape : Shape.values()) {
      assertThat(exchange(post("/a", shape))).isEqualTo(answer.split(" ")[1] + " ");
    }
    assertThat(upstream.connections()).as("reused").isLessThanOrEqualTo(reusedConnections());
  }

  @Test
  void bytesByByte() throws Exception {
    String answer = OK + "transfer-encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n";
    upstream.on(
        "/a",
        peer -> {
          for (char next : answer.toCharArray()) {
            peer.send(String.valueOf(next));
          }
        });
    assertThat(exchange(post("/a", Shape.STREAMED))).isEqualTo("200 hello");
  }

  @Test
  void sendsWhatItIsGiven() throws Exception {
    AtomicReference<RawUpstream.Peer> seen = new AtomicReference<>();
    upstream.on(
        "/a/b%20c?d=e&f",
        peer -> {
          seen.set(peer);
          peer.send("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        });
    byte[] body = new byte[70_000];
    Arrays.fill(body, (byte) 'x');
    Outbound outbound =
        new Outbound(
            "POST",
            upstream.uri("/a/b%20c?d=e&f"),
            Headers.of(
                "authorization", "Bearer hush", "x-one", "1", "x-one", "2", "content-length", "3"),
            body,
            Shape.WHOLE,
            PATIENCE,
            PATIENCE);
    assertThat(exchange(outbound)).isEqualTo("200 ");
    RawUpstream.Peer peer = seen.get();
    assertThat(peer.method()).isEqualTo("POST");
    assertThat(peer.body()).isEqualTo(body);
    assertThat(peer.header("content-length")).isEqualTo("70000");
    assertThat(peer.header("host")).isEqualTo("127.0.0.1:" + upstream.uri("/").getPort());
    assertThat(peer.header("authorization")).isEqualTo("Bearer hush");
    assertThat(peer.header("accept-encoding")).isEqualTo("identity");
    assertThat(peer.head().toLowerCase(java.util.Locale.ROOT)).contains("x-one: 1\r\n", "x-one: 2\r\n");
    assertThat(peer.head().toLowerCase(java.util.Locale.ROOT)).doesNotContain("upgrade", "http2-settings");
  }

  @Test
  void acceptEncodingIsTheCallers_andNothingIsUnpacked() throws Exception {
    AtomicReference<String> seen = new AtomicReference<>();
    upstream.on(
        "/a",
        peer -> {
          seen.set(peer.header("accept-encoding"));
          peer.send("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\nabc");
        });
    Headers gzip = Headers.of("Accept-Encoding", "gzip");
    Outbound outbound =
        new Outbound("POST", upstream.uri("/a"), gzip, new byte[0], Shape.WHOLE, PATIENCE, PATIENCE);
    assertThat(exchange(outbound)).isEqualTo("200 abc");
    assertThat(seen.get()).isEqualTo("gzip");
  }

  @Test
  void getWithoutBody() throws Exception {
    upstream.on(
        "/a",
        peer -> peer.send(OK + "content-length: 2\r\n\r\n" + (peer.body().length == 0 ? "ok" : "no")));
    Outbound get =
        new Outbound("GET", upstream.uri("/a"), Headers.NONE, new byte[0], Shape.WHOLE, PATIENCE, PATIENCE);
    assertThat(exchange(get)).isEqualTo("200 ok");
  }

  @Test
  void headersOfTheAnswer_inAnyCase_andRepeated() throws Exception {
    upstream.on("/a", peer -> peer.send(OK + "X-Two: a\r\nx-two: b\r\ncontent-length: 0\r\n\r\n"));
    onThread(
        () -> {
          try (Inbound inbound = transport.send(post("/a", Shape.WHOLE))) {
            assertThat(inbound.headers().first("CONTENT-TYPE")).isEqualTo("text/plain");
            assertThat(inbound.headers().all("x-two")).containsExactly("a", "b");
            return null;
          }
        });
  }

  @Test
  void redirectsAreAnswers() throws Exception {
    upstream.on("/a", peer -> peer.send("HTTP/1.1 307 Moved\r\nlocation: /b\r\ncontent-length: 0\r\n\r\n"));
    assertThat(exchange(post("/a", Shape.WHOLE))).isEqualTo("307 ");
    assertThat(upstream.requests()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"100 Continue", "103 Early Hints"})
  void interimAnswersAreSkipped(String interim) throws Exception {
    upstream.on(
        "/a", peer -> peer.send("HTTP/1.1 " + interim + "\r\n\r\n" + OK + "content-length: 5\r\n\r\nhello"));
    assertThat(exchange(post("/a", Shape.STREAMED))).isEqualTo("200 hello");
  }

  @Test
  void errorAnswersAreAnswers() throws Exception {
    upstream.on(
        "/a",
        peer -> peer.send("HTTP/1.1 429 Slow\r\nretry-after: 7\r\ncontent-length: 4\r\n\r\nslow"));
    for (Shape shape : Shape.values()) {
      assertThat(exchange(post("/a", shape))).isEqualTo("429 slow");
    }
  }

  @Test
  void streamedPieces_areReadAsTheyCome() throws Exception {
    CountDownLatch firstRead = new CountDownLatch(1);
    upstream.on(
        "/a",
        peer -> {
          peer.send(OK + "transfer-encoding: chunked\r\n\r\n");
          peer.chunk("one");
          firstRead.await();
          peer.chunk("two");
          peer.send("0\r\n\r\n");
        });
    onThread(
        () -> {
          try (Inbound inbound = transport.send(post("/a", Shape.STREAMED))) {
            assertThat(inbound.read(PATIENCE)).asString().isEqualTo("one");
            firstRead.countDown();
            assertThat(inbound.read(PATIENCE)).asString().isEqualTo("two");
            assertThat(inbound.read(PATIENCE)).isNull();
            return null;
          }
        });
  }

  @Test
  void wholeAnswer_whoseBodyComesLate_isStillWhole() throws Exception {
    CountDownLatch headSeen = new CountDownLatch(1);
    upstream.on(
        "/a",
        peer -> {
          peer.send(OK + "content-length: 5\r\n\r\nhe");
          headSeen.await();
          peer.send("llo");
        });
    onThread(
        () -> {
          try (Inbound inbound = transport.send(post("/a", Shape.WHOLE))) {
            headSeen.countDown();
            assertThat(readAll(inbound)).asString().isEqualTo("hello");
            return null;
          }
        });
  }

  /* Heads out of bounds. */

  @Test
  void hugeHead_isReadUpToTheLimit() throws Exception {
    String huge = OK + "x: " + "y".repeat(50_000) + "\r\ncontent-length: 5\r\n\r\nhello";
    upstream.on("/a", peer -> peer.send(huge));
    assertThat(exchange(post("/a", Shape.WHOLE))).isEqualTo("200 hello");
  }

  @Test
  void tooHugeHead_isRefused() throws Exception {
    upstream.on(
        "/a",
        peer -> {
          peer.send(OK + ("x: " + "y".repeat(1000) + "\r\n").repeat(90) + "content-length: 9\r\n\r\nhello");
          peer.hang();
        });
    assertThat(failure(post("/a", Shape.WHOLE))).isEqualTo(Kind.UNREADABLE);
    assertThat(upstream.awaitClosure(5_000)).as("closed").isNotNull();
  }

  @Test
  void endlessHead_isRefused() throws Exception {
    upstream.on(
        "/a",
        peer -> {
          peer.send(OK);
          while (true) {
            peer.send("x: " + "y".repeat(1000) + "\r\n");
          }
        });
    assertThat(failure(post("/a", Shape.WHOLE))).isEqualTo(Kind.UNREADABLE);
    if (closesEndlessHeads()) {
      assertThat(upstream.awaitClosure(5_000)).as("closed").isNotNull();
    }
  }

  /// Whether the connection of a head that never ends is closed, and not only read no more.
  protected boolean closesEndlessHeads() {
    return true;
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-OpenSSH_9.6\r\n\r\n", "HTTP/1.1 abc OK\r\ncontent-length: 0\r\n\r\n"})
  void whatIsNotHttp_isUnreadable(String answer) throws Exception {
    upstream.on(
        "/a",
        peer -> {
          peer.send(answer);
          peer.cut();
        });
    assertThat(failure(post("/a", Shape.WHOLE))).isIn(Kind.UNREADABLE, Kind.LOST_BEFORE_HEAD);
  }

  @Test
  void chunkSizeThatIsNone_isAFailure() throws Exception {
    upstream.on("/a", peer -> peer.send(OK + "transfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n"));
    assertThat(failure(post("/a", Shape.STREAMED))).isIn(Kind.UNREADABLE, Kind.CUT);
    assertThat(upstream.awaitClosure(5_000)).as("closed").isNotNull();
  }

  /* Broken off. */

  @ParameterizedTest
  @EnumSource(Shape.class)
  void shortContentLength_isCut_afterWhatCame(Shape shape) throws Exception {
    upstream.on(
        "/a",
        peer -> {
          peer.send(OK + "content-length: 9\r\n\r\nhello");
          peer.cut();
        });
    assertCutAfterHello(post("/a", shape));
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void missingLastChunk_isCut_afterWhatCame(Shape shape) throws Exception {
    upstream.on(
        "/a",
        peer -> {
          peer.send(OK + "transfer-encoding: chunked\r\n\r\n");
          peer.chunk("hello");
          peer.cut();
        });
    assertCutAfterHello(post("/a", shape));
  }

  private void assertCutAfterHello(Outbound outbound) throws Exception {
    onThread(
        () -> {
          try (Inbound inbound = transport.send(outbound)) {
            assertThat(inbound.status()).isEqualTo(200);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            assertThatThrownBy(
                    () -> {
                      while (true) {
                        all.writeBytes(inbound.read(PATIENCE));
                      }
                    })
                .isInstanceOfSatisfying(
                    TransportFailure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.CUT));
            assertThat(all.toString(StandardCharsets.UTF_8)).isEqualTo("hello");
            return null;
          }
        });
  }

  @Test
  void resetInTheBody_isCut() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    upstream.on(
        "/a",
        peer -> {
          peer.send(OK + "transfer-encoding: chunked\r\n\r\n");
          peer.chunk("hello");
          read.await();
          peer.reset();
        });
    onThread(
        () -> {
          try (Inbound inbound = transport.send(post("/a", Shape.STREAMED))) {
            assertThat(inbound.read(PATIENCE)).asString().isEqualTo("hello");
            read.countDown();
            assertThatThrownBy(() -> inbound.read(PATIENCE))
                .isInstanceOfSatisfying(
                    TransportFailure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.CUT));
            return null;
          }
        });
  }

  @Test
  void closedBeforeTheHead_isLost_andNotSentAgain() throws Exception {
    upstream.on("/a", RawUpstream.Peer::cut);
    assertThat(failure(post("/a", Shape.WHOLE))).isEqualTo(Kind.LOST_BEFORE_HEAD);
    assertThat(upstream.requests()).isEqualTo(1);
  }

  @Test
  void resetBeforeTheHead_isLost_andNotSentAgain() throws Exception {
    upstream.on("/a", RawUpstream.Peer::reset);
    assertThat(failure(post("/a", Shape.STREAMED))).isEqualTo(Kind.LOST_BEFORE_HEAD);
    assertThat(upstream.requests()).isEqualTo(1);
  }

  @Test
  void cutInTheHead_isLost() throws Exception {
    upstream.on(
        "/a",
        peer -> {
          peer.send("HTTP/1.1 200 OK\r\ncontent-le");
          peer.cut();
        });
    assertThat(failure(post("/a", Shape.WHOLE))).isIn(Kind.LOST_BEFORE_HEAD, Kind.UNREADABLE);
  }

  /* Never connected. */

  @Test
  void refusedConnection() throws Exception {
    int free;
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = probe.getLocalPort();
    }
    URI nobody = URI.create("http://127.0.0.1:" + free + "/a");
    assertThat(failure(post(nobody, Shape.WHOLE, new byte[2], PATIENCE))).isEqualTo(Kind.NOT_CONNECTED);
  }

  @Test
  void certificateNobodyTrusts_isNotConnected(@TempDir Path folder) throws Exception {
    try (RawUpstream secure = new RawUpstream(SelfSigned.in(folder).server())) {
      secure.on("/a", peer -> peer.send(OK + "content-length: 0\r\n\r\n"));
      URI uri = URI.create("https://localhost:" + secure.uri("/a").getPort() + "/a");
      assertThat(failure(post(uri, Shape.WHOLE, new byte[2], PATIENCE))).isEqualTo(Kind.NOT_CONNECTED);
      assertThat(secure.requests()).isZero();
    }
  }

  @Test
  void unknownHost() throws Exception {
    URI nowhere = URI.create("http://no-such-host.invalid/a");
    assertThat(failure(post(nowhere, Shape.WHOLE, new byte[2], PATIENCE))).isEqualTo(Kind.NOT_CONNECTED);
  }

  @Test
  void notConnectedInTime() throws Exception {
    // Filling the backlog of a listener that accepts nobody leaves the next one hanging.
    List<Socket> fillers = new ArrayList<>();
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      fill(deaf, fillers);
      URI uri = URI.create("http://127.0.0.1:" + deaf.getLocalPort() + "/a");
      Outbound outbound =
          new Outbound(
              "POST", uri, Headers.NONE, new byte[2], Shape.WHOLE, Duration.ofMillis(200), PATIENCE);
      long began = System.nanoTime();
      assertThat(failure(outbound)).isEqualTo(Kind.NOT_CONNECTED);
      assertInTime(began);
    } finally {
      for (Socket filler : fillers) {
        filler.close();
      }
    }
  }

  /// After the 200 ms it was given, and not much later.
  private static void assertInTime(long beganNanos) {
    assertThat(Duration.ofNanos(System.nanoTime() - beganNanos))
        .isBetween(Duration.ofMillis(190), Duration.ofSeconds(5));
  }

  private static void fill(ServerSocket deaf, List<Socket> fillers) throws IOException {
    for (int i = 0; i < 16; i++) {
      Socket filler = new Socket();
      fillers.add(filler);
      try {
        filler.connect(deaf.getLocalSocketAddress(), 50);
      } catch (java.net.SocketTimeoutException full) {
        return;
      }
    }
  }

  /* Too slow. */

  @ParameterizedTest
  @EnumSource(Shape.class)
  void noHeadInTime_closesTheConnection(Shape shape) throws Exception {
    upstream.on("/a", RawUpstream.Peer::hang);
    Outbound outbound = post(upstream.uri("/a"), shape, new byte[2], Duration.ofMillis(200));
    long began = System.nanoTime();
    assertThat(failure(outbound)).isEqualTo(Kind.NO_HEAD_IN_TIME);
    assertInTime(began);
    assertThat(upstream.awaitClosure(5_000)).as("closed").isNotNull();
  }

  @Test
  void requestThatIsNotTaken_runsIntoTheHeadTimeout() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    upstream.on(
        "/unread",
        peer -> {
          over.await();
          peer.hang();
        });
    byte[] large = new byte[32 * 1024 * 1024];
    assertThat(failure(post(upstream.uri("/unread"), Shape.WHOLE, large, Duration.ofMillis(300))))
        .isEqualTo(Kind.NO_HEAD_IN_TIME);
    over.countDown();
    assertThat(upstream.awaitClosure(5_000)).as("closed").isNotNull();
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void idleBody_failsAndClosesTheConnection(Shape shape) throws Exception {
    upstream.on(
        "/a",
        peer -> {
          peer.send(OK + "content-length: 9\r\n\r\nhello");
          peer.hang();
        });
    onThread(
        () -> {
          try (Inbound inbound = transport.send(post("/a", shape))) {
            assertThatThrownBy(
                    () -> {
                      while (true) {
                        assertThat(inbound.read(Duration.ofMillis(200))).isNotNull();
                      }
                    })
                .isInstanceOfSatisfying(
                    TransportFailure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.IDLE));
            return null;
          }
        });
    assertThat(upstream.awaitClosure(5_000)).as("closed").isNotNull();
  }

  /* Broken off on this side. */

  @ParameterizedTest
  @EnumSource(Shape.class)
  void interruptWhileWaitingForTheHead_closesTheConnection(Shape shape) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    upstream.on(
        "/a",
        peer -> {
          asked.countDown();
          peer.hang();
        });
    assertInterruptCloses(
        asked,
        () -> {
          transport.send(post("/a", shape)).close();
          return null;
        });
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void interruptWhileReading_closesTheConnection(Shape shape) throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    upstream.on(
        "/a",
        peer -> {
          peer.send(OK + "content-length: 9\r\n\r\nhello");
          peer.hang();
        });
    assertInterruptCloses(
        reading,
        () -> {
          Inbound inbound = transport.send(post("/a", shape));
          reading.countDown();
          while (inbound.read(PATIENCE) != null) {
            // until interrupted
          }
          return null;
        });
  }

  private void assertInterruptCloses(CountDownLatch ready, Callable<Void> call) throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        start(
            () -> {
              try {
                call.call();
              } catch (Exception ended) {
                thrown.set(ended);
              }
            });
    assertThat(ready.await(10, TimeUnit.SECONDS)).isTrue();
    long began = System.nanoTime();
    caller.interrupt();
    Long closed = upstream.awaitClosure(5_000);
    assertThat(closed).as("closed").isNotNull();
    Duration took = Duration.ofNanos(closed - began);
    System.out.println(getClass().getSimpleName() + ": upstream closed " + took + " after the interrupt");
    assertThat(took).isLessThan(Duration.ofSeconds(1));
    caller.join();
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void interruptedBefore_doesNotWait() throws Exception {
    upstream.on("/a", RawUpstream.Peer::hang);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        start(
            () -> {
              Thread.currentThread().interrupt();
              try {
                transport.send(post("/a", Shape.STREAMED)).close();
              } catch (Exception ended) {
                thrown.set(ended);
              }
            });
    caller.join();
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void closeFromAnotherThread_endsTheRead() throws Exception {
    upstream.on(
        "/a",
        peer -> {
          peer.send(OK + "transfer-encoding: chunked\r\n\r\n");
          peer.chunk("hello");
          peer.hang();
        });
    onThread(
        () -> {
          Inbound inbound = transport.send(post("/a", Shape.STREAMED));
          assertThat(inbound.read(PATIENCE)).asString().isEqualTo("hello");
          Thread closer = Thread.ofPlatform().start(inbound::close);
          assertThatThrownBy(() -> inbound.read(PATIENCE))
              .isInstanceOfSatisfying(
                  TransportFailure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.CLOSED));
          closer.join();
          return null;
        });
    assertThat(upstream.awaitClosure(5_000)).as("closed").isNotNull();
  }

  @Test
  void closedBeforeItsEnd_isNotReused_andClosedTwiceIsClosed() throws Exception {
    upstream.on(
        "/a",
        peer -> {
          peer.send(OK + "content-length: 9\r\n\r\nhello");
          peer.hang();
        });
    upstream.on("/b", peer -> peer.send(OK + "content-length: 1\r\n\r\nb"));
    onThread(
        () -> {
          Inbound inbound = transport.send(post("/a", Shape.STREAMED));
          inbound.close();
          inbound.close();
          return null;
        });
    assertThat(upstream.awaitClosure(5_000)).as("closed").isNotNull();
    assertThat(exchange(post("/b", Shape.WHOLE))).isEqualTo("200 b");
    assertThat(upstream.connections()).isEqualTo(2);
  }

  @Test
  void closedTransport_sendsNothing() throws Exception {
    transport.close();
    assertThat(failure(post("/a", Shape.WHOLE))).isEqualTo(Kind.CLOSED);
    assertThat(upstream.requests()).isZero();
  }

  /* Many. */

  @Test
  void aThousandInTurn_reuseOneConnection() throws Exception {
    upstream.on("/a", peer -> peer.send(OK + "content-length: 5\r\n\r\nhello"));
    upstream.on("/b", peer -> peer.send(OK + "transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"));
    onThread(
        () -> {
          for (int i = 0; i < 1000; i++) {
            Shape shape = i % 3 == 0 ? Shape.WHOLE : Shape.STREAMED;
            try (Inbound inbound = transport.send(post(i % 2 == 0 ? "/a" : "/b", shape))) {
              assertThat(readAll(inbound)).asString().isEqualTo("hello");
            }
          }
          return null;
        });
    assertThat(upstream.requests()).isEqualTo(1000);
    assertThat(upstream.connections()).isLessThanOrEqualTo(reusedConnections());
  }

  /// How many connections exchanges that follow each other may use.
  protected int reusedConnections() {
    return 1;
  }

  @Test
  void twoHundredAtOnce() throws Exception {
    CountDownLatch all = new CountDownLatch(200);
    upstream.on(
        "/a",
        peer -> {
          all.countDown();
          all.await();
          peer.send(OK + "transfer-encoding: chunked\r\n\r\n");
          for (int i = 0; i < 20; i++) {
            peer.chunk("hello");
          }
          peer.send("0\r\n\r\n");
        });
    List<Future<String>> answers = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        Shape shape = i % 2 == 0 ? Shape.WHOLE : Shape.STREAMED;
        answers.add(callers.submit(() -> exchange(post("/a", shape))));
      }
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isEqualTo("200 " + "hello".repeat(20));
      }
    }
    assertThat(upstream.connections()).isEqualTo(200);
  }

  @Test
  void slowReader_holdsTheFastProducerBack() throws Exception {
    int total = 20 * 1024 * 1024;
    byte[] block = new byte[64 * 1024];
    CountDownLatch threeQuarters = new CountDownLatch(total / block.length * 3 / 4);
    upstream.on(
        "/a",
        peer -> {
          peer.send(OK + "content-length: " + total + "\r\n\r\n");
          for (int done = 0; done < total; done += block.length) {
            peer.send(block);
            threeQuarters.countDown();
          }
        });
    onThread(
        () -> {
          try (Inbound inbound = transport.send(post("/a", Shape.STREAMED))) {
            assertThat(inbound.read(PATIENCE)).isNotEmpty();
            assertThat(threeQuarters.await(500, TimeUnit.MILLISECONDS))
                .as("sent while nobody read")
                .isFalse();
            long read = 0;
            for (byte[] piece = inbound.read(PATIENCE); piece != null; piece = inbound.read(PATIENCE)) {
              assertThat(piece.length).isLessThan(1024 * 1024);
              read += piece.length;
            }
            assertThat(read).isGreaterThan(total - 1024 * 1024L);
            return null;
          }
        });
  }
}
