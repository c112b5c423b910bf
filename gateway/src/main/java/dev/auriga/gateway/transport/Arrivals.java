// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/// Bytes of a body as the decoder cuts them, kept until they are copied into one array, the only copy
/// that is made of them. Belongs to the loop.
final class Arrivals {
  private final List<ByteBuf> parts = new ArrayList<>(2);
  private int length;

  /// Takes over `part`.
  void add(ByteBuf part) {
    parts.add(part);
    length += part.readableBytes();
  }

  int length() {
    return length;
  }

  /// All of it; nothing is left.
  byte[] take() {
    byte[] all = new byte[length];
    int filled = 0;
    for (ByteBuf part : parts) {
      int size = part.readableBytes();
      part.readBytes(all, filled, size);
      filled += size;
      part.release();
    }
    parts.clear();
    length = 0;
    return all;
  }

  /// Drops all of it.
  void release() {
    parts.forEach(ByteBuf::release);
    parts.clear();
    length = 0;
  }
}
