// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;

/// What a request may look like, beyond what the decoder checks: one reading of it, or none.
///
/// RFC 9112, sections 3.2 (request target, Host) and 6 (message body).
final class Framing {
  private Framing() {}

  /// The status to refuse `request` with; 0 when it is unambiguous.
  static int fault(HttpServerRequest request) {
    List<String> hosts = request.headers().getAll("host");
    boolean oldVersion = request.version() == HttpVersion.HTTP_1_0;
    if (hosts.size() > 1 || (hosts.isEmpty() && !oldVersion)) {
      return 400;
    }
    String target = request.uri();
    if (request.method().equals(HttpMethod.CONNECT) || !target.startsWith("/") || target.indexOf('#') >= 0) {
      return 400;
    }
    List<String> encodings = request.headers().getAll("transfer-encoding");
    if (!encodings.isEmpty()
        && (oldVersion || encodings.size() > 1 || !encodings.getFirst().equalsIgnoreCase("chunked"))) {
      return 400;
    }
    String length = request.headers().get("content-length");
    if (length != null && !length.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
      return 400;
    }
    String expect = request.headers().get("expect");
    return expect != null && !expect.equalsIgnoreCase("100-continue") ? 417 : 0;
  }
}
