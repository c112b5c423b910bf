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
    byte[] buffer = join(piece);
    int from = 0;
    if (!started && buffer.length >= 3) {
      started = true;
      if (buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF) {
        from = 3;
        scanned = Math.max(scanned, 3);
      }
    }
    List<SseEvent> events = new ArrayList<>();
    int i = Math.max(scanned, from);
    while (i < buffer.length) {
      int end = blankLineEnd(buffer, i);
      if (end == NEEDS_MORE) {
        break;
      }
      if (end > 0) {
        events.add(new SseEvent(buffer, from, end));
        from = end;
        i = end;
      } else {
        i++;
      }
    }
    held = from == 0 ? buffer : Arrays.copyOfRange(buffer, from, buffer.length);
    // A line end may be split over two reads: look at its last bytes again.
    scanned = Math.max(0, held.length - 3);
    if (held.length > limit) {
      throw new EventTooLong(limit);
    }
    return events;
  }

  /// What is left when the bytes end: the last event where its blank line is missing, with one, else
  /// nothing.
  public List<SseEvent> rest() {
    byte[] last = held;
    held = EMPTY;
    scanned = 0;
    for (byte each : last) {
      if (each != '\n' && each != '\r') {
        byte[] whole = Arrays.copyOf(last, last.length + 2);
        Arrays.fill(whole, last.length, whole.length, (byte) '\n');
        return List.of(new SseEvent(whole, 0, whole.length));
      }
    }
    return List.of();
  }

  private byte[] join(byte[] piece) {
    if (held.length == 0) {
      return piece;
    }
    byte[] joined = Arrays.copyOf(held, held.length + piece.length);
    System.arraycopy(piece, 0, joined, held.length, piece.length);
    return joined;
  }

  private static final int NEEDS_MORE = -2;

  /// The index behind a blank line whose first line end starts at `i`: 0 when there is none,
  /// [#NEEDS_MORE] when a CR is the last byte and may be half of a CR LF.
  private static int blankLineEnd(byte[] buffer, int i) {
    int second = lineEnd(buffer, i);
    if (second <= 0) {
      return second;
    }
    if (second == buffer.length) {
      return 0;
    }
    return lineEnd(buffer, second);
  }

  private static int lineEnd(byte[] buffer, int i) {
    if (buffer[i] == '\n') {
      return i + 1;
    }
    if (buffer[i] != '\r') {
      return 0;
    }
    if (i + 1 == buffer.length) {
      return NEEDS_MORE;
    }
    return buffer[i + 1] == '\n' ? i + 2 : i + 1;
  }
}
