// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;

/// Reads the answers of an upstream; its head may have 64 KiB.
final class ReplyDecoder extends HttpResponseDecoder {
  private static final HttpDecoderConfig LIMITS =
      new HttpDecoderConfig()
          .setMaxInitialLineLength(8 * 1024)
          .setMaxHeaderSize(64 * 1024)
          .setMaxChunkSize(64 * 1024);

  private final UpstreamConnection connection;

  ReplyDecoder(UpstreamConnection connection) {
    super(LIMITS);
    this.connection = connection;
  }

  /// The answer to a HEAD request has the length of a body and none. RFC 9112, section 6.3.
  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    return connection.asksForHeadOnly() || super.isContentAlwaysEmpty(message);
  }
}
