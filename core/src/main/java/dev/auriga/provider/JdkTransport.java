// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.provider.TransportFailure.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// The way upstream for embedders: the JDK's own HTTP client, HTTP/2 where TLS agrees on it.
///
/// It holds one buffer of an answer that is not read. The JDK adds a `user-agent` where the request
/// has none, may itself send a GET again that met a connection just closed, and leaves the connection
/// of an endless head (over 384 KiB) open, though it reads no more of it.
public final class JdkTransport implements Transport {
  static final int MAX_HEAD_BYTES = 64 * 1024;

  /// For requests without a body, of which one cannot see when they are connected.
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(30);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client =
      HttpClient.newBuilder()
          .executor(threads)
          .followRedirects(Redirect.NEVER)
          .connectTimeout(LONGEST_CONNECT)
          .build();
  private volatile boolean closed;

  @Override
  public Inbound send(Outbound outbound) throws TransportFailure, InterruptedException {
    if (closed) {
      throw new TransportFailure(Kind.CLOSED, "the transport is closed");
    }
    JdkBody.Sent sent = new JdkBody.Sent(outbound.body());
    HttpRequest request = request(outbound, sent);
    CompletableFuture<HttpResponse<JdkBody>> answer =
        client.sendAsync(request, head -> new JdkBody(place(outbound.uri())));
    HttpResponse<JdkBody> head = await(answer, outbound, sent);
    if (headBytes(head) > MAX_HEAD_BYTES) {
      head.body().close();
      throw failure(outbound, Kind.UNREADABLE, "the head of the answer is over 64 KiB");
    }
    return new JdkInbound(head.statusCode(), head.headers(), head.body());
  }

  private static HttpRequest request(Outbound outbound, JdkBody.Sent sent) throws TransportFailure {
    try {
      boolean secure = "https".equalsIgnoreCase(outbound.uri().getScheme());
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(outbound.uri())
              .method(outbound.method(), sent)
              // Without TLS the client would ask for an upgrade, which confuses small servers.
              .version(secure ? Version.HTTP_2 : Version.HTTP_1_1);
      outbound.headers().fields().stream()
          .filter(field -> !field.isOfTheConnection())
          .forEach(field -> builder.header(field.name(), field.value()));
      if (outbound.headers().first("accept-encoding") == null) {
        builder.header("accept-encoding", "identity");
      }
      return builder.build();
    } catch (IllegalArgumentException unsendable) {
      throw failure(outbound, Kind.NOT_CONNECTED, "cannot be sent: " + unsendable.getMessage());
    }
  }

  private static HttpResponse<JdkBody> await(
      CompletableFuture<HttpResponse<JdkBody>> answer, Outbound outbound, JdkBody.Sent sent)
      throws TransportFailure, InterruptedException {
    long started = System.nanoTime();
    boolean taken = false;
    try {
      while (true) {
        long connected = sent.startedNanos();
        Duration limit = connectedOrUnknown(sent) ? outbound.headTimeout() : outbound.connectTimeout();
        long left = (connected != 0 ? connected : started) + limit.toNanos() - System.nanoTime();
        if (left <= 0) {
          Kind late = connectedOrUnknown(sent) ? Kind.NO_HEAD_IN_TIME : Kind.NOT_CONNECTED;
          throw failure(outbound, late, "nothing within " + limit);
        }
        try {
          HttpResponse<JdkBody> head =
              answer.get(Math.min(left, outbound.headTimeout().toNanos()), TimeUnit.NANOSECONDS);
          taken = true;
          return head;
        } catch (TimeoutException look) {
          // Whether it is connected by now decides which limit holds.
        }
      }
    } catch (ExecutionException failed) {
      throw failure(outbound, kind(failed.getCause(), sent), String.valueOf(failed.getCause()));
    } catch (CancellationException cancelled) {
      throw failure(outbound, Kind.CLOSED, "closed on this side");
    } finally {
      if (!taken) {
        // Closes the connection; an answer that came at the last moment is closed as well.
        answer.cancel(true);
        var _ = answer.thenAccept(late -> late.body().close());
      }
    }
  }

  private static boolean connectedOrUnknown(JdkBody.Sent sent) {
    return sent.contentLength() == 0 || sent.startedNanos() != 0;
  }

  private static Kind kind(@Nullable Throwable cause, JdkBody.Sent sent) {
    for (Throwable link = cause; link != null; link = link.getCause()) {
      if (link instanceof ConnectException
          || link instanceof HttpConnectTimeoutException
          || link instanceof UnknownHostException
          || link instanceof UnresolvedAddressException) {
        return Kind.NOT_CONNECTED;
      }
      if (link instanceof SSLException && sent.startedNanos() == 0) {
        return Kind.NOT_CONNECTED;
      }
      if (link instanceof ProtocolException) {
        return Kind.UNREADABLE;
      }
    }
    return cause instanceof IOException ? Kind.LOST_BEFORE_HEAD : Kind.UNREADABLE;
  }

  private static int headBytes(HttpResponse<?> head) {
    int bytes = 0;
    for (var field : head.headers().map().entrySet()) {
      for (String value : field.getValue()) {
        bytes += field.getKey().length() + value.length() + 4;
      }
    }
    return bytes;
  }

  static String place(URI uri) {
    return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }

  private static TransportFailure failure(Outbound outbound, Kind kind, String what) {
    return new TransportFailure(kind, place(outbound.uri()) + ": " + what);
  }

  /// Ends every exchange under way.
  @Override
  public void close() {
    closed = true;
    client.shutdownNow();
    threads.shutdownNow();
  }
}
