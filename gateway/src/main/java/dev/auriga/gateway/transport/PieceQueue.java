// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import dev.auriga.provider.TransportFailure;
import dev.auriga.provider.TransportFailure.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Bytes on their way from an event loop to one reading thread, never much more than [#HIGH] of them.
///
/// `arrived`, `stirred`, `alarm` and the [Source] belong to the loop, `take` to the reader, and `finish`
/// may be called by anyone. Nothing here locks, because a loop must never wait for a thread it
/// carries.
final class PieceQueue {
  static final long HIGH = 256 * 1024;
  static final long LOW = 64 * 1024;

  /*
   * Three races decide whether a stream can hang, and all are settled the same way: each side first
   * writes its own flag and then reads the other's, all volatile, so at least one of them sees both.
   *   wake:   loop writes `queued`, reads `reader`;  reader writes `reader`, reads `queued`.
   *   resume: loop writes `paused`, reads `queued`;  reader writes `queued`, reads `paused`.
   *   alarm:  loop writes that none is set, reads `untilNanos`; reader writes `untilNanos`, reads
   *           whether one is set (in `alarmAt`).
   * The source itself is paused and resumed on the loop only; a reader that finds it paused posts
   * `resumeIfLow`, which decides again there.
   */

  /// What can be told to wait; called on the loop only.
  interface Source {
    void pause();

    void resume();

    /// Runs `task` on the loop.
    void post(Runnable task);

    /// Has [#alarm] called on the loop at `nanos` of [System#nanoTime] or soon after; the last call
    /// counts. May be called by the reader.
    void alarmAt(long nanos);
  }

  /// How it ended; a null failure is the proper end.
  record Ending(@Nullable TransportFailure failure) {}

  private final ConcurrentLinkedQueue<byte[]> pieces = new ConcurrentLinkedQueue<>();
  private final AtomicLong queued = new AtomicLong();
  private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
  private final Source source;
  private volatile boolean paused;
  private volatile boolean wakeAtEnd;
  private volatile long lastArrivalNanos = System.nanoTime();
  private volatile long untilNanos = lastArrivalNanos;
  private volatile @Nullable Thread reader;

  PieceQueue(Source source) {
    this.source = source;
  }

  /// From now on the reader is woken by the end, or by [#HIGH] bytes, and not by each piece.
  void wakeAtEnd() {
    wakeAtEnd = true;
  }

  boolean wakesAtEnd() {
    return wakeAtEnd;
  }

  /// More bytes, at least one, the queue's own from now on; on the loop.
  void arrived(byte[] piece) {
    pieces.add(piece);
    long now = queued.addAndGet(piece.length);
    if (now >= HIGH && !paused) {
      source.pause();
      paused = true;
      resumeIfLow();
    }
    if (!wakeAtEnd || now >= HIGH) {
      wake();
    }
  }

  /// Something came, be it that it is not handed over yet; on the loop.
  void stirred() {
    lastArrivalNanos = System.nanoTime();
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

  /// Parks the reader, unless `done` already or woken meanwhile.
  void await(BooleanSupplier done) {
    reader = Thread.currentThread();
    try {
      if (!done.getAsBoolean()) {
        LockSupport.park(this);
      }
    } finally {
      reader = null;
    }
  }

  /// Wakes a reader whose patience is over, or asks to be called again when it may be; on the loop.
  void alarm() {
    if (impatient()) {
      wake();
    } else {
      source.alarmAt(untilNanos);
    }
  }

  private boolean impatient() {
    return untilNanos - System.nanoTime() <= 0;
  }

  void wake() {
    Thread waiting = reader;
    if (waiting != null) {
      LockSupport.unpark(waiting);
    }
  }

  /// All that has arrived, after waiting for some; null at the proper end.
  ///
  /// The reader parks without a timer of its own: the loop has the alarm, which rarely has to move.
  byte @Nullable [] take(Duration idle) throws TransportFailure, InterruptedException {
    long began = ready() ? 0 : System.nanoTime();
    while (!ready()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long last = lastArrivalNanos;
      long until = (last - began > 0 ? last : began) + idle.toNanos();
      if (until - System.nanoTime() <= 0) {
        throw new TransportFailure(Kind.IDLE, "nothing came for " + idle);
      }
      untilNanos = until;
      source.alarmAt(until);
      await(() -> ready() || impatient());
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    byte[] taken = drain();
    if (taken != null) {
      return taken;
    }
    TransportFailure failure = failure();
    if (failure != null) {
      throw failure;
    }
    return null;
  }

  private byte @Nullable [] drain() {
    int length = (int) queued.get();
    if (length == 0) {
      return null;
    }
    byte[] taken = pieces.remove();
    if (taken.length < length) {
      taken = joined(taken, length);
    }
    long left = queued.addAndGet(-length);
    if (paused && left <= LOW) {
      source.post(this::resumeIfLow);
    }
    return taken;
  }

  private byte[] joined(byte[] first, int length) {
    byte[] all = Arrays.copyOf(first, length);
    int filled = first.length;
    while (filled < length) {
      byte[] piece = pieces.remove();
      System.arraycopy(piece, 0, all, filled, piece.length);
      filled += piece.length;
    }
    return all;
  }
}
