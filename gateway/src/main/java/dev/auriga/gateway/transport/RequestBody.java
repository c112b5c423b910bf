// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import dev.auriga.resilience.Room;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// The body of a request while it comes, and its share of the room for all bodies until the request has
/// been served. Room is taken for what has come, not for what is announced: a head costs its sender
/// nothing. Belongs to the loop, and once it is whole to the thread that serves.
final class RequestBody {
  /// What became of a piece.
  enum Added {
    KEPT,
    /// The body is longer than one may be.
    TOO_LONG,
    /// All bodies together are longer than they may be.
    NO_ROOM
  }

  private static final byte[] NONE = new byte[0];
  private static final int FIRST_BYTES = 8 * 1024;

  private final Room room;
  private final int most;
  private final int mostKept;
  private byte[] bytes = NONE;
  private int length;
  private int taken;

  /// `announced` bytes are to come, or chunks when it is 0; at most `most` are kept, in `room`.
  RequestBody(int announced, int most, Room room) {
    this.room = room;
    this.most = most;
    this.mostKept = announced == 0 ? most : Math.min(announced, most);
  }

  /// Copies `piece`, if it may.
  Added add(ByteBuf piece) {
    int more = piece.readableBytes();
    if (more > most - length) {
      return Added.TOO_LONG;
    }
    if (more > bytes.length - length) {
      long doubled = Math.min(Math.max(FIRST_BYTES, 2L * bytes.length), mostKept);
      int grown = (int) Math.max(doubled, length + more);
      if (!room.take(grown - taken)) {
        return Added.NO_ROOM;
      }
      taken = grown;
      bytes = Arrays.copyOf(bytes, grown);
    }
    piece.readBytes(bytes, length, more);
    length += more;
    return Added.KEPT;
  }

  /// All that came, which is the caller's from now on; its room stays taken.
  byte[] whole() {
    byte[] all = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    bytes = NONE;
    return all;
  }

  /// Gives the room back, once.
  void release() {
    room.giveBack(taken);
    taken = 0;
    bytes = NONE;
  }
}
