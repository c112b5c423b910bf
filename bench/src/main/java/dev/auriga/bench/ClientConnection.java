// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/// One client connection: asks, counts what comes back, and says when an answer is whole.
///
/// Belongs to its event loop.
final class ClientConnection extends SimpleChannelInboundHandler<HttpObject> {
  /// Hears how requests end.
  interface Listener {
    /// An answer is whole; `good` when it is a 200 with a body and all its events.
    void answered(ClientConnection connection, boolean good);

    /// The connection is gone with a request under way.
    void lost();
  }

  private final Question question;
  private final Listener listener;
  private @Nullable ChannelHandlerContext context;
  private boolean asking;
  private long sinceNanos;
  private boolean ok;
  private long bodyBytes;
  private int events;
  private byte before;

  ClientConnection(Question question, Listener listener) {
    this.question = question;
    this.listener = listener;
  }

  /// Sends the question; its time counts from `sinceNanos`.
  void ask(long sinceNanos) {
    this.sinceNanos = sinceNanos;
    asking = true;
    ok = false;
    bodyBytes = 0;
    events = 0;
    if (context != null && context.channel().isActive()) {
      var _ = context.writeAndFlush(question.bytes().duplicate());
    } else {
      lose();
    }
  }

  long sinceNanos() {
    return sinceNanos;
  }

  /// Events of the answer so far.
  int events() {
    return events;
  }

  void close() {
    if (context != null) {
      var _ = context.close();
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext reading, HttpObject part) {
    if (part instanceof HttpResponse response) {
      ok = response.status().code() == 200;
    }
    if (part instanceof HttpContent content) {
      ByteBuf bytes = content.content();
      bodyBytes += bytes.readableBytes();
      if (question.events() > 0) {
        countBlankLines(bytes);
      }
    }
    if (part instanceof LastHttpContent) {
      asking = false;
      listener.answered(this, ok && bodyBytes > 0 && events >= question.events());
    }
  }

  /// Each event of a stream ends in a blank line (WHATWG HTML, Server-sent events).
  private void countBlankLines(ByteBuf bytes) {
    for (int i = bytes.readerIndex(); i < bytes.writerIndex(); i++) {
      byte each = bytes.getByte(i);
      if (each == '\n' && before == '\n') {
        events++;
      }
      before = each;
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext gone) {
    lose();
  }

  private void lose() {
    if (asking) {
      asking = false;
      listener.lost();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
    var _ = failed.close();
  }
}
