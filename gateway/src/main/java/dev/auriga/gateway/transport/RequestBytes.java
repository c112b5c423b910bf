// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import dev.auriga.provider.Transport.Outbound;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.URI;

/// Writes a request upstream: head and body as one buffer, so that they leave in one packet where
/// they fit. RFC 9112, sections 3 and 6.
final class RequestBytes {
  /// A longer body is written behind its head.
  private static final int SHORT_BODY = 64 * 1024;

  /// The version, the fields every request has, and the ends of lines.
  private static final int AROUND = 160;

  private RequestBytes() {}

  /// Writes and flushes; throws [IllegalArgumentException] for a header that cannot be sent.
  static ChannelFuture write(Outbound outbound, Origin origin, Channel channel) {
    byte[] body = outbound.body();
    boolean together = body.length <= SHORT_BODY;
    ByteBuf request = head(outbound, origin, together ? body.length : 0, channel.alloc());
    if (together) {
      return channel.writeAndFlush(request.writeBytes(body));
    }
    var _ = channel.write(request);
    return channel.writeAndFlush(Unpooled.wrappedBuffer(body));
  }

  private static ByteBuf head(Outbound outbound, Origin origin, int room, ByteBufAllocator buffers) {
    String target = target(outbound.uri());
    String authority = origin.authority();
    int size = AROUND + target.length() + authority.length() + FieldBytes.most(outbound.headers()) + room;
    ByteBuf head = buffers.directBuffer(size);
    try {
      ByteBufUtil.writeAscii(head, outbound.method());
      head.writeByte(' ');
      ByteBufUtil.writeAscii(head, target);
      ByteBufUtil.writeAscii(head, " HTTP/1.1\r\n");
      FieldBytes.write("host", authority, head);
      FieldBytes.write(outbound.headers(), head);
      if (outbound.headers().first("accept-encoding") == null) {
        FieldBytes.write("accept-encoding", "identity", head);
      }
      if (outbound.body().length > 0 || !outbound.method().equals("GET")) {
        ByteBufUtil.writeAscii(head, "content-length: ");
        FieldBytes.writeDecimal(outbound.body().length, head);
        FieldBytes.endLine(head);
      }
      FieldBytes.endLine(head);
      return head;
    } catch (IllegalArgumentException unsendable) {
      head.release();
      throw unsendable;
    }
  }

  private static String target(URI uri) {
    String path = uri.getRawPath();
    String target = path == null || path.isEmpty() ? "/" : path;
    return uri.getRawQuery() == null ? target : target + "?" + uri.getRawQuery();
  }
}
