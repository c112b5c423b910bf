// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Cuts a byte stream into server-sent events, however the bytes were split into reads.
///
/// Lines may end in LF, CR LF or CR; an event ends at a blank line, and a last event without one is
/// given by [#rest]. A byte order mark at the start is dropped. For one thread.
/// Source: WHATWG HTML, section 9.2.6 (interpreting an event stream).
public final class SseReader {
  private static final byte[] EMPTY = new byte[0];

  private final int limit;
  private byte[] held = EMPTY;
  private int length;
  private int scanned;
  private boolean started;

  /// `limit` is the most bytes one event may have.
  public SseReader(int limit) {
    this.limit = limit;
  }

  /// An event grew over the limit.
  public static final class EventTooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EventTooLong(int limit) {
      super("an upstream event is longer than " + limit + " bytes", null, false, false);
    }
  }

  /// The events that are complete with `piece`; they share one array and lie next to each other.
  ///
  /// Throws [EventTooLong] when an incomplete event is over the limit.
  public List<SseEvent> read(byte[] piece) {
    append(piece);
    int from = 0;
    if (!started && length >= 3) {
      started = true;
      if (held[0] == (byte) 0xEF && held[1] == (byte) 0xBB && held[2] == (byte) 0xBF) {
        from = 3;
        scanned = Math.max(scanned, 3);
      }
    }
    List<SseEvent> events = new ArrayList<>();
    int i = Math.max(scanned, from);
    while (i < length) {
      int end = blankLineEnd(i);
      if (end == NEEDS_MORE) {
        break;
      }
      if (end > 0) {
        events.add(new SseEvent(held, from, end));
        from = end;
        i = end;
      } else {
        i++;
      }
    }
    if (from > 0) {
      started = true;
      // The events are views of the array: what is left goes on in one of its own.
      held = Arrays.copyOfRange(held, from, length);
      length = held.length;
    }
    // A line end may be split over two reads: look at its last bytes again.
    scanned = Math.max(0, length - 3);
    if (length > limit) {
      throw new EventTooLong(limit);
    }
    return events;
  }

  /// What is left when the bytes end: the last event where its blank line is missing, with one, else
  /// nothing.
  public List<SseEvent> rest() {
    byte[] whole = Arrays.copyOf(held, length + 2);
    int last = length;
    held = EMPTY;
    length = 0;
    scanned = 0;
    for (int i = 0; i < last; i++) {
      if (whole[i] != '\n' && whole[i] != '\r') {
        Arrays.fill(whole, last, whole.length, (byte) '\n');
        return List.of(new SseEvent(whole, 0, whole.length));
      }
    }
    return List.of();
  }

  /// Adds `piece` to what is held; the room grows by doubling, so that a long event in small pieces
  /// is not copied for each of them.
  private void append(byte[] piece) {
    if (length == 0) {
      held = piece;
      length = piece.length;
      return;
    }
    if (length + piece.length > held.length) {
      held = Arrays.copyOf(held, Math.max(2 * length, length + piece.length));
    }
    System.arraycopy(piece, 0, held, length, piece.length);
    length += piece.length;
  }

  private static final int NEEDS_MORE = -2;

  /// The index behind a blank line whose first line end starts at `i`: 0 when there is none,
  /// [#NEEDS_MORE] when a CR is the last byte and may be half of a CR LF.
  private int blankLineEnd(int i) {
    int second = lineEnd(i);
    if (second <= 0) {
      return second;
    }
    if (second == length) {
      return 0;
    }
    return lineEnd(second);
  }

  private int lineEnd(int i) {
    if (held[i] == '\n') {
      return i + 1;
    }
    if (held[i] != '\r') {
      return 0;
    }
    if (i + 1 == length) {
      return NEEDS_MORE;
    }
    return held[i + 1] == '\n' ? i + 2 : i + 1;
  }
}
