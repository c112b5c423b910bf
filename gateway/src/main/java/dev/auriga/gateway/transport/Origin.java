// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where requests go that may share a connection: scheme, host and port. RFC 9110, section 4.3.1.
///
/// @param host a name or an address, without the brackets of an IPv6 address
record Origin(boolean secure, String host, int port) {

  /// The origin of `uri`; null when it names no host.
  static @Nullable Origin of(URI uri) {
    String host = uri.getHost();
    if (host == null) {
      return null;
    }
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    return new Origin(secure, host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
  }

  /// As the field `host` has it: without the port where it is the scheme's own.
  String authority() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == (secure ? 443 : 80) ? name : name + ":" + port;
  }
}
