// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import dev.auriga.dialect.Headers;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// An [Exchange] whose connection lives on an event loop.
///
/// Every change to the answer is one task on the loop, in the order of the calls; methods ending in
/// `OnLoop` and the fields they touch alone are confined to it. `stage` decides, once, who begins
/// the answer: the handler, or a keep-alive on the loop.
final class LoopExchange implements Exchange {
  private static final System.Logger LOG = System.getLogger(LoopExchange.class.getName());

  /// A writer waits above this many unsent bytes, until they are down to [#LOW].
  static final long HIGH = 256 * 1024;
  static final long LOW = 64 * 1024;

  /// `HUSHED` is `OPEN` without a keep-alive being allowed to begin the answer.
  private enum Stage {
    OPEN,
    HUSHED,
    BEGUN
  }

  private record Head(int status, Headers headers) {}

  /// Reading a body over this takes longer than a loop should be kept, about a millisecond.
  private static final int LONG_BODY = 1 << 20;

  private final EventLoop loop;
  private final ServerConnection connection;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Headers headers;
  private final Duration writeLimit;
  private byte[] body = new byte[0];

  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.OPEN);
  private final AtomicLong unsent = new AtomicLong();
  private volatile @Nullable Head head;
  private volatile @Nullable KeepAlive keepAlive;
  private volatile boolean over;
  private volatile boolean gone;
  private volatile @Nullable Thread thread;
  private volatile @Nullable Thread writer;

  private boolean headSent;
  private long lastWriteNanos = System.nanoTime();
  private @Nullable ScheduledFuture<?> nextPing;

  LoopExchange(EventLoop loop, ServerConnection connection, HttpServerRequest request, Duration writeLimit) {
    this.loop = loop;
    this.connection = connection;
    this.request = request;
    this.response = request.response();
    this.headers = Fields.read(request.headers());
    this.writeLimit = writeLimit;
  }

  /// Starts the thread that serves this; on the loop.
  void serveOnLoop(byte[] wholeBody, Runnable serve) {
    body = wholeBody;
    thread = wholeBody.length > LONG_BODY ? loop.startApart(serve) : loop.start(serve);
  }

  /// The connection is gone; on the loop.
  void leaveOnLoop() {
    if (over || gone) {
      return;
    }
    gone = true;
    stopPingsOnLoop();
    Thread serving = thread;
    if (serving != null) {
      serving.interrupt();
    }
  }

  boolean over() {
    return over;
  }

  /// Answers with a 500, or closes the connection of an answer that has begun; on the thread.
  void answerForHandler() {
    if (!mayBegin()) {
      abort();
      return;
    }
    over = true;
    onLoop(() -> replyOnLoop(new Head(500, Headers.NONE), new byte[0]));
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public String path() {
    String uri = request.uri();
    int question = uri.indexOf('?');
    return question < 0 ? uri : uri.substring(0, question);
  }

  @Override
  public String query() {
    String uri = request.uri();
    int question = uri.indexOf('?');
    return question < 0 ? "" : uri.substring(question + 1);
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public boolean begun() {
    return stage.get() == Stage.BEGUN;
  }

  @Override
  public boolean clientGone() {
    return gone;
  }

  @Override
  public void reply(int status, Headers headers, byte[] body) throws InterruptedException {
    stayOrLeave();
    if (!mayBegin()) {
      throw new IllegalStateException("the answer has begun: " + method() + " " + path());
    }
    over = true;
    onLoop(() -> replyOnLoop(new Head(status, headers), body));
  }

  @Override
  public void begin(int status, Headers headers) {
    if (!begun()) {
      head = new Head(status, headers);
    }
  }

  @Override
  public void write(byte[] piece) throws InterruptedException {
    stayOrLeave();
    if (over) {
      throw new IllegalStateException("the answer has ended: " + method() + " " + path());
    }
    if (piece.length == 0) {
      return;
    }
    awaitRoom();
    commit();
    unsent.addAndGet(piece.length);
    onLoop(() -> writeOnLoop(piece));
  }

  @Override
  public void end() {
    if (over) {
      return;
    }
    commit();
    over = true;
    onLoop(
        () -> {
          stopPingsOnLoop();
          beginOnLoop();
          response.end().onComplete(_ -> connection.answeredOnLoop());
        });
  }

  @Override
  public void abort() {
    over = true;
    stage.set(Stage.BEGUN);
    loop.post(
        () -> {
          stopPingsOnLoop();
          connection.closeOnLoop();
        });
  }

  @Override
  public void keepAlive(KeepAlive wanted) {
    keepAlive = wanted;
    stage.compareAndSet(Stage.HUSHED, Stage.OPEN);
    onLoop(
        () -> {
          stopPingsOnLoop();
          pingLaterOnLoop(wanted.every().toNanos());
        });
  }

  @Override
  public boolean stopKeepAlive() {
    keepAlive = null;
    stage.compareAndSet(Stage.OPEN, Stage.HUSHED);
    onLoop(this::stopPingsOnLoop);
    return begun();
  }

  /* On the thread. */

  private void stayOrLeave() throws InterruptedException {
    if (gone || Thread.interrupted()) {
      throw new InterruptedException(gone ? "the client has left" : "interrupted");
    }
  }

  private boolean mayBegin() {
    return stage.compareAndSet(Stage.OPEN, Stage.BEGUN) || stage.compareAndSet(Stage.HUSHED, Stage.BEGUN);
  }

  /// The handler begins the answer, unless a keep-alive has.
  private void commit() {
    KeepAlive pings = keepAlive;
    if (mayBegin() && head == null) {
      if (pings == null) {
        throw new IllegalStateException("written before it was begun: " + method() + " " + path());
      }
      head = new Head(pings.status(), pings.headers());
    }
  }

  private void awaitRoom() throws InterruptedException {
    if (unsent.get() < HIGH) {
      return;
    }
    writer = Thread.currentThread();
    try {
      long left = unsent.get();
      long since = System.nanoTime();
      while (unsent.get() > LOW) {
        stayOrLeave();
        long now = System.nanoTime();
        if (unsent.get() < left) {
          left = unsent.get();
          since = now;
        }
        long patience = writeLimit.toNanos() - (now - since);
        if (patience <= 0) {
          abort();
          gone = true;
          throw new InterruptedException("the client has taken nothing for " + writeLimit);
        }
        LockSupport.parkNanos(this, patience);
      }
    } finally {
      writer = null;
    }
  }

  /// Runs `change` on the loop unless the client is gone; what cannot be sent ends the connection.
  private void onLoop(Runnable change) {
    loop.post(
        () -> {
          if (gone) {
            return;
          }
          try {
            change.run();
          } catch (RuntimeException unsendable) {
            LOG.log(Level.ERROR, "This answer cannot be sent: " + method() + " " + path(), unsendable);
            over = true;
            stopPingsOnLoop();
            connection.closeOnLoop();
          }
        });
  }

  /* On the loop. */

  private void sendHeadOnLoop(Head first) {
    headSent = true;
    response.setStatusCode(first.status());
    Fields.write(first.headers(), response.headers());
    if (connection.closesAfterThis() || Fields.close(first.headers())) {
      connection.closeAfterThisOnLoop();
      response.putHeader("connection", "close");
    }
  }

  private void replyOnLoop(Head first, byte[] whole) {
    stopPingsOnLoop();
    sendHeadOnLoop(first);
    boolean bodiless = first.status() == 204 || first.status() == 304;
    if (!bodiless) {
      response.putHeader("content-length", Integer.toString(whole.length));
    }
    byte[] sent = bodiless || request.method().equals(HttpMethod.HEAD) ? new byte[0] : whole;
    response
        .end(BufferInternal.buffer(Unpooled.wrappedBuffer(sent)))
        .onComplete(_ -> connection.answeredOnLoop());
  }

  private void beginOnLoop() {
    Head first = head;
    if (!headSent && first != null) {
      sendHeadOnLoop(first);
      response.setChunked(true);
    }
  }

  private void writeOnLoop(byte[] piece) {
    beginOnLoop();
    lastWriteNanos = System.nanoTime();
    response
        .write(BufferInternal.buffer(Unpooled.wrappedBuffer(piece)))
        .onComplete(_ -> sentOnLoop(piece.length));
  }

  private void sentOnLoop(int length) {
    long left = unsent.addAndGet(-length);
    Thread waiting = writer;
    if (waiting != null && left <= LOW) {
      LockSupport.unpark(waiting);
    }
  }

  private void pingLaterOnLoop(long nanos) {
    nextPing = loop.netty().schedule(this::pingOnLoop, nanos, TimeUnit.NANOSECONDS);
  }

  private void pingOnLoop() {
    KeepAlive pings = keepAlive;
    if (pings == null || over || gone) {
      return;
    }
    long every = pings.every().toNanos();
    long quiet = System.nanoTime() - lastWriteNanos;
    if (headSent ? quiet >= every && unsent.get() == 0 : stage.compareAndSet(Stage.OPEN, Stage.BEGUN)) {
      if (head == null) {
        head = new Head(pings.status(), pings.headers());
      }
      unsent.addAndGet(pings.bytes().length);
      writeOnLoop(pings.bytes());
      quiet = 0;
    }
    pingLaterOnLoop(quiet < every ? every - quiet : every);
  }

  private void stopPingsOnLoop() {
    if (nextPing != null) {
      nextPing.cancel(false);
      nextPing = null;
    }
  }
}
