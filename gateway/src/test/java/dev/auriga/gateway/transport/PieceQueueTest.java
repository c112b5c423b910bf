// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.provider.TransportFailure;
import dev.auriga.provider.TransportFailure.Kind;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PieceQueueTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// A producer on a loop of its own that obeys pause and resume, as a socket would.
  private static final class Producer implements PieceQueue.Source, AutoCloseable {
    private final ExecutorService loop =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    private final PieceQueue queue = new PieceQueue(this);
    private final SplittableRandom random;
    private int left;
    private boolean paused;
    private int pauses;
    private long most;
    private long inQueue;

    Producer(int size, SplittableRandom random) {
      this.left = size;
      this.random = random;
    }

    void start() {
      loop.execute(this::produce);
    }

    private void produce() {
      for (int burst = 1 + random.nextInt(20); burst > 0 && !paused; burst--) {
        if (left == 0) {
          queue.finish(null);
          return;
        }
        int size = Math.min(left, 1 + random.nextInt(64 * 1024));
        left -= size;
        inQueue += size;
        most = Math.max(most, inQueue);
        queue.stirred();
        queue.arrived(new byte[size]);
      }
      if (!paused) {
        loop.execute(this::produce);
      }
    }

    @Override
    public void pause() {
      assertThat(paused).isFalse();
      paused = true;
      pauses++;
    }

    @Override
    public void resume() {
      assertThat(paused).isTrue();
      paused = false;
      inQueue = 0;
      loop.execute(this::produce);
    }

    @Override
    public void post(Runnable task) {
      loop.execute(task);
    }

    @Override
    public void alarmAt(long nanos) {
      timer(queue, nanos);
    }

    @Override
    public void close() {
      loop.shutdownNow();
    }
  }

  @Test
  void noResumeIsLost_inThousandsOfStreams() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    SplittableRandom seeds = new SplittableRandom(seed);
    int pauses = 0;
    for (int stream = 0; stream < 2_000; stream++) {
      int size = 1 + seeds.nextInt(1_500_000);
      try (Producer producer = new Producer(size, seeds.split())) {
        boolean whole = seeds.nextInt(4) == 0;
        if (whole) {
          producer.queue.wakeAtEnd();
        }
        producer.start();
        int read = 0;
        PieceQueue queue = producer.queue;
        for (byte[] taken = queue.take(PATIENCE); taken != null; taken = queue.take(PATIENCE)) {
          assertThat(taken.length).isPositive().isLessThan(384 * 1024);
          read += taken.length;
        }
        assertThat(read).isEqualTo(size);
        pauses += producer.pauses;
      }
    }
    assertThat(pauses).as("pauses, or nothing was shown").isGreaterThan(100);
  }

  private static void timer(PieceQueue queue, long nanos) {
    Thread.startVirtualThread(
        () -> {
          LockSupport.parkNanos(nanos - System.nanoTime());
          queue.alarm();
        });
  }

  /// A source that is never held back and whose alarm is a thread that waits.
  private static final class Unattended implements PieceQueue.Source {
    private final PieceQueue queue = new PieceQueue(this);

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void post(Runnable task) {
      task.run();
    }

    @Override
    public void alarmAt(long nanos) {
      timer(queue, nanos);
    }
  }

  @Test
  void whatCame_isReadBeforeTheFailure() throws Exception {
    PieceQueue queue = new Unattended().queue;
    queue.arrived("he".getBytes(UTF_8));
    queue.arrived("llo".getBytes(UTF_8));
    queue.finish(new TransportFailure(Kind.CUT, "cut"));
    queue.finish(null);
    assertThat(queue.take(PATIENCE)).asString().isEqualTo("hello");
    assertThatThrownBy(() -> queue.take(PATIENCE)).isInstanceOf(TransportFailure.class).hasMessage("cut");
  }

  @Test
  void idleCounts_fromTheLastPiece_evenWhenNobodyIsWoken() {
    PieceQueue queue = new Unattended().queue;
    queue.wakeAtEnd();
    queue.arrived("x".getBytes(UTF_8));
    long began = System.nanoTime();
    assertThatThrownBy(() -> queue.take(Duration.ofMillis(100)))
        .isInstanceOfSatisfying(TransportFailure.class, idle -> assertThat(idle.kind()).isEqualTo(Kind.IDLE));
    assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(90));
  }
}
