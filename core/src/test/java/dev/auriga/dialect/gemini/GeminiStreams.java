// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.completion.Chunk;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.SseReader;
import dev.auriga.dialect.StreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Streams of events, whole and cut into any pieces, for the Gemini tests.
final class GeminiStreams {
  private GeminiStreams() {}

  /// The chunks of a stream whose events have these payloads.
  static List<Chunk> chunks(StreamReader reader, List<String> payloads) {
    List<Chunk> chunks = new ArrayList<>();
    payloads.forEach(payload -> reader.read(SseEvent.of(payload), chunks::add));
    return chunks;
  }

  static byte[] stream(List<String> payloads, String lineEnd) {
    StringBuilder text = new StringBuilder();
    payloads.forEach(payload -> text.append("data: ").append(payload).append(lineEnd).append(lineEnd));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// The chunks of `stream` when it comes in pieces of random sizes.
  static List<Chunk> inPieces(byte[] stream, Random random, StreamReader reader) {
    SseReader cutter = new SseReader(1 << 20);
    List<Chunk> chunks = new ArrayList<>();
    for (int from = 0; from < stream.length; ) {
      int to = Math.min(stream.length, from + 1 + random.nextInt(random.nextInt(200) + 1));
      cutter.read(Arrays.copyOfRange(stream, from, to)).forEach(event -> reader.read(event, chunks::add));
      from = to;
    }
    cutter.rest().forEach(event -> reader.read(event, chunks::add));
    return chunks;
  }
}
