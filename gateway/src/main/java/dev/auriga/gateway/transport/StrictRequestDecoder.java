// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import io.netty.handler.codec.http.HttpMessage;
import io.netty.util.AsciiString;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.impl.http1.VertxHttpRequestDecoder;

/// Reads requests as Vert.x does, and refuses two more kinds: with a field that has no name, and with
/// both a content-length and a chunked body.
///
/// RFC 9112, section 6.3, allows to go by the chunks; a proxy in front may have gone by the length.
final class StrictRequestDecoder extends VertxHttpRequestDecoder {
  StrictRequestDecoder(Http1ServerConfig limits) {
    super(limits);
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
