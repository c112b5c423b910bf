// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.provider.TransportFailure.Kind;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The body of an answer, asked for one buffer at a time: no buffer is asked for before the last
/// one was taken.
final class JdkBody implements BodySubscriber<JdkBody> {
  /// The body of a request, which tells when the client began to send it: when it was connected.
  static final class Sent implements BodyPublisher {
    private final BodyPublisher bytes;
    private volatile long startedNanos;

    Sent(byte[] body) {
      this.bytes = BodyPublishers.ofByteArray(body);
    }

    /// 0 before it began.
    long startedNanos() {
      return startedNanos;
    }

    @Override
    public long contentLength() {
      return bytes.contentLength();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
      long now = System.nanoTime();
      startedNanos = now == 0 ? 1 : now;
      bytes.subscribe(subscriber);
    }
  }

  private final String place;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // All guarded by the lock.
  private @Nullable Subscription subscription;
  private boolean asked;
  private byte @Nullable [] piece;
  private boolean ended;
  private @Nullable TransportFailure failure;

  JdkBody(String place) {
    this.place = place;
  }

  @Override
  public CompletionStage<JdkBody> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Subscription given) {
    boolean unwanted;
    lock.lock();
    try {
      subscription = given;
      unwanted = failure != null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (unwanted) {
      given.cancel();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    int length = buffers.stream().mapToInt(ByteBuffer::remaining).sum();
    byte[] bytes = new byte[length];
    int filled = 0;
    for (ByteBuffer buffer : buffers) {
      int size = buffer.remaining();
      buffer.get(bytes, filled, size);
      filled += size;
    }
    lock.lock();
    try {
      asked = false;
      piece = length == 0 ? null : bytes;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onError(Throwable cause) {
    finish(new TransportFailure(Kind.CUT, place + ": " + cause));
  }

  @Override
  public void onComplete() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  byte @Nullable [] read(Duration idle) throws TransportFailure, InterruptedException {
    long left = idle.toNanos();
    try {
      while (true) {
        Subscription ask = null;
        lock.lockInterruptibly();
        try {
          byte[] taken = piece;
          if (taken != null) {
            piece = null;
            return taken;
          }
          if (failure != null) {
            throw failure;
          }
          if (ended) {
            return null;
          }
          if (!asked && subscription != null) {
            asked = true;
            ask = subscription;
          } else if (left <= 0) {
            throw new TransportFailure(Kind.IDLE, place + ": nothing came for " + idle);
          } else {
            left = changed.awaitNanos(left);
          }
        } finally {
          lock.unlock();
        }
        if (ask != null) {
          // Outside the lock: the client may hand over at once, on this thread.
          ask.request(1);
        }
      }
    } catch (TransportFailure failed) {
      finish(failed);
      throw failed;
    } catch (InterruptedException interrupted) {
      close();
      throw interrupted;
    }
  }

  /// Ends the exchange; the first reason counts. Cancelling closes the connection of HTTP/1.1.
  private void finish(TransportFailure reason) {
    Subscription cancelled = null;
    lock.lock();
    try {
      if (failure == null && !ended) {
        failure = reason;
        cancelled = subscription;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (cancelled != null) {
      cancelled.cancel();
    }
  }

  void close() {
    finish(new TransportFailure(Kind.CLOSED, place + ": closed on this side"));
  }
}
