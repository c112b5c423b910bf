// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The clients against the upstream, both in this process.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LoadIT {
  private Upstream upstream;
  private Load load;

  @BeforeEach
  void start() {
    upstream = Upstream.start();
    load = new Load();
  }

  @AfterEach
  void stop() {
    load.close();
    upstream.close();
  }

  @Test
  void closedLoop_isAnsweredInFull() throws InterruptedException {
    long answered = 0;
    while (answered < 200) {
      Taken taken = load.closed(whole(Question.SMALL), 4, Duration.ofMillis(100));
      assertThat(taken.failed()).isZero();
      assertThat(taken.latencies().total()).isEqualTo(taken.answered());
      answered += taken.answered();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Question.LARGE, Question.LONG})
  void largeBodies_areAnsweredInFull(int size) throws InterruptedException {
    Taken taken = load.closed(whole(size), 2, Duration.ofMillis(200));
    assertThat(taken.failed()).isZero();
    assertThat(taken.answered()).isPositive();
  }

  @Test
  void pacedLoop_asksNoMoreThanWasDue() throws InterruptedException {
    Taken taken = load.paced(whole(Question.SMALL), 200, 4, Duration.ofMillis(300));
    assertThat(taken.failed()).isZero();
    double due = 200 * (taken.elapsed().toNanos() / 1e9 + 1);
    assertThat(taken.answered()).isPositive().isLessThanOrEqualTo((long) Math.ceil(due));
  }

  @Test
  void streams_areReadToTheirEnd() throws InterruptedException {
    Question question = Question.streamed(address(upstream.port()), 10, 5);
    Taken taken =
        load.streams(task(question, upstream.port()), 5, Duration.ofMillis(10), Duration.ofSeconds(30));
    assertThat(taken.answered()).isEqualTo(5);
    assertThat(taken.failed()).isZero();
    assertThat(taken.events()).as("chunks, the usage and [DONE]").isEqualTo(5 * 12);
  }

  @Test
  void anUpstreamThatHangsUp_isCountedAsWrong() throws IOException, InterruptedException {
    try (ServerSocket rude = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  while (true) {
                    rude.accept().close();
                  }
                } catch (IOException closed) {
                  // the test is over
                }
              });
      int port = rude.getLocalPort();
      Question question = Question.whole(address(port), Question.SMALL);
      Taken taken = load.closed(task(question, port), 2, Duration.ofMillis(50));
      assertThat(taken.answered()).isZero();
      assertThat(taken.failed()).isEqualTo(2);
    }
  }

  private Load.Task whole(int size) {
    return task(Question.whole(address(upstream.port()), size), upstream.port());
  }

  private static Load.Task task(Question question, int port) {
    return new Load.Task(address(port), question, Meter.NONE);
  }

  private static Contender.Address address(int port) {
    return new Contender.Address(port, Map.of());
  }
}
