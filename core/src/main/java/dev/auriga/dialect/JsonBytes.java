// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// The bytes of a JSON text that is being written, UTF-8, each tree as Jackson writes it.
///
/// Trees are written straight into one array, in place of a generator with its buffers; strings, which
/// are most of what there is, are copied as a whole from one escape to the next. For one thread.
final class JsonBytes {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  /// The most bytes an escape takes, as `\\u001F`.
  private static final int WIDEST = 6;
  private static final byte[] HEX = ascii("0123456789ABCDEF");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");
  private static final byte[] NULL = ascii("null");

  private final Function<JsonNode, byte[]> others;
  private byte[] bytes;
  private int length;

  /// For a text of about `expected` bytes; `others` writes the nodes no JSON text is read as, and
  /// strings with half a surrogate pair.
  JsonBytes(int expected, Function<JsonNode, byte[]> others) {
    this.bytes = new byte[expected];
    this.others = others;
  }

  byte[] written() {
    return Arrays.copyOf(bytes, length);
  }

  JsonBytes add(JsonNode node) {
    switch (node) {
      case StringNode text -> add(text.stringValue());
      case ObjectNode object -> object(object);
      case ArrayNode array -> array(array);
      case NumericNode number when !number.isNaN() -> copy(ascii(number.asString()));
      case BooleanNode flag -> copy(flag.booleanValue() ? TRUE : FALSE);
      case NullNode _ -> copy(NULL);
      default -> copy(others.apply(node));
    }
    return this;
  }

  private void object(ObjectNode object) {
    char before = '{';
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      sign(before);
      add(field.getKey());
      sign(':');
      add(field.getValue());
      before = ',';
    }
    if (before == '{') {
      sign(before);
    }
    sign('}');
  }

  private void array(ArrayNode array) {
    sign('[');
    for (int i = 0; i < array.size(); i++) {
      if (i > 0) {
        sign(',');
      }
      add(array.get(i));
    }
    sign(']');
  }

  /// Adds `text` as a string, with its quotes.
  JsonBytes add(String text) {
    int start = length;
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    sign('"');
    int from = 0;
    for (int i = special(utf8, 0); i < utf8.length; i = special(utf8, i + 1)) {
      if (utf8[i] != '?') {
        copy(utf8, from, i);
        escape(utf8[i]);
        from = i + 1;
      } else if (!isWhole(text)) {
        length = start;
        copy(others.apply(Json.text(text)));
        return this;
      }
    }
    copy(utf8, from, utf8.length);
    sign('"');
    return this;
  }

  /// The place of the first byte from `from` on that wants an escape, or is a question mark, which also
  /// stands for what has no form in UTF-8; the length where there is none.
  private static int special(byte[] utf8, int from) {
    int i = from;
    while (i + Long.BYTES <= utf8.length && !isSpecial((long) WORDS.get(utf8, i))) {
      i += Long.BYTES;
    }
    while (i < utf8.length && !isSpecial(utf8[i])) {
      i++;
    }
    return i;
  }

  private static boolean isSpecial(byte each) {
    return (each >= 0 && each < ' ') || each == '"' || each == '\\' || each == '?';
  }

  /// The same for any of eight bytes.
  private static boolean isSpecial(long word) {
    return ((((word - ONES * ' ') & ~word)
                | zeros(word ^ ONES * '"')
                | zeros(word ^ ONES * '\\')
                | zeros(word ^ ONES * '?'))
            & HIGH_BITS)
        != 0;
  }

  private static long zeros(long word) {
    return (word - ONES) & ~word;
  }

  /// Whether every surrogate has its other half.
  private static boolean isWhole(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i)) && Character.charCount(text.codePointAt(i++)) == 1) {
        return false;
      }
    }
    return true;
  }

  private void escape(byte each) {
    room(WIDEST);
    put('\\');
    switch (each) {
      case '"', '\\' -> put(each);
      case '\b' -> put('b');
      case '\t' -> put('t');
      case '\n' -> put('n');
      case '\f' -> put('f');
      case '\r' -> put('r');
      default -> {
        put('u');
        put('0');
        put('0');
        put(HEX[each >> 4]);
        put(HEX[each & 0xF]);
      }
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void copy(byte[] from) {
    copy(from, 0, from.length);
  }

  private void copy(byte[] from, int start, int end) {
    room(end - start);
    System.arraycopy(from, start, bytes, length, end - start);
    length += end - start;
  }

  private void sign(char each) {
    room(1);
    put(each);
  }

  private void put(int each) {
    bytes[length++] = (byte) each;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, more)));
    }
  }
}
