// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The event loops that the server and the client of one process share.
///
/// There is one loop for each processor. A request that a loop-carried thread sends upstream goes
/// out on the loop that carries it, so that client, handler and upstream meet without a hand-over.
public final class EventLoops implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EventLoops.class.getName());

  /// How long connections that are being closed may take, when the loops stop.
  private static final long SECONDS_TO_STOP = 5;

  private final EventLoopGroup group;
  private final LoopThreads loopThreads;
  private final List<EventLoop> loops;
  private final ExecutorService platform;
  private final StallWatch stallWatch;
  private final AtomicInteger turn = new AtomicInteger();

  private EventLoops(EventLoopGroup group, LoopThreads loopThreads, List<EventLoop> loops) {
    this.group = group;
    this.loopThreads = loopThreads;
    this.loops = loops;
    this.platform =
        Executors.newFixedThreadPool(
            Math.max(2, Runtime.getRuntime().availableProcessors()),
            Thread.ofPlatform().daemon().name("offload-", 1).factory());
    this.stallWatch = StallWatch.over(loops);
  }

  /// Starts the loops; the system property `auriga.threads` may say what carries the threads.
  public static EventLoops start() {
    return start(LoopThreads.wanted());
  }

  /// Starts the loops with `wanted` threads, or the best there is when null.
  public static EventLoops start(@Nullable Threads wanted) {
    // The adaptive allocator costs two to four times the CPU for bodies of 50 KB on JDK 25.
    setUnlessSet("io.netty.allocator.type", "pooled");
    // Threads that go on handing over to each other must not keep a loop from its sockets for long.
    setUnlessSet("io.netty.eventLoop.maxTaskProcessingQuantumMs", "20");
    LoopThreads loopThreads = LoopThreads.of(wanted);
    int count = Math.max(2, Runtime.getRuntime().availableProcessors());
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            count, new DefaultThreadFactory("event-loop", false), NioIoHandler.newFactory());
    List<EventLoop> loops = new ArrayList<>(count);
    for (EventExecutor netty : group) {
      loops.add(loop((io.netty.channel.EventLoop) netty, loopThreads));
    }
    return new EventLoops(group, loopThreads, List.copyOf(loops));
  }

  /// Read by Netty when its first class loads.
  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static EventLoop loop(io.netty.channel.EventLoop netty, LoopThreads loopThreads) {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    netty.execute(() -> thread.complete(Thread.currentThread()));
    return new EventLoop(netty, thread.join(), loopThreads);
  }

  /// What carries the threads.
  public Threads mode() {
    return loopThreads.mode();
  }

  /// Does `work` on a platform thread and waits for it: for files, native calls and more than about
  /// a millisecond of computing, which would stall a loop. Fails as `work` fails.
  public <T extends @Nullable Object> T offload(Callable<T> work) throws Exception {
    Future<T> future = platform.submit(work);
    try {
      return future.get();
    } catch (InterruptedException interrupted) {
      future.cancel(true);
      throw interrupted;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw failed;
    }
  }

  EventLoopGroup group() {
    return group;
  }

  List<EventLoop> all() {
    return loops;
  }

  /// The loop that carries the calling thread, else each in turn.
  EventLoop nearest() {
    Thread carrier = loopThreads.carrier();
    if (carrier != null) {
      for (EventLoop loop : loops) {
        if (loop.thread() == carrier) {
          return loop;
        }
      }
    }
    return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
  }

  /// Closes every connection and stops the loops. Close servers first; must not be called from a
  /// thread that a loop carries.
  @Override
  public void close() {
    stallWatch.close();
    if (!group
        .shutdownGracefully(0, SECONDS_TO_STOP, TimeUnit.SECONDS)
        .awaitUninterruptibly(2 * SECONDS_TO_STOP, TimeUnit.SECONDS)) {
      LOG.log(Level.WARNING, "Event loops are still busy while they are closed");
    }
    platform.shutdownNow();
  }
}
