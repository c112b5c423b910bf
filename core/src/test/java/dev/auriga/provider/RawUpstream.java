// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/// A server for tests that sends exactly the bytes it is told to, so that it can misbehave.
///
/// It reads one request after the other from each connection, and lets the script for the request's
/// path answer. A script that returns keeps the connection open for the next request. The body of a
/// request for a path that starts with `/unread` is not read.
public final class RawUpstream implements AutoCloseable {
  /// What to do with one request.
  @FunctionalInterface
  public interface Script {
    void answer(Peer peer) throws IOException, InterruptedException;
  }

  private final ServerSocket listener;
  private final String scheme;
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final BlockingQueue<Long> closures = new LinkedBlockingQueue<>();

  public RawUpstream() {
    this(ServerSocketFactory.getDefault(), "http");
  }

  /// Speaks TLS as `context` says.
  public RawUpstream(SSLContext context) {
    this(context.getServerSocketFactory(), "https");
  }

  private RawUpstream(ServerSocketFactory sockets, String scheme) {
    this.scheme = scheme;
    try {
      listener = sockets.createServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    } catch (IOException unbound) {
      throw new UncheckedIOException(unbound);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /// From now on `script` answers requests for `path`.
  public RawUpstream on(String path, Script script) {
    scripts.put(path, script);
    return this;
  }

  public URI uri(String path) {
    return URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort() + path);
  }

  /// Connections accepted so far.
  public int connections() {
    return connections.get();
  }

  /// Requests read so far.
  public int requests() {
    return requests.get();
  }

  /// Connections open now.
  public int openConnections() {
    return open.size();
  }

  /// Waits for the next connection that the other side closes; the time it was noticed, in nanos of
  /// [System#nanoTime], or null when none was closed in time.
  public Long awaitClosure(long millis) throws InterruptedException {
    return closures.poll(millis, TimeUnit.MILLISECONDS);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (!socket.isClosed()) {
        Peer peer = Peer.read(socket, in);
        if (peer == null) {
          closures.add(System.nanoTime());
          return;
        }
        requests.incrementAndGet();
        Script script = scripts.get(peer.path());
        if (script == null) {
          peer.send("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
        } else {
          script.answer(peer);
        }
      }
    } catch (IOException lost) {
      closures.add(System.nanoTime());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException unclean) {
      throw new UncheckedIOException(unclean);
    }
  }

  /// One request and the connection to answer on.
  public static final class Peer {
    private final Socket socket;
    private final InputStream in;
    private final String head;
    private final byte[] body;

    private Peer(Socket socket, InputStream in, String head, byte[] body) {
      this.socket = socket;
      this.in = in;
      this.head = head;
      this.body = body;
    }

    /// The next request, or null when the other side closed instead.
    static Peer read(Socket socket, InputStream in) throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      int last4 = 0;
      while (last4 != 0x0d0a0d0a) {
        int next = in.read();
        if (next < 0) {
          return null;
        }
        head.write(next);
        last4 = last4 << 8 | next;
      }
      String text = head.toString(StandardCharsets.ISO_8859_1);
      Peer bodiless = new Peer(socket, in, text, new byte[0]);
      if (bodiless.path().startsWith("/unread")) {
        return bodiless;
      }
      int length = Integer.parseInt("0" + bodiless.header("content-length"));
      return new Peer(socket, in, text, in.readNBytes(length));
    }

    /// The request line and the fields, as they came.
    public String head() {
      return head;
    }

    public String method() {
      return head.split(" ")[0];
    }

    public String path() {
      return head.split(" ")[1];
    }

    /// The value of a field, empty when it is absent.
    public String header(String name) {
      for (String line : head.split("\r\n")) {
        if (line.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
          return line.substring(name.length() + 1).strip();
        }
      }
      return "";
    }

    public byte[] body() {
      return body;
    }

    public void send(String ascii) throws IOException {
      send(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
    }

    /// One chunk of a chunked body.
    public void chunk(String ascii) throws IOException {
      send(Integer.toHexString(ascii.length()) + "\r\n" + ascii + "\r\n");
    }

    /// Closes in an orderly way.
    public void cut() throws IOException {
      socket.close();
    }

    /// Closes with a reset.
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /// Says nothing more until the other side closes.
    public void hang() throws IOException {
      byte[] ignored = new byte[64 * 1024];
      while (in.read(ignored) >= 0) {
        // what it still sends does not matter
      }
      throw new IOException("closed by the other side");
    }
  }
}
