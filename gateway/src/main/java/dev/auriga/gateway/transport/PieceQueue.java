// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import dev.auriga.provider.TransportFailure;
import dev.auriga.provider.TransportFailure.Kind;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Bytes on their way from an event loop to one reading thread, never much more than [#HIGH] of them.
///
/// `arrived`, `resumeIfLow` and the [Source] belong to the loop, `take` to the reader, and `finish`
/// may be called by anyone. Nothing here locks, because a loop must never wait for a thread it
/// carries.
final class PieceQueue {
  static final long HIGH = 256 * 1024;
  static final long LOW = 64 * 1024;

  /*
   * Two races decide whether a stream can hang, and both are settled the same way: each side first
   * writes its own flag and then reads the other's, all volatile, so at least one of them sees both.
   *   wake:   loop writes `queued`, reads `reader`;  reader writes `reader`, reads `queued`.
   *   resume: loop writes `paused`, reads `queued`;  reader writes `queued`, reads `paused`.
   * The source itself is paused and resumed on the loop only; a reader that finds it paused posts
   * `resumeIfLow`, which decides again there.
   */

  /// What can be told to wait; called on the loop only.
  interface Source {
    void pause();

    void resume();

    /// Runs `task` on the loop.
    void post(Runnable task);
  }

  /// How it ended; a null failure is the proper end.
  record Ending(@Nullable TransportFailure failure) {}

  private final ConcurrentLinkedQueue<Buffer> pieces = new ConcurrentLinkedQueue<>();
  private final AtomicLong queued = new AtomicLong();
  private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
  private final Source source;
  private volatile boolean paused;
  private volatile boolean wakeAtEnd;
  private volatile long lastArrivalNanos = System.nanoTime();
  private volatile @Nullable Thread reader;

  PieceQueue(Source source) {
    this.source = source;
  }

  /// From now on the reader is woken by the end, or by [#HIGH] bytes, and not by each piece.
  void wakeAtEnd() {
    wakeAtEnd = true;
  }

  /// More bytes; on the loop.
  void arrived(Buffer piece) {
    int length = piece.length();
    if (length == 0) {
      return;
    }
    lastArrivalNanos = System.nanoTime();
    pieces.add(piece);
    long now = queued.addAndGet(length);
    if (now >= HIGH && !paused) {
      source.pause();
      paused = true;
      resumeIfLow();
    }
    if (!wakeAtEnd || now >= HIGH) {
      wake();
    }
  }

  private void resumeIfLow() {
    if (paused && queued.get() <= LOW) {
      paused = false;
      source.resume();
    }
  }

  /// No more bytes. True when this call decided how it ended, false when it had already ended.
  boolean finish(@Nullable TransportFailure failure) {
    boolean first = ending.compareAndSet(null, new Ending(failure));
    wake();
    return first;
  }

  boolean finished() {
    return ending.get() != null;
  }

  /// The failure it ended with, if it did.
  @Nullable TransportFailure failure() {
    Ending ended = ending.get();
    return ended == null ? null : ended.failure();
  }

  /// Whether a reader who wakes now has something to take.
  boolean ready() {
    return finished() || (wakeAtEnd ? queued.get() >= HIGH : queued.get() > 0);
  }

  /// Parks the reader for at most `nanos`, unless `done` already or woken meanwhile.
  void await(BooleanSupplier done, long nanos) {
    reader = Thread.currentThread();
    try {
      if (!done.getAsBoolean()) {
        LockSupport.parkNanos(this, nanos);
      }
    } finally {
      reader = null;
    }
  }

  void wake() {
    Thread waiting = reader;
    if (waiting != null) {
      LockSupport.unpark(waiting);
    }
  }

  /// All that has arrived, after waiting for some; null at the proper end.
  byte @Nullable [] take(Duration idle) throws TransportFailure, InterruptedException {
    long began = System.nanoTime();
    while (!ready()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long now = System.nanoTime();
      long quiet = Math.min(now - began, now - lastArrivalNanos);
      long left = idle.toNanos() - quiet;
      if (left <= 0) {
        throw new TransportFailure(Kind.IDLE, "nothing came for " + idle);
      }
      await(this::ready, left);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    byte[] taken = drain();
    if (taken.length > 0) {
      return taken;
    }
    TransportFailure failure = failure();
    if (failure != null) {
      throw failure;
    }
    return null;
  }

  private byte[] drain() {
    int length = (int) queued.get();
    if (length == 0) {
      return new byte[0];
    }
    byte[] taken = new byte[length];
    int filled = 0;
    while (filled < length) {
      Buffer piece = pieces.remove();
      piece.getBytes(taken, filled);
      filled += piece.length();
    }
    long left = queued.addAndGet(-length);
    if (paused && left <= LOW) {
      source.post(this::resumeIfLow);
    }
    return taken;
  }
}
