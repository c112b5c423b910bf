// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.laws;

import dev.auriga.completion.Chunk;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.SseReader;
import dev.auriga.dialect.StreamReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Bytes of a stream, in one piece or in any, as events and as chunks.
public final class Streams {
  private static final int LIMIT = 1 << 24;

  private Streams() {}

  public static List<SseEvent> events(byte[] stream) {
    SseReader sse = new SseReader(LIMIT);
    List<SseEvent> events = new ArrayList<>(sse.read(stream));
    events.addAll(sse.rest());
    return events;
  }

  /// The events when the bytes come in pieces of random sizes, up to `most` bytes each.
  public static List<SseEvent> events(byte[] stream, Random random, int most) {
    SseReader sse = new SseReader(LIMIT);
    List<SseEvent> events = new ArrayList<>();
    for (int from = 0; from < stream.length; ) {
      int to = Math.min(stream.length, from + 1 + random.nextInt(most));
      events.addAll(sse.read(Arrays.copyOfRange(stream, from, to)));
      from = to;
    }
    events.addAll(sse.rest());
    return events;
  }

  public static List<Chunk> chunks(List<SseEvent> events, StreamReader reader) {
    List<Chunk> chunks = new ArrayList<>();
    for (SseEvent event : events) {
      reader.read(event, chunks::add);
      if (reader.hasEnded()) {
        break;
      }
    }
    return chunks;
  }
}
