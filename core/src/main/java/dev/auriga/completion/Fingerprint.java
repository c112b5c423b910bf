// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A number that stands for some texts, the same on every machine and in every run; different texts
/// have different ones but for chance. Texts are read where they stand: nothing is copied.
///
/// Not for secrets: whoever wants two texts of one number can make them. For one thread.
public final class Fingerprint {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';

  private long hash = 0x243F6A8885A308D3L;

  /// Adds the JSON string whose opening quote is at `quote`, as it is written; up to the end of
  /// `json` where it does not end.
  public void string(byte[] json, int quote) {
    int at = quote + 1;
    while (at < json.length) {
      if (at + Long.BYTES <= json.length) {
        long word = (long) WORDS.get(json, at);
        if (!has(word, QUOTES) && !has(word, BACKSLASHES)) {
          add(word);
          at += Long.BYTES;
          continue;
        }
      }
      if (json[at] == '"') {
        break;
      }
      int escaped = json[at] == '\\' && at + 1 < json.length ? json[++at] << Byte.SIZE : 0;
      add(escaped ^ json[at]);
      at++;
    }
    add(at - quote);
  }

  /// Adds the bytes from `from` up to `to`.
  public void bytes(byte[] json, int from, int to) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      add((long) WORDS.get(json, at));
    }
    for (; at < to; at++) {
      add(json[at]);
    }
    add(to - from);
  }

  public void text(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      add(text.charAt(i));
    }
    add(text.length());
  }

  /// Adds a number, such as another fingerprint.
  public void add(long number) {
    hash = Long.rotateLeft((hash ^ number) * 0x9E3779B97F4A7C15L, 29) * 0xBF58476D1CE4E5B9L;
  }

  /// The number for all that was added, in its order; never 0.
  public long value() {
    long mixed = (hash ^ (hash >>> 32)) * 0x94D049BB133111EBL;
    long value = mixed ^ (mixed >>> 29);
    return value == 0 ? 1 : value;
  }

  /// Whether one of the word's bytes is that of `pattern`, which repeats it eight times.
  private static boolean has(long word, long pattern) {
    long zeros = word ^ pattern;
    return ((zeros - ONES) & ~zeros & HIGH_BITS) != 0;
  }
}
