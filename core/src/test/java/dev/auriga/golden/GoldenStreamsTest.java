// SPDX-License-Identifier: Apache-2.0
package dev.auriga.golden;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.Failure;
import dev.auriga.completion.Loss;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Problem;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.SseReader;
import dev.auriga.dialect.StreamReader;
import dev.auriga.dialect.StreamWriter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a client of each dialect is told of a provider's stream in each other one, event by event.
class GoldenStreamsTest {
  private static final int MOST_BYTES = 1 << 20;

  static List<Golden.Pair> pairs() {
    return Golden.pairs(Golden.Kind.STREAMS);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void stream_isToldAsReviewed(Golden.Pair pair) {
    Dialect to = pair.to().dialect();
    ClientRequest asked = pair.to().asked(true);
    StreamWriter writer = to.writeStream(asked, to.scan(asked).outline());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StreamReader reader = pair.from().dialect().readStream();
    List<Failure> failures = new ArrayList<>();
    for (SseEvent event : events(pair.input())) {
      reader.read(
          event,
          chunk -> {
            if (chunk instanceof Chunk.Failed(Failure failure)) {
              failures.add(failure);
            } else if (failures.isEmpty()) {
              out.writeBytes(writer.write(chunk));
            }
          });
    }
    Failure cut = failures.isEmpty() ? reader.atEnd() : failures.getFirst();
    out.writeBytes(
        cut == null ? writer.end() : writer.fail(Problem.of(cut, "the answer broke off: " + cut.detail())));
    ObjectNode told = Json.object();
    List<Loss> losses = new ArrayList<>(reader.losses());
    losses.addAll(writer.losses());
    GoldenRequestsTest.losses(told, losses);
    ArrayNode list = told.putArray("events");
    for (SseEvent event : events(out.toByteArray())) {
      ObjectNode each = list.addObject();
      if (!event.name().isEmpty()) {
        each.put("event", event.name());
      }
      String data = event.data();
      each.set("data", data.startsWith("{") ? Json.read(data) : each.stringNode(data));
    }
    pair.check(told);
  }

  static List<SseEvent> events(byte[] bytes) {
    SseReader sse = new SseReader(MOST_BYTES);
    List<SseEvent> events = new ArrayList<>(sse.read(bytes));
    events.addAll(sse.rest());
    return events;
  }
}
