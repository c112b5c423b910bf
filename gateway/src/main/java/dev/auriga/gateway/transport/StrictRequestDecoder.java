// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.AsciiString;

/// Reads requests as Netty does, and refuses two more kinds: with a field that has no name, and with
/// both a content-length and a chunked body.
///
/// RFC 9112, section 6.3, allows to go by the chunks; a proxy in front may have gone by the length.
final class StrictRequestDecoder extends HttpRequestDecoder {
  private static final int MAX_LINE_BYTES = 8 * 1024;
  private static final int MAX_PIECE_BYTES = 64 * 1024;

  /// Reads heads of at most `headBytes`, without their first line, which has 8 KiB.
  StrictRequestDecoder(int headBytes) {
    super(
        new HttpDecoderConfig()
            .setMaxHeaderSize(headBytes)
            .setMaxInitialLineLength(MAX_LINE_BYTES)
            .setMaxChunkSize(MAX_PIECE_BYTES));
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both content-length and transfer-encoding");
  }

  @Override
  protected AsciiString splitHeaderName(byte[] line, int start, int length) {
    if (length == 0) {
      throw new IllegalArgumentException("a field without a name");
    }
    return super.splitHeaderName(line, start, length);
  }
}
