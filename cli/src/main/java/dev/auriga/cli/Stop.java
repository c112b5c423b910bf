// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import java.util.concurrent.CountDownLatch;

/// The signal that ends a command which stays.
final class Stop {
  private Stop() {}

  /// Returns when the process is told to stop; what the calling thread then closes, the process
  /// waits for.
  static void await() throws InterruptedException {
    Thread staying = Thread.currentThread();
    CountDownLatch told = new CountDownLatch(1);
    Thread hook =
        Thread.ofPlatform()
            .name("stop")
            .unstarted(
                () -> {
                  told.countDown();
                  try {
                    staying.join();
                  } catch (InterruptedException impatient) {
                    Thread.currentThread().interrupt();
                  }
                });
    Runtime.getRuntime().addShutdownHook(hook);
    told.await();
  }
}
