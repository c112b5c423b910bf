// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import java.net.InetAddress;

/// The address the gateway listens on.
///
/// @param host a name or a literal address, IPv6 without brackets
/// @param port 0 for any free one
public record Listen(String host, int port) {
  /// Reachable from this machine only.
  public static final Listen LOOPBACK = new Listen("127.0.0.1", 8080);

  public Listen {
    if (host.isBlank() || host.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException("not a host: \"" + host + "\"");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is between 0 and 65535, not " + port);
    }
  }

  /// Reads `127.0.0.1:8080`, `localhost:8080`, `[::1]:8080` or a port alone, which means loopback.
  /// Throws [IllegalArgumentException] with advice.
  public static Listen parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? LOOPBACK.host : text.substring(0, colon);
    String port = text.substring(colon + 1);
    if (!port.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          "not an address to listen on: \"%s\"; write host:port, as in 127.0.0.1:8080".formatted(text));
    }
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.contains(":")) {
      throw new IllegalArgumentException(
          "an IPv6 address needs brackets: [%s]:%s".formatted(host, port));
    }
    if (host.isEmpty()) {
      throw new IllegalArgumentException(
          "no host in \"%s\"; write 127.0.0.1%s, or 0.0.0.0%s for every network".formatted(text, text, text));
    }
    return new Listen(host, Integer.parseInt(port));
  }

  public boolean isLoopback() {
    return isLoopback(host);
  }

  /// Whether `host` is this machine by its very text; nothing is looked up.
  static boolean isLoopback(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException aName) {
      return false;
    }
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
