// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import dev.auriga.dialect.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/// Writes answers as HTTP/1.1 wants them, each part as one buffer: a whole answer, the head of a
/// streamed one, a chunk with its size and its end of line. RFC 9112, sections 4, 6 and 7.1.
final class AnswerBytes {
  /// How the body of an answer ends.
  enum Frame {
    /// By its length.
    LENGTH,
    /// By the last chunk.
    CHUNKED,
    /// With the connection.
    CLOSE,
    /// There is no body, and no length of one.
    BODILESS
  }

  /// What says how an answer is framed, and whether another may follow on the connection.
  record Manner(Frame frame, boolean closes) {}

  /// The status line and the fields that frame the answer.
  private static final int AROUND = 160;
  private static final int AROUND_CHUNK = 12;
  private static final byte[] OK = ascii("HTTP/1.1 200 OK\r\n");
  private static final byte[] CHUNKED = ascii("transfer-encoding: chunked\r\n");
  private static final byte[] LENGTH = ascii("content-length: ");
  private static final byte[] CLOSE = ascii("connection: close\r\n");
  private static final ByteBuf LAST_CHUNK = kept("0\r\n\r\n");
  private static final ByteBuf CONTINUE = kept("HTTP/1.1 100 Continue\r\n\r\n");

  private AnswerBytes() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static ByteBuf kept(String text) {
    byte[] bytes = ascii(text);
    return Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes)).asReadOnly();
  }

  /// The last chunk of a streamed answer, without trailers.
  static ByteBuf lastChunk() {
    return LAST_CHUNK.duplicate();
  }

  /// Tells a client that asked to go on and send the body.
  static ByteBuf goOn() {
    return CONTINUE.duplicate();
  }

  /// A whole answer; `body` is what is said of its length, and is sent unless `headOnly`.
  ///
  /// Throws [IllegalArgumentException] for a header that cannot be sent.
  static ByteBuf whole(
      LoopExchange.Head head, byte[] body, boolean headOnly, boolean closes, ByteBufAllocator buffers) {
    boolean bodiless = head.status() == 204 || head.status() == 304;
    int sent = bodiless || headOnly ? 0 : body.length;
    Manner manner = new Manner(bodiless ? Frame.BODILESS : Frame.LENGTH, closes);
    return head(head, manner, body.length, buffers, sent).writeBytes(body, 0, sent);
  }

  /// The head of a streamed answer.
  ///
  /// Throws [IllegalArgumentException] for a header that cannot be sent.
  static ByteBuf head(LoopExchange.Head head, Manner manner, ByteBufAllocator buffers) {
    return head(head, manner, 0, buffers, 0);
  }

  private static ByteBuf head(
      LoopExchange.Head head, Manner manner, int length, ByteBufAllocator buffers, int room) {
    Headers headers = head.headers();
    ByteBuf bytes = buffers.directBuffer(AROUND + FieldBytes.most(headers) + room);
    try {
      writeStatus(head.status(), bytes);
      FieldBytes.write(headers, bytes);
      switch (manner.frame()) {
        case LENGTH -> {
          bytes.writeBytes(LENGTH);
          FieldBytes.writeDecimal(length, bytes);
          FieldBytes.endLine(bytes);
        }
        case CHUNKED -> bytes.writeBytes(CHUNKED);
        case CLOSE, BODILESS -> {}
      }
      if (manner.closes()) {
        bytes.writeBytes(CLOSE);
      }
      FieldBytes.endLine(bytes);
      return bytes;
    } catch (IllegalArgumentException unsendable) {
      bytes.release();
      throw unsendable;
    }
  }

  private static void writeStatus(int status, ByteBuf to) {
    if (status == 200) {
      to.writeBytes(OK);
    } else {
      ByteBufUtil.writeAscii(to, "HTTP/1.1 ");
      FieldBytes.writeDecimal(status, to);
      to.writeByte(' ');
      ByteBufUtil.writeAscii(to, HttpResponseStatus.valueOf(status).reasonPhrase());
      FieldBytes.endLine(to);
    }
  }

  /// `piece`, at least one byte, as a chunk.
  static ByteBuf chunk(byte[] piece, ByteBufAllocator buffers) {
    ByteBuf chunk = buffers.directBuffer(piece.length + AROUND_CHUNK);
    writeHex(piece.length, chunk);
    FieldBytes.endLine(chunk);
    chunk.writeBytes(piece);
    FieldBytes.endLine(chunk);
    return chunk;
  }

  private static void writeHex(int number, ByteBuf to) {
    if (number >= 16) {
      writeHex(number >> 4, to);
    }
    to.writeByte("0123456789abcdef".charAt(number & 0xf));
  }
}
