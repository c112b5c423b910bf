// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import dev.auriga.dialect.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/// Writes field lines into the head of a message. RFC 9112, section 5.
final class FieldBytes {
  /// Colon, space and the end of the line.
  private static final int AROUND = 4;

  private FieldBytes() {}

  /// How many bytes the fields of `headers` take at most.
  static int most(Headers headers) {
    int bytes = 0;
    for (Headers.Field field : headers.fields()) {
      bytes += field.name().length() + field.value().length() + AROUND;
    }
    return bytes;
  }

  /// Writes the end-to-end fields of `headers`.
  ///
  /// Throws [IllegalArgumentException] for what would not be one field line: a name that is no token,
  /// a value with a control character. RFC 9110, sections 5.1 and 5.5.
  static void write(Headers headers, ByteBuf to) {
    for (Headers.Field field : headers.fields()) {
      if (!field.isOfTheConnection()) {
        check(field);
        write(field.name(), field.value(), to);
      }
    }
  }

  static void write(String name, String value, ByteBuf to) {
    ByteBufUtil.writeAscii(to, name);
    ByteBufUtil.writeShortBE(to, ':' << 8 | ' ');
    ByteBufUtil.writeAscii(to, value);
    endLine(to);
  }

  /// The two bytes that end a line.
  static void endLine(ByteBuf to) {
    ByteBufUtil.writeShortBE(to, '\r' << 8 | '\n');
  }

  /// `number` in decimal digits; it is not negative.
  static void writeDecimal(int number, ByteBuf to) {
    if (number >= 10) {
      writeDecimal(number / 10, to);
    }
    to.writeByte('0' + number % 10);
  }

  private static void check(Headers.Field field) {
    String name = field.name();
    boolean sound = !name.isEmpty();
    for (int i = 0; sound && i < name.length(); i++) {
      sound = isOfToken(name.charAt(i));
    }
    String value = field.value();
    for (int i = 0; sound && i < value.length(); i++) {
      char next = value.charAt(i);
      sound = (next >= ' ' && next != 0x7f) || next == '\t';
    }
    if (!sound) {
      throw new IllegalArgumentException("the header field \"" + printable(name) + "\" cannot be sent");
    }
  }

  private static boolean isOfToken(char next) {
    return (next >= 'a' && next <= 'z')
        || (next >= 'A' && next <= 'Z')
        || (next >= '0' && next <= '9')
        || "!#$%&'*+-.^_`|~".indexOf(next) >= 0;
  }

  private static String printable(String name) {
    return name.replaceAll("[^!-~]", "?");
  }
}
