// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What of one answer is still on its way to the client, and the thread that waits for it to go.
///
/// [#awaitRoom] belongs to the thread that writes; [#written] and [#wake] to the loop.
final class Outflow {
  /// A writer waits above this many unsent bytes, until they are down to [#LOW].
  static final long HIGH = 256 * 1024;
  static final long LOW = 64 * 1024;

  /// Throws when there is no use in waiting any longer.
  interface Staying {
    void check() throws InterruptedException;
  }

  private final ServerConnection connection;
  private final AtomicLong posted = new AtomicLong();
  private volatile @Nullable Thread writer;

  Outflow(ServerConnection connection) {
    this.connection = connection;
  }

  /// `bytes` more are on their way to the connection.
  void posted(int bytes) {
    posted.addAndGet(bytes);
  }

  /// The connection has got `bytes` of what was posted.
  void written(int bytes) {
    posted.addAndGet(-bytes);
    wake();
  }

  private boolean hasRoom() {
    return posted.get() < HIGH && connection.isWritable();
  }

  /// What the connection has not got yet, and what the client has not taken of it.
  long bytes() {
    return posted.get() + connection.unsentBytes();
  }

  /// A writer that waits may go on, if there is room now.
  void wake() {
    Thread waiting = writer;
    if (waiting != null && hasRoom()) {
      LockSupport.unpark(waiting);
    }
  }

  /// Waits for room; false when the client has taken nothing for as long as `limit`.
  boolean awaitRoom(Duration limit, Staying staying) throws InterruptedException {
    if (hasRoom()) {
      return true;
    }
    writer = Thread.currentThread();
    try {
      long left = bytes();
      long since = System.nanoTime();
      while (!hasRoom()) {
        staying.check();
        long now = System.nanoTime();
        if (bytes() < left) {
          left = bytes();
          since = now;
        }
        long patience = limit.toNanos() - (now - since);
        if (patience <= 0) {
          return false;
        }
        LockSupport.parkNanos(this, patience);
      }
      return true;
    } finally {
      writer = null;
    }
  }
}
