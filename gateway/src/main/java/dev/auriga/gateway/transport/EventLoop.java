// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// One event loop and the threads it carries.
final class EventLoop {
  private static final ThreadFactory APART =
      Thread.ofVirtual().inheritInheritableThreadLocals(false).name("exchange-apart-", 1).factory();

  private final io.netty.channel.EventLoop netty;
  private final SingleThreadEventExecutor executor;
  private final Thread thread;
  private final LoopThreads loopThreads;
  private final ThreadFactory threads;
  private final Set<Thread> serving = ConcurrentHashMap.newKeySet();

  EventLoop(io.netty.channel.EventLoop netty, Thread thread, LoopThreads loopThreads) {
    this.netty = netty;
    this.executor = (SingleThreadEventExecutor) netty;
    this.thread = thread;
    this.loopThreads = loopThreads;
    this.threads = loopThreads.factory(netty);
  }

  io.netty.channel.EventLoop netty() {
    return netty;
  }

  Thread thread() {
    return thread;
  }

  /// Runs `task` on this loop, in the order of the calls of one thread.
  ///
  /// From a thread this loop carries, the loop need not be woken: it is running us.
  void post(Runnable task) {
    if (loopThreads.carrier() == thread) {
      executor.lazyExecute(task);
    } else {
      executor.execute(task);
    }
  }

  /// Starts a virtual thread, on this loop where loops carry threads.
  Thread start(Runnable task) {
    return start(threads, task);
  }

  /// Starts a virtual thread on the scheduler of the JDK, for work that would keep this loop from its
  /// other connections.
  Thread startApart(Runnable task) {
    return start(APART, task);
  }

  /// Logs from another thread than the loop's.
  ///
  /// A thread this loop carries may hold a lock of the log while it waits for another one. If the loop
  /// waited for the first lock, that thread could never go on, and both would stand for ever.
  void log(System.Logger log, Level level, String what, @Nullable Throwable why) {
    if (log.isLoggable(level)) {
      var _ = startApart(() -> log.log(level, what, why));
    }
  }

  private Thread start(ThreadFactory factory, Runnable task) {
    Thread started =
        factory.newThread(
            () -> {
              try {
                task.run();
              } finally {
                serving.remove(Thread.currentThread());
              }
            });
    serving.add(started);
    started.start();
    return started;
  }

  /// The threads started here that have not ended.
  Set<Thread> serving() {
    return serving;
  }
}
