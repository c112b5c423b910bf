// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// The body of a request while it comes. Room is made for what has come, not for what is announced:
/// a head costs its sender nothing. Belongs to the loop.
final class RequestBody {
  private static final byte[] NONE = new byte[0];
  private static final int FIRST_BYTES = 8 * 1024;

  private final int most;
  private final int mostRoom;
  private byte[] bytes = NONE;
  private int length;

  /// `announced` bytes are to come, or chunks when it is 0; at most `most` are kept.
  RequestBody(int announced, int most) {
    this.most = most;
    this.mostRoom = announced == 0 ? most : Math.min(announced, most);
  }

  /// Copies `piece`; false when the body is too long with it.
  boolean add(ByteBuf piece) {
    int more = piece.readableBytes();
    if (more > most - length) {
      return false;
    }
    if (more > bytes.length - length) {
      long grown = Math.min(Math.max(FIRST_BYTES, 2L * bytes.length), mostRoom);
      bytes = Arrays.copyOf(bytes, (int) Math.max(grown, length + more));
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
