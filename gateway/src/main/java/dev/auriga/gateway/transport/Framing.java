// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;

/// What a request may look like, beyond what the decoder checks: one reading of it, or none.
///
/// RFC 9112, sections 3.2 (request target, Host) and 6 (message body).
final class Framing {
  private Framing() {}

  /// The status to refuse `request` with; 0 when it is unambiguous.
  static int fault(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return unreadable(request.decoderResult().cause());
    }
    boolean oldVersion = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    if (!oldVersion && !request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      return 505;
    }
    List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
    if (hosts.size() > 1 || (hosts.isEmpty() ? !oldVersion : !isHost(hosts.getFirst()))) {
      return 400;
    }
    String target = request.uri();
    if (request.method().equals(HttpMethod.CONNECT) || !target.startsWith("/") || target.indexOf('#') >= 0) {
      return 400;
    }
    List<String> encodings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (!encodings.isEmpty()
        && (oldVersion || encodings.size() > 1 || !encodings.getFirst().equalsIgnoreCase("chunked"))) {
      return 400;
    }
    String length = request.headers().get(HttpHeaderNames.CONTENT_LENGTH);
    if (length != null && !length.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
      return 400;
    }
    String expect = request.headers().get(HttpHeaderNames.EXPECT);
    return expect != null && !expect.equalsIgnoreCase("100-continue") ? 417 : 0;
  }

  /// Whether `value` can name a host and a port, as far as its characters go. RFC 3986, section 3.2.
  private static boolean isHost(String value) {
    for (int i = 0; i < value.length(); i++) {
      char each = value.charAt(i);
      boolean usual = (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '-' && each <= ':');
      if (each == '/' || (!usual && "_~%!$&'()*+,;=[]".indexOf(each) < 0)) {
        return false;
      }
    }
    return true;
  }

  private static int unreadable(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException _ -> 414;
      case TooLongHttpHeaderException _ -> 431;
      default -> 400;
    };
  }
}
