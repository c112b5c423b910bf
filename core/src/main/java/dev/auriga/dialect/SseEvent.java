// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import java.nio.charset.StandardCharsets;

/// One server-sent event as it stood on the wire, with its blank line.
///
/// A view of a shared array that nobody changes. Source: WHATWG HTML, section 9.2 (event streams).
public final class SseEvent {
  private final byte[] buffer;
  private final int from;
  private final int to;

  SseEvent(byte[] buffer, int from, int to) {
    this.buffer = buffer;
    this.from = from;
    this.to = to;
  }

  /// An event with one data line, as a server writes it.
  public static SseEvent of(String data) {
    byte[] bytes = ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    return new SseEvent(bytes, 0, bytes.length);
  }

  /// The array this event lies in, from [#from] to [#to].
  public byte[] buffer() {
    return buffer;
  }

  public int from() {
    return from;
  }

  public int to() {
    return to;
  }

  /// A copy of the event's bytes.
  public byte[] bytes() {
    return java.util.Arrays.copyOfRange(buffer, from, to);
  }

  /// The value of the last `event` line, empty when there is none.
  public String name() {
    String name = "";
    for (int line = from; line < to; line = nextLine(line)) {
      int value = valueOf(line, "event");
      if (value >= 0) {
        name = new String(buffer, value, lineEnd(line) - value, StandardCharsets.UTF_8);
      }
    }
    return name;
  }

  /// The values of the `data` lines joined by newlines, empty when there is none.
  public String data() {
    String first = null;
    StringBuilder joined = null;
    for (int line = from; line < to; line = nextLine(line)) {
      int value = valueOf(line, "data");
      if (value < 0) {
        continue;
      }
      String text = new String(buffer, value, lineEnd(line) - value, StandardCharsets.UTF_8);
      if (first == null) {
        first = text;
      } else {
        joined = joined == null ? new StringBuilder(first) : joined;
        joined.append('\n').append(text);
      }
    }
    return joined != null ? joined.toString() : first != null ? first : "";
  }

  /// The index behind the first occurrence of `needle` in the event, -1 when it is not there.
  public int after(byte[] needle) {
    int last = to - needle.length;
    outer:
    for (int i = from; i <= last; i++) {
      if (buffer[i] != needle[0]) {
        continue;
      }
      for (int j = 1; j < needle.length; j++) {
        if (buffer[i + j] != needle[j]) {
          continue outer;
        }
      }
      return i + needle.length;
    }
    return -1;
  }

  public boolean contains(byte[] needle) {
    return after(needle) >= 0;
  }

  /// Where the value of field `name` starts on the line at `line`, -1 when it is another field.
  private int valueOf(int line, String name) {
    int end = lineEnd(line);
    int i = line;
    for (int j = 0; j < name.length(); j++, i++) {
      if (i >= end || buffer[i] != name.charAt(j)) {
        return -1;
      }
    }
    if (i == end) {
      return end;
    }
    if (buffer[i] != ':') {
      return -1;
    }
    i++;
    return i < end && buffer[i] == ' ' ? i + 1 : i;
  }

  private int lineEnd(int line) {
    int i = line;
    while (i < to && buffer[i] != '\n' && buffer[i] != '\r') {
      i++;
    }
    return i;
  }

  private int nextLine(int line) {
    int i = lineEnd(line);
    if (i < to && buffer[i] == '\r' && i + 1 < to && buffer[i + 1] == '\n') {
      return i + 2;
    }
    return i + 1;
  }

  @Override
  public String toString() {
    return new String(buffer, from, to - from, StandardCharsets.UTF_8);
  }
}
