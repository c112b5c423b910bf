// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import dev.auriga.dialect.Headers;
import dev.auriga.provider.Transport;
import dev.auriga.provider.Transport.Outbound;
import dev.auriga.provider.Transport.Shape;
import dev.auriga.provider.TransportFailure;
import dev.auriga.provider.TransportFailure.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One request on its way upstream and its answer.
///
/// Every method ending in `OnLoop` and the fields that are neither final nor volatile belong to the
/// loop; the thread that sent the request owns the rest. What goes from the loop to the thread goes
/// through the [PieceQueue] or a volatile field. Time is kept on the loop: there is one alarm, which
/// looks at what is awaited when it rings, so that a thread parks without a timer of its own.
final class UpstreamExchange implements Transport.Inbound, PieceQueue.Source {
  /// How long the reader of a whole answer is left asleep after the head, in case the rest is near.
  private static final Duration REST_IS_NEAR = Duration.ofMillis(50);

  private record Head(int status, Headers headers) {}

  private enum Awaited {
    CONNECTION,
    HEAD,
    BODY,
    NOTHING
  }

  private final EventLoop loop;
  private final UpstreamPool pool;
  private final Origin origin;
  private final Outbound outbound;
  private final PieceQueue pieces = new PieceQueue(this);
  private volatile @Nullable Head head;
  private volatile boolean wanted;
  private volatile @Nullable ScheduledFuture<?> alarm;
  private volatile long alarmNanos;

  private final Arrivals arrivals = new Arrivals();
  private Awaited awaited = Awaited.CONNECTION;
  private long dueNanos;
  private @Nullable Dial dial;
  private @Nullable UpstreamConnection connection;

  UpstreamExchange(EventLoop loop, UpstreamPool pool, Origin origin, Outbound outbound) {
    this.loop = loop;
    this.pool = pool;
    this.origin = origin;
    this.outbound = outbound;
  }

  void start() throws TransportFailure {
    try {
      loop.post(this::beginOnLoop);
    } catch (RejectedExecutionException stopped) {
      throw failure(Kind.CLOSED, "the event loops are closed");
    }
  }

  boolean asksForHeadOnly() {
    return outbound.method().equals("HEAD");
  }

  /* On the loop. */

  private void beginOnLoop() {
    if (pieces.finished()) {
      return;
    }
    UpstreamConnection idle = pool.takeOnLoop(origin);
    if (idle != null) {
      sendOnLoop(idle);
      return;
    }
    awaitOnLoop(Awaited.CONNECTION, outbound.connectTimeout());
    Dial dialled = pool.dialOnLoop(origin, outbound.connectTimeout());
    dial = dialled;
    var _ =
        dialled
            .outcome()
            .whenComplete(
                (made, failed) -> {
                  dial = null;
                  if (made != null) {
                    sendOnLoop(made);
                  } else {
                    failedOnLoop(Kind.NOT_CONNECTED, failed.getClass().getSimpleName() + ": " + failed.getMessage());
                  }
                });
  }

  private void sendOnLoop(UpstreamConnection ready) {
    if (pieces.finished()) {
      ready.closeOnLoop();
      return;
    }
    connection = ready;
    awaitOnLoop(Awaited.HEAD, outbound.headTimeout());
    try {
      ready.serveOnLoop(this);
    } catch (IllegalArgumentException unsendable) {
      ready.closeOnLoop();
      failedOnLoop(Kind.NOT_CONNECTED, "cannot be sent: " + unsendable.getMessage());
    }
  }

  /// Called back by the connection.
  ChannelFuture writeRequestOnLoop(Channel to) {
    return RequestBytes.write(outbound, origin, to);
  }

  void headOnLoop(int status, Headers headers) {
    head = new Head(status, headers);
    awaited = Awaited.BODY;
    if (outbound.shape() == Shape.STREAMED && status < 400) {
      wantedOnLoop();
    } else {
      pieces.wakeAtEnd();
    }
  }

  private void wantedOnLoop() {
    wanted = true;
    pieces.wake();
  }

  /// Takes over `bytes` of the body.
  void arrivedOnLoop(ByteBuf bytes) {
    arrivals.add(bytes);
    if (arrivals.length() >= PieceQueue.HIGH) {
      handOverOnLoop();
    }
  }

  /// All has been read that the connection has for now.
  void readCompleteOnLoop() {
    if (head == null) {
      return;
    }
    pieces.stirred();
    if (pieces.wakesAtEnd()) {
      if (!wanted) {
        setAlarmOnLoop(System.nanoTime() + REST_IS_NEAR.toNanos());
      }
    } else {
      handOverOnLoop();
    }
  }

  private void handOverOnLoop() {
    if (arrivals.length() > 0) {
      pieces.arrived(arrivals.take());
    }
  }

  void endedOnLoop() {
    restOnLoop();
    handOverOnLoop();
    pieces.finish(null);
  }

  /// There is no more to come, because of `what`; `kind` as if the head had come already.
  void failedOnLoop(Kind kind, String what) {
    restOnLoop();
    handOverOnLoop();
    pieces.finish(failure(kind == Kind.CUT && head == null ? Kind.LOST_BEFORE_HEAD : kind, what));
  }

  /// Nothing is awaited any more, and this holds on to nothing of the loop's.
  private void restOnLoop() {
    awaited = Awaited.NOTHING;
    connection = null;
    ScheduledFuture<?> set = alarm;
    if (set != null) {
      set.cancel(false);
      alarm = null;
    }
  }

  private void abandonOnLoop() {
    UpstreamConnection left = connection;
    Dial dialled = dial;
    restOnLoop();
    arrivals.release();
    if (dialled != null) {
      dialled.cancelOnLoop();
    }
    if (left != null) {
      left.closeOnLoop();
    }
  }

  private void awaitOnLoop(Awaited what, Duration limit) {
    awaited = what;
    dueNanos = System.nanoTime() + limit.toNanos();
    setAlarmOnLoop(dueNanos);
  }

  /// Sets the alarm, unless it rings before `nanos` anyway.
  private void setAlarmOnLoop(long nanos) {
    ScheduledFuture<?> set = alarm;
    if (awaited == Awaited.NOTHING || (set != null && alarmNanos - nanos <= 0)) {
      return;
    }
    if (set != null) {
      set.cancel(false);
    }
    alarmNanos = nanos;
    alarm = loop.netty().schedule(this::ringOnLoop, nanos - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private void ringOnLoop() {
    alarm = null;
    boolean early = dueNanos - System.nanoTime() > 0;
    switch (awaited) {
      case CONNECTION, HEAD -> {
        if (early) {
          setAlarmOnLoop(dueNanos);
        } else {
          overdueOnLoop();
        }
      }
      case BODY -> {
        if (!wanted) {
          wantedOnLoop();
        } else {
          pieces.alarm();
        }
      }
      case NOTHING -> {}
    }
  }

  private void overdueOnLoop() {
    TransportFailure late =
        awaited == Awaited.HEAD
            ? failure(Kind.NO_HEAD_IN_TIME, "no answer within " + outbound.headTimeout())
            : failure(Kind.NOT_CONNECTED, "not connected within " + outbound.connectTimeout());
    pieces.finish(late);
    abandonOnLoop();
  }

  @Override
  public void pause() {
    if (connection != null) {
      connection.readOnLoop(false);
    }
  }

  @Override
  public void resume() {
    if (connection != null) {
      connection.readOnLoop(true);
    }
  }

  @Override
  public void post(Runnable task) {
    try {
      loop.post(task);
    } catch (RejectedExecutionException stopped) {
      // The loop took its connections with it.
    }
  }

  @Override
  public void alarmAt(long nanos) {
    if (alarm == null || alarmNanos - nanos > 0) {
      post(() -> setAlarmOnLoop(nanos));
    }
  }

  /* On the thread. */

  Transport.Inbound awaitHead() throws TransportFailure, InterruptedException {
    while (!answered()) {
      if (Thread.interrupted()) {
        close();
        throw new InterruptedException();
      }
      pieces.await(this::answered);
    }
    if (head == null) {
      TransportFailure failure = pieces.failure();
      throw failure != null ? failure : failure(Kind.LOST_BEFORE_HEAD, "ended without a head");
    }
    return this;
  }

  private boolean answered() {
    return wanted || pieces.ready();
  }

  private void giveUp(TransportFailure failure) {
    if (pieces.finish(failure)) {
      post(this::abandonOnLoop);
    }
  }

  private TransportFailure failure(Kind kind, String what) {
    URI uri = outbound.uri();
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return new TransportFailure(kind, uri.getScheme() + "://" + uri.getHost() + port + ": " + what);
  }

  @Override
  public int status() {
    return Objects.requireNonNull(head).status();
  }

  @Override
  public Headers headers() {
    return Objects.requireNonNull(head).headers();
  }

  @Override
  public byte @Nullable [] read(Duration idle) throws TransportFailure, InterruptedException {
    try {
      return pieces.take(idle);
    } catch (TransportFailure failure) {
      giveUp(failure);
      throw failure;
    } catch (InterruptedException interrupted) {
      close();
      throw interrupted;
    }
  }

  @Override
  public void close() {
    if (!pieces.finished()) {
      giveUp(failure(Kind.CLOSED, "closed on this side"));
    }
  }
}
