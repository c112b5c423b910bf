// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

@Timeout(60)
class EventLoopsTest {
  private static <T> T on(EventLoop loop, java.util.concurrent.Callable<T> call) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.start(
        () -> {
          try {
            result.complete(call.call());
          } catch (Throwable thrown) {
            result.completeExceptionally(thrown);
          }
        });
    return result.get(20, TimeUnit.SECONDS);
  }

  @Test
  void eachLoopIsAnother_andTheBestModeIsTakenHere() {
    try (EventLoops loops = EventLoops.start(null)) {
      assertThat(loops.mode()).isEqualTo(Threads.LOOP_CARRIED);
      Set<Thread> threads = new HashSet<>();
      loops.all().forEach(loop -> threads.add(loop.thread()));
      assertThat(threads).hasSize(loops.all().size()).hasSizeGreaterThan(1);
    }
  }

  @Test
  void theSystemProperty_chooses() {
    try {
      System.setProperty("auriga.threads", "ordinary");
      try (EventLoops loops = EventLoops.start()) {
        assertThat(loops.mode()).isEqualTo(Threads.ORDINARY);
      }
      System.setProperty("auriga.threads", "loops");
      assertThatThrownBy(EventLoops::start).isInstanceOf(IllegalArgumentException.class);
    } finally {
      System.clearProperty("auriga.threads");
    }
  }

  @Test
  void carriedThread_staysOnItsLoop_andSoDoesWhatItStarts() throws Exception {
    try (EventLoops loops = EventLoops.start(Threads.LOOP_CARRIED)) {
      for (EventLoop loop : loops.all()) {
        assertThat(on(loop, loops::nearest)).isSameAs(loop);
        EventLoop ofChild =
            on(
                loop,
                () -> {
                  CompletableFuture<EventLoop> child = new CompletableFuture<>();
                  Thread.startVirtualThread(() -> child.complete(loops.nearest()));
                  return child.get();
                });
        assertThat(ofChild).isSameAs(loop);
      }
    }
  }

  @Test
  void ordinaryThreads_takeLoopsInTurn() throws Exception {
    try (EventLoops loops = EventLoops.start(Threads.ORDINARY)) {
      Set<EventLoop> seen = new HashSet<>();
      for (int i = 0; i < loops.all().size(); i++) {
        seen.add(on(loops.all().getFirst(), loops::nearest));
      }
      assertThat(seen).hasSize(loops.all().size());
    }
  }

  @ParameterizedTest
  @EnumSource(Threads.class)
  void offload_runsOnAPlatformThread_andFailsAsTheWorkFails(Threads mode) throws Exception {
    try (EventLoops loops = EventLoops.start(mode)) {
      EventLoop loop = loops.all().getFirst();
      assertThat(on(loop, () -> loops.offload(() -> Thread.currentThread().isVirtual()))).isFalse();
      IOException failure = new IOException("on purpose");
      assertThatThrownBy(
              () ->
                  loops.offload(
                      () -> {
                        throw failure;
                      }))
          .isSameAs(failure);
    }
  }

  /// A log that writes behind a lock, which its first caller keeps while it waits to be let go.
  private static final class SlowLog implements System.Logger {
    private final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch mayWrite = new CountDownLatch(1);
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @Override
    public String getName() {
      return "slow";
    }

    @Override
    public boolean isLoggable(Level level) {
      return level != Level.DEBUG;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String line, Throwable thrown) {
      lock.lock();
      try {
        held.countDown();
        mayWrite.await();
        lines.add(line);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... values) {
      log(level, bundle, format, (Throwable) null);
    }
  }

  @ParameterizedTest
  @EnumSource(Threads.class)
  void loopThatLogs_doesNotWaitForALockThatItsOwnThreadHolds(Threads mode) throws Exception {
    SlowLog log = new SlowLog();
    try (EventLoops loops = EventLoops.start(mode)) {
      EventLoop loop = loops.all().getFirst();
      loop.start(() -> log.log(System.Logger.Level.INFO, "by the thread"));
      log.held.await();
      loop.netty().submit(() -> loop.log(log, System.Logger.Level.INFO, "by the loop", null)).get(20, TimeUnit.SECONDS);
      log.mayWrite.countDown();
      assertThat(log.lines.take()).isEqualTo("by the thread");
      assertThat(log.lines.take()).isEqualTo("by the loop");
    }
  }

  @Test
  void whatStallsALoop_isNamed() throws Exception {
    BlockingQueue<String> logged = new LinkedBlockingQueue<>();
    Logger logger = (Logger) LoggerFactory.getLogger(StallWatch.class.getName());
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            logged.add(event.getFormattedMessage());
          }
        };
    appender.start();
    logger.addAppender(appender);
    try (EventLoops loops = EventLoops.start(Threads.LOOP_CARRIED);
        StallWatch _ = StallWatch.over(loops.all(), Duration.ZERO)) {
      on(
          loops.all().getFirst(),
          () -> {
            stallUntil(logged);
            return null;
          });
      assertThat(logged.take()).contains("offload").contains("stallUntil");
    } finally {
      logger.detachAppender(appender);
    }
  }

  private static void stallUntil(BlockingQueue<String> logged) {
    while (logged.stream().noneMatch(line -> line.contains("stallUntil"))) {
      Thread.onSpinWait();
    }
  }
}
