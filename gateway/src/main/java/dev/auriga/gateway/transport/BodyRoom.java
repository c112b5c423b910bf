// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import java.util.concurrent.atomic.AtomicLong;

/// The room that the bodies of all requests in flight share. Thread-safe.
final class BodyRoom {
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  /// Has room for `most` bytes.
  BodyRoom(long most) {
    this.most = most;
  }

  /// Whether there are `bytes` left just now.
  boolean has(long bytes) {
    return taken.get() + bytes <= most;
  }

  /// Takes `bytes`, or nothing and says false.
  boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= most) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }

  /// How many bytes are taken.
  long taken() {
    return taken.get();
  }
}
