// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import java.util.ArrayList;
import java.util.List;

/// Edits of a byte array by place: everything between the edits stays as it was.
///
/// Edits are added in ascending order. For one thread.
public final class Splice {
  private record Edit(int from, int to, byte[] with) {}

  private final byte[] body;
  private final List<Edit> edits = new ArrayList<>(3);

  public Splice(byte[] body) {
    this.body = body;
  }

  /// Puts `with` in the place of the bytes from `from` (included) to `to` (excluded).
  public Splice replace(int from, int to, byte[] with) {
    int least = edits.isEmpty() ? 0 : edits.getLast().to;
    if (from < least || to < from || to > body.length) {
      throw new IllegalArgumentException(
          "edit from %d to %d, after %d, in %d bytes".formatted(from, to, least, body.length));
    }
    edits.add(new Edit(from, to, with));
    return this;
  }

  public Splice insert(int at, byte[] with) {
    return replace(at, at, with);
  }

  /// The edited bytes; the original array itself when there was no edit.
  public byte[] bytes() {
    if (edits.isEmpty()) {
      return body;
    }
    int length = body.length;
    for (Edit edit : edits) {
      length += edit.with.length - (edit.to - edit.from);
    }
    byte[] out = new byte[length];
    int from = 0;
    int at = 0;
    for (Edit edit : edits) {
      System.arraycopy(body, from, out, at, edit.from - from);
      at += edit.from - from;
      System.arraycopy(edit.with, 0, out, at, edit.with.length);
      at += edit.with.length;
      from = edit.to;
    }
    System.arraycopy(body, from, out, at, body.length - from);
    return out;
  }
}
