// SPDX-License-Identifier: Apache-2.0
package dev.auriga.resilience;

import java.util.concurrent.atomic.AtomicLong;

/// The room that the bodies of all requests in flight share, and of what is sent beside them. Thread-safe.
public final class Room {
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  /// Has room for `most` bytes.
  public Room(long most) {
    this.most = most;
  }

  /// Whether there are `bytes` left just now.
  public boolean has(long bytes) {
    return taken.get() + bytes <= most;
  }

  /// Takes `bytes`, or nothing and says false.
  public boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= most) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  public void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }

  /// How many bytes are taken.
  public long taken() {
    return taken.get();
  }
}
