// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/// Throws away what a client still sends after its last answer: closing while there is something unread
/// would reset the connection, and the client might never read why. RFC 9112, section 9.6.
final class Drain extends ChannelInboundHandlerAdapter {
  private long left;

  /// Closes the connection when more than `mostBytes` come.
  Drain(long mostBytes) {
    this.left = mostBytes;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    left -= ((ByteBuf) message).readableBytes();
    ReferenceCountUtil.release(message);
    if (left < 0) {
      var _ = context.close();
    }
  }
}
