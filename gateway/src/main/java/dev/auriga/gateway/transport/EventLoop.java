// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.vertx.core.http.HttpClient;
import io.vertx.core.internal.ContextInternal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

/// One event loop: its connections, the client that stays on it, the threads it carries.
final class EventLoop {
  private final ContextInternal context;
  private final SingleThreadEventExecutor netty;
  private final Thread thread;
  private final HttpClient client;
  private static final ThreadFactory APART =
      Thread.ofVirtual().inheritInheritableThreadLocals(false).name("exchange-apart-", 1).factory();

  private final LoopThreads loopThreads;
  private final ThreadFactory threads;
  private final Set<Thread> serving = ConcurrentHashMap.newKeySet();

  EventLoop(ContextInternal context, Thread thread, HttpClient client, LoopThreads loopThreads) {
    this.context = context;
    this.netty = (SingleThreadEventExecutor) context.nettyEventLoop();
    this.thread = thread;
    this.client = client;
    this.loopThreads = loopThreads;
    this.threads = loopThreads.factory(netty);
  }

  ContextInternal context() {
    return context;
  }

  io.netty.channel.EventLoop netty() {
    return context.nettyEventLoop();
  }

  Thread thread() {
    return thread;
  }

  HttpClient client() {
    return client;
  }

  /// Runs `task` on this loop, in the order of the calls of one thread.
  ///
  /// From a thread this loop carries, the loop need not be woken: it is running us.
  void post(Runnable task) {
    if (loopThreads.carrier() == thread) {
      netty.lazyExecute(task);
    } else {
      netty.execute(task);
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
