// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.laws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.SseReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Server-sent events: cut as the standard says, whatever the bytes and however they come.
public final class SseLaws {
  private static final int SMALL = 256;

  /// An event's name and data as the standard's own algorithm finds them.
  private record Event(String name, String data) {}

  private SseLaws() {}

  public static void check(byte[] stream) {
    List<SseEvent> whole = Streams.events(stream);
    Random random = new Random(Arrays.hashCode(stream));
    List<SseEvent> cut = Streams.events(stream, random, 1 + random.nextInt(9));
    assertThat(texts(cut)).isEqualTo(texts(whole));
    assertThat(named(whole)).isEqualTo(byTheStandard(stream));
    bounded(stream, random);
  }

  private static List<String> texts(List<SseEvent> events) {
    return events.stream().map(SseEvent::toString).toList();
  }

  /// Blocks of comments and blank lines are events of nothing here; the standard drops them.
  private static List<Event> named(List<SseEvent> events) {
    return events.stream()
        .filter(event -> event.contains("data".getBytes(UTF_8)) && hasData(event))
        .map(event -> new Event(event.name(), event.data()))
        .toList();
  }

  private static boolean hasData(SseEvent event) {
    return event.toString().lines().anyMatch(line -> line.equals("data") || line.startsWith("data:"));
  }

  /* WHATWG HTML, 9.2.6: lines end in CR LF, LF or CR; a line up to its first colon is the field, what
     is behind it the value without one leading space; a blank line dispatches. One difference: what
     stands behind the last blank line is an event too, since a stream that is cut must be looked at. */
  private static List<Event> byTheStandard(byte[] stream) {
    int start = stream.length >= 3 && (stream[0] & 0xFF) == 0xEF && (stream[1] & 0xFF) == 0xBB
            && (stream[2] & 0xFF) == 0xBF ? 3 : 0;
    List<Event> events = new ArrayList<>();
    String name = "";
    List<String> data = new ArrayList<>();
    for (String line : lines(Arrays.copyOfRange(stream, start, stream.length))) {
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          events.add(new Event(name, String.join("\n", data)));
        }
        name = "";
        data.clear();
      } else if (field.equals("event")) {
        name = value;
      } else if (field.equals("data")) {
        data.add(value);
      }
    }
    return events;
  }

  private static List<String> lines(byte[] stream) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < stream.length; i++) {
      if (stream[i] == '\n' || stream[i] == '\r') {
        lines.add(new String(stream, from, i - from, UTF_8));
        i += stream[i] == '\r' && i + 1 < stream.length && stream[i + 1] == '\n' ? 1 : 0;
        from = i + 1;
      }
    }
    lines.add(new String(stream, from, stream.length - from, UTF_8));
    lines.add("");
    return lines;
  }

  /// What is not yet an event never grows over the limit by more than one read.
  private static void bounded(byte[] stream, Random random) {
    SseReader reader = new SseReader(SMALL);
    int held = 0;
    try {
      for (int from = 0; from < stream.length; ) {
        int to = Math.min(stream.length, from + 1 + random.nextInt(64));
        held += to - from;
        for (SseEvent event : reader.read(Arrays.copyOfRange(stream, from, to))) {
          held -= event.to() - event.from();
        }
        assertThat(held).isLessThanOrEqualTo(SMALL + 3);
        from = to;
      }
    } catch (SseReader.EventTooLong tooLong) {
      assertThat(held).isGreaterThan(SMALL);
    }
  }
}
