// SPDX-License-Identifier: Apache-2.0
package dev.auriga.azure;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/// One fetch of a token on its way, with everybody who waits for it.
///
/// @param token what it will bring
/// @param work what brings it; cancelled, its thread is interrupted
record Flight(Instant startedAt, CompletableFuture<Token> token, FutureTask<Void> work) {
  static Flight of(Instant now, Consumer<CompletableFuture<Token>> fetch) {
    CompletableFuture<Token> token = new CompletableFuture<>();
    return new Flight(now, token, new FutureTask<>(() -> fetch.accept(token), null));
  }

  boolean isUnderWay() {
    return !token.isDone();
  }

  void abandon(RuntimeException why) {
    token.completeExceptionally(why);
    work.cancel(true);
  }
}
