// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.dialect.Headers;
import dev.auriga.provider.RawUpstream;
import dev.auriga.provider.SelfSigned;
import dev.auriga.provider.Transport.Inbound;
import dev.auriga.provider.Transport.Outbound;
import dev.auriga.provider.Transport.Shape;
import dev.auriga.provider.TransportFailure;
import dev.auriga.provider.TransportFailure.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Upstreams are trusted as the JDK's trust store says, and only under their own name.
@Timeout(60)
class TlsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AtomicReference<String> authority = new AtomicReference<>();
  private RawUpstream upstream;
  private EventLoops loops;

  @BeforeEach
  void trust(@TempDir Path folder) throws Exception {
    SelfSigned certificate = SelfSigned.in(folder);
    System.setProperty("javax.net.ssl.trustStore", certificate.keyStore().toString());
    System.setProperty("javax.net.ssl.trustStorePassword", SelfSigned.PASSWORD);
    loops = EventLoops.start(null);
    upstream = new RawUpstream(certificate.server());
    upstream.on(
        "/a",
        peer -> {
          authority.set(peer.header("host"));
          peer.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
        });
  }

  @AfterEach
  void close() {
    System.clearProperty("javax.net.ssl.trustStore");
    System.clearProperty("javax.net.ssl.trustStorePassword");
    upstream.close();
    loops.close();
  }

  private String get(String host) throws Exception {
    URI uri = URI.create("https://" + host + ":" + upstream.uri("/").getPort() + "/a");
    Outbound outbound = new Outbound("GET", uri, Headers.NONE, new byte[0], Shape.WHOLE, PATIENCE, PATIENCE);
    try (LoopTransport transport = new LoopTransport(loops);
        Inbound inbound = transport.send(outbound)) {
      return new String(inbound.read(PATIENCE));
    }
  }

  @Test
  void trustedUpstream_isReached() throws Exception {
    assertThat(get("localhost")).isEqualTo("ok");
    assertThat(authority).hasValue("localhost:" + upstream.uri("/").getPort());
    assertThat(get("localhost")).isEqualTo("ok");
    assertThat(upstream.connections()).isLessThanOrEqualTo(2);
  }

  @Test
  void trustedUpstream_underAnotherName_isNot() {
    assertThatThrownBy(() -> get("127.0.0.1"))
        .isInstanceOfSatisfying(
            TransportFailure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.NOT_CONNECTED));
    assertThat(upstream.requests()).isZero();
  }
}
