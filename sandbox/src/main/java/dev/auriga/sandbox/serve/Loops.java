// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.serve;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// The event loops that all ports of one sandbox share.
public final class Loops implements AutoCloseable {
  private static final int SECONDS_TO_SETTLE = 20;

  private final Vertx vertx;
  private final int count;

  /// Starts so many loops.
  public Loops(int count) {
    this.count = count;
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(count)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1));
  }

  /// How many loops there are.
  public int count() {
    return count;
  }

  Vertx vertx() {
    return vertx;
  }

  static <T> T settled(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(SECONDS_TO_SETTLE, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException failure) {
      throw new IllegalStateException(
          "the sandbox could not change a port: " + failure.getCause(), failure);
    }
  }

  @Override
  public void close() {
    settled(vertx.close());
  }
}
