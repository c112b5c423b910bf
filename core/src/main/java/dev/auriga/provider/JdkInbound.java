// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.dialect.Headers;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An answer that the JDK's client brought.
record JdkInbound(int status, Headers headers, JdkBody body) implements Transport.Inbound {
  JdkInbound(int status, HttpHeaders head, JdkBody body) {
    this(status, fields(head), body);
  }

  private static Headers fields(HttpHeaders head) {
    List<Headers.Field> fields = new ArrayList<>();
    head.map()
        .forEach(
            (name, values) -> {
              // HTTP/2 calls the status a field.
              if (!name.startsWith(":")) {
                values.forEach(value -> fields.add(new Headers.Field(name, value)));
              }
            });
    return Headers.of(fields);
  }

  @Override
  public byte @Nullable [] read(Duration idle) throws TransportFailure, InterruptedException {
    return body.read(idle);
  }

  @Override
  public void close() {
    body.close();
  }
}
