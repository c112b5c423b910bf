// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import dev.auriga.dialect.Headers;
import dev.auriga.gateway.transport.Exchange;
import java.nio.charset.StandardCharsets;

/// Says that the gateway runs; tells nothing about what is behind it to whoever has no key.
final class HealthEndpoint {
  private static final byte[] OK = "{\"status\":\"ok\"}".getBytes(StandardCharsets.UTF_8);

  private HealthEndpoint() {}

  static void answer(Exchange exchange, Headers headers) throws InterruptedException {
    exchange.reply(200, headers, OK);
  }
}
