// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.dialect.SseEvent;
import java.nio.charset.StandardCharsets;

/// A cheap look at the bytes of a stream event for the fields that matter for the books: usage,
/// finish reason, error, choices, the end.
///
/// One pass that stops at quotes and brackets. A name inside a string of the answer is no sign: its
/// quotes are escaped there, so the byte before its last quote is a backslash.
final class OpenAiSigns {
  private static final byte[] USAGE = name("usage");
  private static final byte[] FINISH = name("finish_reason");
  private static final byte[] ERROR = name("error");
  private static final byte[] CHOICES = name("choices");
  private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

  private OpenAiSigns() {}

  private static byte[] name(String name) {
    return ('"' + name + '"').getBytes(StandardCharsets.US_ASCII);
  }

  /// Whether the event carries usage, a finish reason or an error that is not null, or the end.
  static boolean in(SseEvent event) {
    byte[] bytes = event.buffer();
    int last = event.to() - 6;
    for (int i = event.from(); i <= last; i++) {
      if (bytes[i] == '[') {
        if (stands(DONE, bytes, i, event.to())) {
          return true;
        }
      } else if (bytes[i] == '"') {
        byte[] sign =
            switch (bytes[i + 1]) {
              case 'u' -> USAGE;
              case 'f' -> FINISH;
              case 'e' -> ERROR;
              default -> null;
            };
        if (sign != null && stands(sign, bytes, i, event.to())
            && isSaid(bytes, i + sign.length, event.to())) {
          return true;
        }
      }
    }
    return false;
  }

  /// Whether the event is a chunk that carries nothing but usage: no choices, and usage not null.
  static boolean onlyUsageIn(SseEvent event) {
    byte[] bytes = event.buffer();
    boolean usage = false;
    boolean noChoices = false;
    for (int i = event.from(); i < event.to() - USAGE.length; i++) {
      if (bytes[i] != '"') {
        continue;
      }
      if (stands(USAGE, bytes, i, event.to())) {
        usage |= isSaid(bytes, i + USAGE.length, event.to());
      } else if (stands(CHOICES, bytes, i, event.to())) {
        noChoices |= isEmptyArray(bytes, i + CHOICES.length, event.to());
      }
    }
    return usage && noChoices;
  }

  private static boolean stands(byte[] sign, byte[] bytes, int at, int to) {
    if (at + sign.length > to) {
      return false;
    }
    for (int j = 1; j < sign.length; j++) {
      if (bytes[at + j] != sign[j]) {
        return false;
      }
    }
    return true;
  }

  /// Whether a colon and something other than null follow.
  private static boolean isSaid(byte[] bytes, int at, int to) {
    int value = valueBehind(bytes, at, to);
    return value < to && bytes[value] != 'n';
  }

  private static boolean isEmptyArray(byte[] bytes, int at, int to) {
    int value = valueBehind(bytes, at, to);
    if (value >= to || bytes[value] != '[') {
      return false;
    }
    int inside = skipSpace(bytes, value + 1, to);
    return inside < to && bytes[inside] == ']';
  }

  /// Where the value behind a name starts; `to` when no colon follows.
  private static int valueBehind(byte[] bytes, int at, int to) {
    int colon = skipSpace(bytes, at, to);
    return colon < to && bytes[colon] == ':' ? skipSpace(bytes, colon + 1, to) : to;
  }

  private static int skipSpace(byte[] bytes, int at, int to) {
    int i = at;
    while (i < to && (bytes[i] == ' ' || bytes[i] == '\t')) {
      i++;
    }
    return i;
  }
}
