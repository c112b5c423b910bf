// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import dev.auriga.dialect.Headers;
import dev.auriga.provider.Transport;
import dev.auriga.provider.Transport.Outbound;
import dev.auriga.provider.Transport.Shape;
import dev.auriga.provider.TransportFailure;
import dev.auriga.provider.TransportFailure.Kind;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.impl.VertxConnection;
import java.io.IOException;
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
/// through the [PieceQueue] or a volatile field.
final class UpstreamExchange implements Transport.Inbound, PieceQueue.Source {
  /// How long the reader of a whole answer is left asleep after the head, in case the rest is near.
  private static final Duration REST_IS_NEAR = Duration.ofMillis(50);

  private record Head(int status, Headers headers) {}

  private final EventLoop loop;
  private final Outbound outbound;
  private final PieceQueue pieces = new PieceQueue(this);
  private volatile boolean connected;
  private volatile long connectedNanos;
  private volatile @Nullable Head head;
  private volatile boolean wanted;
  private @Nullable HttpClientRequest request;
  private @Nullable Channel channel;
  private @Nullable ScheduledFuture<?> patience;
  private boolean abandoned;
  private boolean ended;

  UpstreamExchange(EventLoop loop, Outbound outbound) {
    this.loop = loop;
    this.outbound = outbound;
  }

  void start() throws TransportFailure {
    RequestOptions options = options(outbound);
    try {
      loop.post(() -> loop.context().dispatch(() -> connectOnLoop(options)));
    } catch (RejectedExecutionException stopped) {
      throw failure(Kind.CLOSED, "the event loops are closed");
    }
  }

  private static RequestOptions options(Outbound outbound) throws TransportFailure {
    URI uri = outbound.uri();
    String host = uri.getHost();
    if (host == null) {
      throw new TransportFailure(Kind.NOT_CONNECTED, "no host in the address");
    }
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    String path = Objects.requireNonNullElse(uri.getRawPath(), "");
    String target = path.isEmpty() ? "/" : path;
    return new RequestOptions()
        .setMethod(HttpMethod.valueOf(outbound.method()))
        .setSsl(secure)
        .setHost(host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
        .setPort(uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80)
        .setURI(uri.getRawQuery() == null ? target : target + "?" + uri.getRawQuery())
        .setFollowRedirects(false);
  }

  /* On the loop. */

  private void connectOnLoop(RequestOptions options) {
    loop.client().request(options).onComplete(this::connectedOnLoop, this::failedOnLoop);
  }

  private void connectedOnLoop(HttpClientRequest ready) {
    request = ready;
    ready.exceptionHandler(this::failedOnLoop);
    if (abandoned || pieces.finished()) {
      ready.reset();
      return;
    }
    channel = ((VertxConnection) ready.connection()).channelHandlerContext().channel();
    try {
      Fields.write(outbound.headers(), ready.headers());
    } catch (IllegalArgumentException unsendable) {
      pieces.finish(failure(Kind.NOT_CONNECTED, "cannot be sent: " + unsendable.getMessage()));
      ready.reset();
      return;
    }
    if (!ready.headers().contains("accept-encoding")) {
      ready.headers().add("accept-encoding", "identity");
    }
    connectedNanos = System.nanoTime();
    connected = true;
    ready.response().onComplete(this::headOnLoop, this::failedOnLoop);
    byte[] body = outbound.body();
    if (body.length > 0 || !outbound.method().equals("GET")) {
      ready.headers().set("content-length", Integer.toString(body.length));
    }
    ready.end(BufferInternal.buffer(Unpooled.wrappedBuffer(body)));
  }

  private void headOnLoop(HttpClientResponse answer) {
    answer.exceptionHandler(this::failedOnLoop);
    answer.handler(pieces::arrived);
    answer.endHandler(_ -> endedOnLoop());
    boolean streamed = outbound.shape() == Shape.STREAMED && answer.statusCode() < 400;
    if (!streamed) {
      pieces.wakeAtEnd();
      patience =
          loop.netty().schedule(this::wantedOnLoop, REST_IS_NEAR.toNanos(), TimeUnit.NANOSECONDS);
    }
    head = new Head(answer.statusCode(), Fields.read(answer.headers()));
    if (streamed) {
      wantedOnLoop();
    }
  }

  private void wantedOnLoop() {
    wanted = true;
    pieces.wake();
  }

  /// From here on the connection may serve another exchange: it must be reading, and not be closed.
  private void endedOnLoop() {
    forgetPatienceOnLoop();
    resume();
    ended = true;
    pieces.finish(null);
  }

  private void forgetPatienceOnLoop() {
    if (patience != null) {
      patience.cancel(false);
      patience = null;
    }
  }

  private void failedOnLoop(Throwable cause) {
    forgetPatienceOnLoop();
    boolean lost =
        cause instanceof IOException
            || cause instanceof HttpClosedException
            || cause instanceof StreamResetException;
    Kind kind;
    if (!connected) {
      kind = Kind.NOT_CONNECTED;
    } else if (!lost) {
      kind = Kind.UNREADABLE;
    } else {
      kind = head == null ? Kind.LOST_BEFORE_HEAD : Kind.CUT;
    }
    String what = cause.getClass().getSimpleName() + ": " + cause.getMessage();
    if (pieces.finish(failure(kind, what)) && kind == Kind.UNREADABLE) {
      abandonOnLoop();
    }
  }

  private void abandonOnLoop() {
    if (ended || abandoned) {
      return;
    }
    abandoned = true;
    forgetPatienceOnLoop();
    if (request != null) {
      request.reset();
    }
    if (channel != null) {
      // A reset flushes first, and would wait for an upstream that takes no more of the request.
      var _ = channel.close();
    }
  }

  /*
   * Holding back is done on the channel and not with HttpClientResponse.pause: Vert.x gives a
   * connection back to its pool when the last byte has come, although the response may be paused and
   * the channel with it, and the next exchange on it then waits for ever (seen with Vert.x 5.2.0).
   */

  @Override
  public void pause() {
    if (channel != null) {
      channel.config().setAutoRead(false);
    }
  }

  @Override
  public void resume() {
    if (channel != null && !ended) {
      channel.config().setAutoRead(true);
    }
  }

  @Override
  public void post(Runnable task) {
    loop.post(task);
  }

  /* On the thread. */

  Transport.Inbound awaitHead() throws TransportFailure, InterruptedException {
    long started = System.nanoTime();
    while (!answered()) {
      if (Thread.interrupted()) {
        close();
        throw new InterruptedException();
      }
      boolean sent = connected;
      Duration limit = sent ? outbound.headTimeout() : outbound.connectTimeout();
      long left = (sent ? connectedNanos : started) + limit.toNanos() - System.nanoTime();
      if (left <= 0 && head == null) {
        giveUp(
            sent
                ? failure(Kind.NO_HEAD_IN_TIME, "no answer within " + limit)
                : failure(Kind.NOT_CONNECTED, "not connected within " + limit));
        break;
      }
      // Connecting wakes nobody: look again when the head could be late, if it is connected by then.
      long look = Math.min(left, outbound.headTimeout().toNanos());
      pieces.await(this::answered, Math.max(look, REST_IS_NEAR.toNanos()));
    }
    TransportFailure failure = pieces.failure();
    if (failure != null && (head == null || failure.kind() == Kind.NO_HEAD_IN_TIME)) {
      throw failure;
    }
    if (head == null) {
      throw failure(Kind.LOST_BEFORE_HEAD, "ended without a head");
    }
    return this;
  }

  private boolean answered() {
    return wanted || pieces.ready();
  }

  private void giveUp(TransportFailure failure) {
    if (pieces.finish(failure)) {
      try {
        loop.post(this::abandonOnLoop);
      } catch (RejectedExecutionException stopped) {
        // The loop took its connections with it.
      }
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
    if (pieces.finished()) {
      return;
    }
    giveUp(failure(Kind.CLOSED, "closed on this side"));
  }
}
