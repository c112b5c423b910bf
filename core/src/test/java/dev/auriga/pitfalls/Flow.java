// SPDX-License-Identifier: Apache-2.0
package dev.auriga.pitfalls;

import dev.auriga.completion.Chunk;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Problem;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.SseReader;
import dev.auriga.dialect.StreamReader;
import dev.auriga.dialect.StreamWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A provider's stream on its way to a client of another dialect.
final class Flow {
  private static final int LIMIT = 1 << 20;

  private Flow() {}

  /// The chunks of a stream of `from`, and whether it ended as its dialect demands.
  static List<Chunk> chunks(Tongue from, String stream) {
    StreamReader reader = from.dialect().readStream();
    List<Chunk> chunks = new ArrayList<>();
    events(stream.getBytes(StandardCharsets.UTF_8)).forEach(event -> reader.read(event, chunks::add));
    if (reader.atEnd() != null) {
      chunks.add(new Chunk.Failed(reader.atEnd()));
    }
    return chunks;
  }

  static List<SseEvent> events(byte[] stream) {
    SseReader sse = new SseReader(LIMIT);
    List<SseEvent> events = new ArrayList<>(sse.read(stream));
    events.addAll(sse.rest());
    return events;
  }

  /// The events a client of `to` gets that sent `request`, up to the terminal or the error event.
  static List<SseEvent> told(Tongue from, String stream, Tongue to, String request) {
    return written(chunks(from, stream), to, request);
  }

  /// The same for chunks at hand.
  static List<SseEvent> written(List<Chunk> chunks, Tongue to, String request) {
    ClientRequest asked = to.streamingClient(request);
    StreamWriter writer = to.dialect().writeStream(asked, to.dialect().scan(asked).outline());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Chunk chunk : chunks) {
      if (chunk instanceof Chunk.Failed(var failure)) {
        out.writeBytes(writer.fail(Problem.of(failure, failure.detail())));
        return events(out.toByteArray());
      }
      out.writeBytes(writer.write(chunk));
    }
    out.writeBytes(writer.end());
    return events(out.toByteArray());
  }

  /// The data of the events that are JSON.
  static List<JsonNode> json(List<SseEvent> events) {
    return events.stream()
        .map(SseEvent::data)
        .filter(data -> data.startsWith("{"))
        .map(Json::read)
        .toList();
  }

  /// A stream of one event for each of `datas`, each with its `type` as name where it has one.
  static String of(String... datas) {
    StringBuilder stream = new StringBuilder();
    for (String data : datas) {
      String json = Tongue.json(data);
      String type = json.startsWith("{") ? Json.read(json).path("type").asString("") : "";
      if (!type.isEmpty()) {
        stream.append("event: ").append(type).append('\n');
      }
      stream.append("data: ").append(json).append("\n\n");
    }
    return stream.toString();
  }
}
