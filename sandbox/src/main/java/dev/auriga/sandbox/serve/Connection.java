// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.serve;

import dev.auriga.sandbox.protocol.Ask;
import dev.auriga.sandbox.protocol.Json;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One connection to a port, on its event loop: its requests are answered one after the other.
final class Connection extends SimpleChannelInboundHandler<FullHttpRequest> {
  private final Port port;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private @Nullable Exchange exchange;

  private record Waiting(Ask ask, long arrived) {}

  Connection(Port port) {
    this.port = port;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    port.opened(context.channel());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (request.decoderResult().isFailure()) {
      var _ = context.close();
      return;
    }
    waiting.add(new Waiting(ask(request), System.nanoTime()));
    if (exchange == null) {
      turnToNext(context.channel());
    }
  }

  private void turnToNext(Channel channel) {
    exchange = null;
    Waiting first = waiting.poll();
    if (first != null) {
      Exchange begun = new Exchange(channel, first.arrived(), () -> turnToNext(channel));
      exchange = begun;
      port.perform(first.ask(), begun, channel.eventLoop());
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (exchange != null) {
      exchange.drained();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    waiting.clear();
    if (exchange != null) {
      exchange.over(port.isGoingDown() ? Outcome.End.CUT : Outcome.End.ABANDONED);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }

  private static Ask ask(FullHttpRequest request) {
    QueryStringDecoder target = new QueryStringDecoder(request.uri());
    Map<String, String> query = new LinkedHashMap<>();
    target.parameters().forEach((name, values) -> query.put(name, values.getFirst()));
    Map<String, List<String>> headers = new LinkedHashMap<>();
    request
        .headers()
        .forEach(
            field ->
                headers
                    .computeIfAbsent(field.getKey().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(field.getValue()));
    byte[] body = ByteBufUtil.getBytes(request.content());
    return new Ask(request.method().name(), target.path(), query, headers, body, Json.read(body));
  }
}
