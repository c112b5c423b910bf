// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import dev.auriga.dialect.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.ScheduledFuture;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// An [Exchange] whose connection lives on an event loop.
///
/// Every change to the answer is one task on the loop, in the order of the calls; methods ending in
/// `OnLoop` and the fields they touch alone are confined to it. `stage` decides, once, who begins
/// the answer: the handler, or a keep-alive on the loop.
final class LoopExchange implements Exchange {
  private static final System.Logger LOG = System.getLogger(LoopExchange.class.getName());

  /// `HUSHED` is `OPEN` without a keep-alive being allowed to begin the answer.
  private enum Stage {
    OPEN,
    HUSHED,
    BEGUN
  }

  record Head(int status, Headers headers) {}

  /// Reading a body over this takes longer than a loop should be kept, about a millisecond.
  private static final int LONG_BODY = 1 << 20;

  private final EventLoop loop;
  private final ServerConnection connection;
  private final String method;
  private final String uri;
  private final Headers headers;
  private final boolean headOnly;
  private final boolean oldClient;
  private final boolean persists;
  private final Duration writeLimit;
  private byte[] body = new byte[0];

  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.OPEN);
  private final Outflow outflow;
  private volatile @Nullable Head head;
  private volatile @Nullable KeepAlive keepAlive;
  private volatile boolean over;
  private volatile boolean gone;
  private volatile @Nullable Thread thread;

  private boolean headSent;
  private boolean closes;
  private long lastWriteNanos = System.nanoTime();
  private @Nullable ScheduledFuture<?> nextPing;

  LoopExchange(EventLoop loop, ServerConnection connection, HttpRequest request, Duration writeLimit) {
    this.loop = loop;
    this.connection = connection;
    this.method = request.method().name();
    this.uri = request.uri();
    this.headers = Fields.read(request.headers());
    this.headOnly = request.method().equals(HttpMethod.HEAD);
    this.oldClient = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    this.persists = !oldClient && HttpUtil.isKeepAlive(request);
    this.writeLimit = writeLimit;
    this.outflow = new Outflow(connection);
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

  /// Whether the client speaks HTTP/1.0: it knows neither chunks nor interim answers (RFC 9110,
  /// sections 7.8 and 15.2).
  boolean isOldClient() {
    return oldClient;
  }

  /// Whether an answer has begun whose end is the end of the connection.
  boolean endsByClosingOnLoop() {
    return oldClient && headSent;
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
    return method;
  }

  @Override
  public String path() {
    int question = uri.indexOf('?');
    return question < 0 ? uri : uri.substring(0, question);
  }

  @Override
  public String query() {
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
    outflow.posted(piece.length);
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
          connection.endOnLoop(chunked() ? AnswerBytes.lastChunk() : Unpooled.EMPTY_BUFFER, closes);
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
    if (!outflow.awaitRoom(writeLimit, this::stayOrLeave)) {
      abort();
      gone = true;
      throw new InterruptedException("the client has taken nothing for " + writeLimit);
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
            loop.log(LOG, Level.ERROR, "This answer cannot be sent: " + method() + " " + path(), unsendable);
            over = true;
            stopPingsOnLoop();
            connection.closeOnLoop();
          }
        });
  }

  /* On the loop. */

  private boolean chunked() {
    return !headOnly && !oldClient;
  }

  private boolean closesAfter(Head first) {
    return !persists || connection.closes() || Fields.close(first.headers());
  }

  private void replyOnLoop(Head first, byte[] whole) {
    stopPingsOnLoop();
    headSent = true;
    closes = closesAfter(first);
    ByteBuf answer = AnswerBytes.whole(first, whole, headOnly, closes, connection.channel().alloc());
    connection.endOnLoop(answer, closes);
  }

  private void beginOnLoop() {
    Head first = head;
    if (!headSent && first != null) {
      headSent = true;
      closes = closesAfter(first);
      AnswerBytes.Frame frame = oldClient ? AnswerBytes.Frame.CLOSE : AnswerBytes.Frame.CHUNKED;
      AnswerBytes.Manner manner = new AnswerBytes.Manner(frame, closes);
      connection.writeOnLoop(AnswerBytes.head(first, manner, connection.channel().alloc()));
    }
  }

  private void writeOnLoop(byte[] piece) {
    beginOnLoop();
    lastWriteNanos = System.nanoTime();
    if (chunked()) {
      connection.writeOnLoop(AnswerBytes.chunk(piece, connection.channel().alloc()));
    } else if (!headOnly) {
      connection.writeOnLoop(Unpooled.wrappedBuffer(piece));
    }
    outflow.written(piece.length);
  }

  /// There may be room for a writer that waits.
  void roomOnLoop() {
    outflow.wake();
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
    if (headSent ? quiet >= every && outflow.bytes() == 0 : stage.compareAndSet(Stage.OPEN, Stage.BEGUN)) {
      if (head == null) {
        head = new Head(pings.status(), pings.headers());
      }
      outflow.posted(pings.bytes().length);
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
