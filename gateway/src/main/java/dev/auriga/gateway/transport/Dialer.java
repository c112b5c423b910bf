// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Finds out what is needed to connect to an origin, its addresses and how to secure the connection,
/// on threads of its own: name servers and trust stores are slow, and a loop must not wait for them.
///
/// Certificates are checked against the trust store of the JDK, host names too.
final class Dialer implements AutoCloseable {
  /// As many lookups may hang at a time without keeping others waiting.
  private static final int LOOKUPS = 16;

  /// What is needed to connect; without `tls` the connection is a plain one.
  @SuppressWarnings("ArrayRecordComponent") // read once, by the dial that asked
  record Ways(InetAddress[] addresses, @Nullable SslContext tls) {}

  private final ThreadPoolExecutor lookups;
  private final ReentrantLock making = new ReentrantLock();
  private volatile @Nullable SslContext tls;

  Dialer() {
    lookups =
        new ThreadPoolExecutor(
            LOOKUPS, LOOKUPS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("lookup-", 1).factory());
    lookups.allowCoreThreadTimeOut(true);
  }

  /// The ways to `origin`; completed on `loop`, at once where nothing has to be looked up.
  CompletableFuture<Ways> waysOnLoop(Origin origin, EventLoop loop) {
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(origin.host());
    SslContext known = tls;
    try {
      if (literal != null && (!origin.secure() || known != null)) {
        InetAddress[] addresses = {InetAddress.getByAddress(origin.host(), literal)};
        return CompletableFuture.completedFuture(new Ways(addresses, origin.secure() ? known : null));
      }
      CompletableFuture<Ways> ways = new CompletableFuture<>();
      var _ =
          CompletableFuture.supplyAsync(() -> lookUp(origin), lookups)
              .whenCompleteAsync((found, failed) -> complete(ways, found, failed), loop);
      return ways;
    } catch (IOException | RejectedExecutionException impossible) {
      return CompletableFuture.failedFuture(impossible);
    }
  }

  private static void complete(CompletableFuture<Ways> ways, @Nullable Ways found, @Nullable Throwable failed) {
    if (found != null) {
      ways.complete(found);
    } else if (failed != null) {
      Throwable cause = failed.getCause();
      ways.completeExceptionally(cause == null ? failed : cause);
    }
  }

  private Ways lookUp(Origin origin) {
    try {
      return new Ways(InetAddress.getAllByName(origin.host()), origin.secure() ? tls() : null);
    } catch (IOException unknown) {
      throw new CompletionException(unknown);
    }
  }

  private SslContext tls() throws IOException {
    making.lock();
    try {
      SslContext made = tls;
      if (made == null) {
        made =
            SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .endpointIdentificationAlgorithm("HTTPS")
                .build();
        tls = made;
      }
      return made;
    } finally {
      making.unlock();
    }
  }

  @Override
  public void close() {
    lookups.shutdownNow();
  }
}
