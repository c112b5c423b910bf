// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// The clients: many connections on one event loop.
///
/// Three shapes of load: *closed*, where each connection asks again when it is answered; *paced*,
/// where requests are due at fixed times whether or not earlier ones are answered, and time counts
/// from when they were due; and *streams*, all held open at once. For one measuring thread.
final class Load implements AutoCloseable {
  /// How long a load runs before it counts.
  private static final Duration SETTLE = Duration.ofMillis(200);

  /// How long answers may still come after the end.
  private static final Duration DRAIN = Duration.ofSeconds(2);

  private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoop loop = group.next();

  /// What is asked of whom, and what meters it.
  record Task(Contender.Address address, Question question, Meter meter) {}

  /// `connections` ask without a pause, for `time`.
  Taken closed(Task task, int connections, Duration time) throws InterruptedException {
    return windowed(task, new ClosedLoop(), connections, time);
  }

  /// `perSecond` requests a second over at most `connections`, for `time`.
  Taken paced(Task task, int perSecond, int connections, Duration time) throws InterruptedException {
    return windowed(task, new PacedLoop(loop, perSecond), connections, time);
  }

  private Taken windowed(Task task, Demand demand, int connections, Duration time)
      throws InterruptedException {
    List<ClientConnection> opened = open(task, demand, connections);
    run(() -> demand.begin(opened));
    Thread.sleep(SETTLE);
    Duration cpu = task.meter().cpu();
    long started = System.nanoTime();
    run(() -> demand.count(true));
    Thread.sleep(time);
    run(() -> demand.count(false));
    Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
    Duration used = task.meter().cpu().minus(cpu);
    run(demand::stop);
    awaitQuiet(demand, System.nanoTime() + DRAIN.toNanos());
    run(() -> close(opened));
    return new Taken(demand.answered, demand.failed, 0, elapsed, used, 0, demand.latencies);
  }

  /// `count` streams, begun evenly over `spread` and read to their end, for at most `atMost`.
  Taken streams(Task task, int count, Duration spread, Duration atMost) throws InterruptedException {
    HeldStreams demand = new HeldStreams(loop, spread);
    List<ClientConnection> opened = open(task, demand, count);
    Duration cpu = task.meter().cpu();
    long started = System.nanoTime();
    run(() -> demand.count(true));
    run(() -> demand.begin(opened));
    double peak = 0;
    while (run(demand::unfinished) > 0 && System.nanoTime() - started < atMost.toNanos()) {
      Thread.sleep(100);
      if (run(demand::underWay) == count) {
        peak = Math.max(peak, task.meter().residentMebibytes());
      }
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
    Duration used = task.meter().cpu().minus(cpu);
    run(demand::stop);
    run(() -> close(opened));
    long failed = demand.failed + demand.unfinished();
    return new Taken(demand.answered, failed, demand.events, elapsed, used, peak, demand.latencies);
  }

  private void awaitQuiet(Demand demand, long untilNanos) throws InterruptedException {
    while (run(demand::underWay) > 0 && System.nanoTime() < untilNanos) {
      Thread.sleep(10);
    }
    run(demand::giveUp);
  }

  private List<ClientConnection> open(Task task, Demand demand, int count) throws InterruptedException {
    List<ClientConnection> opened = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ClientConnection connection = new ClientConnection(task.question(), demand);
      opened.add(connection);
      new Bootstrap()
          .group(loop)
          .channel(NioSocketChannel.class)
          .option(ChannelOption.TCP_NODELAY, true)
          .handler(
              new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel made) {
                  made.pipeline().addLast(new HttpResponseDecoder(), connection);
                }
              })
          .connect("127.0.0.1", task.address().port())
          .sync();
    }
    return opened;
  }

  private static void close(List<ClientConnection> opened) {
    opened.forEach(ClientConnection::close);
  }

  /// Does `work` on the loop and waits for it.
  private void run(Runnable work) throws InterruptedException {
    loop.submit(work).sync();
  }

  private <T> T run(Callable<T> work) throws InterruptedException {
    try {
      return loop.submit(work).get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    }
  }

  @Override
  public void close() {
    var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
