// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;

/// How the client of each loop is set up.
final class ClientSettings {
  static final int MAX_HEAD_BYTES = 64 * 1024;

  /// Certificates are checked against the trust store of the JDK, host names too (the defaults).
  static final HttpClientOptions OPTIONS =
      new HttpClientOptions()
          .setProtocolVersion(HttpVersion.HTTP_1_1)
          .setUseAlpn(false)
          .setTcpNoDelay(true)
          .setTcpKeepAlive(true)
          .setKeepAlive(true)
          // Shorter than the minute after which common servers close, so that we rarely meet it.
          .setKeepAliveTimeout(30)
          .setConnectTimeout(30_000)
          .setDecompressionSupported(false)
          .setMaxInitialLineLength(8 * 1024)
          .setMaxHeaderSize(MAX_HEAD_BYTES)
          .setMaxChunkSize(64 * 1024);

  /// Streams hold their connection for minutes; admission is the engine's task, not the pool's.
  static final PoolOptions POOL = new PoolOptions().setHttp1MaxSize(16_384).setMaxWaitQueueSize(-1);

  private ClientSettings() {}
}
