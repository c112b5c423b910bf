// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.dialect.Headers;
import dev.auriga.provider.Transport;
import dev.auriga.provider.Transport.Outbound;
import dev.auriga.provider.Transport.Shape;
import dev.auriga.provider.TransportContract;
import dev.auriga.provider.TransportFailure;
import dev.auriga.provider.TransportFailure.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// The contract with the calls made on the threads the gateway serves on.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LoopTransportContract extends TransportContract {
  private final Threads mode;
  private EventLoops loops;

  LoopTransportContract(Threads mode) {
    this.mode = mode;
  }

  @BeforeAll
  void startLoops() {
    loops = EventLoops.start(mode);
  }

  @AfterAll
  void closeLoops() {
    loops.close();
  }

  @Override
  protected Transport open() {
    return new LoopTransport(loops);
  }

  @Override
  protected <T> T onThread(Callable<T> call) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    loops
        .all()
        .getFirst()
        .start(
            () -> {
              try {
                result.complete(call.call());
              } catch (Throwable thrown) {
                result.completeExceptionally(thrown);
              }
            });
    try {
      return result.get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case Error error -> throw error;
        case Exception exception -> throw exception;
        default -> throw failed;
      }
    }
  }

  @Override
  protected Thread start(Runnable call) {
    return loops.all().getFirst().start(call);
  }

  @Test
  @Timeout(20)
  void portThereCannotBe_isNotConnectedAtOnce() {
    Duration hour = Duration.ofHours(1);
    URI uri = URI.create("http://127.0.0.1:70000/a");
    Outbound outbound = new Outbound("GET", uri, Headers.NONE, new byte[0], Shape.WHOLE, hour, hour);
    try (LoopTransport transport = new LoopTransport(loops)) {
      assertThatThrownBy(() -> onThread(() -> transport.send(outbound)))
          .isInstanceOfSatisfying(
              TransportFailure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.NOT_CONNECTED));
    }
  }

  @Override
  protected int reusedConnections() {
    // One for each loop, since ordinary threads go out on each loop in turn.
    return mode == Threads.LOOP_CARRIED ? 1 : loops.all().size();
  }
}
