// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// The body of a request while it comes, copied once where its length was announced. Belongs to the
/// loop.
final class RequestBody {
  private static final byte[] NONE = new byte[0];
  private static final int FIRST_CHUNKS = 8 * 1024;

  private final int most;
  private byte[] bytes;
  private int length;

  /// `announced` bytes are to come, or chunks when it is 0; at most `most` are kept.
  RequestBody(int announced, int most) {
    this.bytes = announced == 0 ? NONE : new byte[announced];
    this.most = most;
  }

  /// Copies `piece`; false when the body is too long with it.
  boolean add(ByteBuf piece) {
    int more = piece.readableBytes();
    if (more > most - length) {
      return false;
    }
    if (more > bytes.length - length) {
      long grown = Math.max(Math.max(FIRST_CHUNKS, length + more), 2L * bytes.length);
      bytes = Arrays.copyOf(bytes, (int) Math.min(grown, most));
    }
    piece.readBytes(bytes, length, more);
    length += more;
    return true;
  }

  /// All that came.
  byte[] whole() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}
