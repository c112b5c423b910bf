// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A client for tests that sends exactly the bytes it is told to.
final class RawClient implements AutoCloseable {
  /// An answer as it came; `proper` when it ended as HTTP says.
  record Answer(int status, String head, String body, boolean proper) {
    String header(String name) {
      for (String line : head.split("\r\n")) {
        if (line.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
          return line.substring(name.length() + 1).strip();
        }
      }
      return "";
    }
  }

  private final Socket socket;
  private final InputStream in;

  RawClient(int port) throws IOException {
    this(port, 0);
  }

  /// With a small receive buffer, the server soon has to wait for us.
  RawClient(int port, int receiveBuffer) throws IOException {
    socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    socket.connect(new java.net.InetSocketAddress("127.0.0.1", port));
    in = new BufferedInputStream(socket.getInputStream());
  }

  RawClient send(String ascii) throws IOException {
    socket.getOutputStream().write(ascii.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  RawClient post(String path, String body) throws IOException {
    String length = "content-length: " + body.length();
    return send("POST " + path + " HTTP/1.1\r\nhost: a\r\n" + length + "\r\n\r\n" + body);
  }

  RawClient get(String path) throws IOException {
    return send("GET " + path + " HTTP/1.1\r\nhost: a\r\n\r\n");
  }

  /// A line without its end; null when the server closed.
  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  /// The head of the next answer; null when the server closed instead.
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    for (String line = line(); line != null; line = line()) {
      if (line.isEmpty()) {
        return head.toString();
      }
      head.append(line).append("\r\n");
    }
    return null;
  }

  /// The next chunk; empty at the last one, null when the server closed instead.
  String chunk() throws IOException {
    String size = line();
    if (size == null) {
      return null;
    }
    int length = Integer.parseInt(size, 16);
    byte[] bytes = in.readNBytes(length + 2);
    return bytes.length < length + 2 ? null : new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }

  /// The next answer; null when the server closed instead.
  Answer answer() throws IOException {
    String head = head();
    if (head == null) {
      return null;
    }
    Answer bare = new Answer(Integer.parseInt(head.split(" ")[1]), head, "", true);
    if (bare.header("transfer-encoding").equals("chunked")) {
      StringBuilder body = new StringBuilder();
      String chunk = chunk();
      for (; chunk != null && !chunk.isEmpty(); chunk = chunk()) {
        body.append(chunk);
      }
      return new Answer(bare.status(), head, body.toString(), chunk != null);
    }
    int length = Integer.parseInt("0" + bare.header("content-length"));
    byte[] body = in.readNBytes(length);
    String text = new String(body, StandardCharsets.ISO_8859_1);
    return new Answer(bare.status(), head, text, body.length == length);
  }

  /// Whether the server has closed, or does so before the socket's timeout.
  boolean closedByServer() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketException reset) {
      return true;
    }
  }

  int read() throws IOException {
    return in.read();
  }

  void timeout(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  /// Leaves with a reset.
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /// Leaves in an orderly way.
  void leave() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
