// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// Does computing on a platform thread of its own that could take longer than about a millisecond: the thread of
/// a request may be carried by an event loop, which would be kept from its other connections.
final class Apart {
  private Apart() {}

  /// What `work` comes to; it is interrupted when the caller is.
  static <T> T done(Supplier<T> work) throws InterruptedException {
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread.ofPlatform().daemon().name("apart").start(task);
    try {
      return task.get();
    } catch (InterruptedException gone) {
      task.cancel(true);
      throw gone;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }
}
