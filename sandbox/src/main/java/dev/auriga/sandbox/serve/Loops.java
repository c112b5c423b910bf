// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.serve;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/// The event loops that all ports of one sandbox share.
public final class Loops implements AutoCloseable {
  private static final int SECONDS_TO_STOP = 20;

  private final EventLoopGroup group;

  /// Starts so many loops.
  public Loops(int count) {
    group =
        new MultiThreadIoEventLoopGroup(
            count, new DefaultThreadFactory("sandbox-loop", false), NioIoHandler.newFactory());
  }

  EventLoopGroup group() {
    return group;
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, SECONDS_TO_STOP, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
