// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A provider that costs next to nothing: it answers every request at once with canned bytes, whole
/// or as a stream at the pace the request asks for.
public final class Upstream implements AutoCloseable {
  private final EventLoopGroup loop;
  private final int port;

  private Upstream(EventLoopGroup loop, int port) {
    this.loop = loop;
    this.port = port;
  }

  /// Runs as a process of its own: prints the port and stays until its input ends.
  public static void main(String[] arguments) throws IOException {
    try (Upstream upstream = start()) {
      System.out.println(upstream.port());
      while (System.in.read() >= 0) {
        // Whoever started it says nothing; the end of the input is the end of this process.
      }
    }
  }

  static Upstream start() {
    EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    Channel channel =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 4096)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel made) {
                    made.pipeline().addLast(new HttpRequestDecoder(), new Answerer());
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
    return new Upstream(loop, ((InetSocketAddress) channel.localAddress()).getPort());
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /// Answers the requests of one connection, one after the other.
  private static final class Answerer extends SimpleChannelInboundHandler<HttpObject> {
    private static final Pattern PACE = Pattern.compile(Question.PACE + "(\\d+)x(\\d+)");
    private static final int NEAR_THE_START = 600;

    private final StringBuilder start = new StringBuilder(NEAR_THE_START);
    private @Nullable ScheduledFuture<?> pace;
    private int chunksLeft;

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
      if (part instanceof HttpRequest) {
        start.setLength(0);
      }
      if (part instanceof HttpContent content) {
        ByteBuf bytes = content.content();
        int seen = Math.min(bytes.readableBytes(), NEAR_THE_START - start.length());
        start.append(bytes.toString(bytes.readerIndex(), seen, StandardCharsets.US_ASCII));
      }
      if (part instanceof LastHttpContent) {
        answer(context);
      }
    }

    private void answer(ChannelHandlerContext context) {
      Matcher asked = PACE.matcher(start);
      if (start.indexOf("\"stream\":true") < 0 || !asked.find()) {
        var _ = context.writeAndFlush(Canned.WHOLE.duplicate());
        return;
      }
      chunksLeft = Integer.parseInt(asked.group(1)) - 1;
      long everyMillis = Integer.parseInt(asked.group(2));
      var _ = context.write(Canned.HEAD.duplicate());
      var _ = context.writeAndFlush(Canned.FIRST.duplicate());
      pace = context.executor()
          .scheduleAtFixedRate(() -> next(context), everyMillis, everyMillis, TimeUnit.MILLISECONDS);
    }

    private void next(ChannelHandlerContext context) {
      chunksLeft--;
      var _ = context.writeAndFlush((chunksLeft > 0 ? Canned.NEXT : Canned.LAST).duplicate());
      if (chunksLeft <= 0) {
        stop();
      }
    }

    private void stop() {
      ScheduledFuture<?> running = pace;
      pace = null;
      if (running != null) {
        running.cancel(false);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      stop();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var _ = context.close();
    }
  }
}
