// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Unfolding;
import dev.auriga.dialect.Problem;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.StreamWriter;
import dev.auriga.engine.Journey;
import dev.auriga.engine.Telling;
import dev.auriga.gateway.transport.Exchange;
import dev.auriga.provider.Reply;
import dev.auriga.provider.ReplyStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Tells one streamed answer: pulls it from upstream and writes it in the client's dialect, its
/// own events or a translation, until its end or its break.
final class StreamTeller {
  private final Exchange exchange;
  private final Journey journey;
  private final StreamWriter writer;

  StreamTeller(Exchange exchange, Journey journey, StreamWriter writer) {
    this.exchange = exchange;
    this.journey = journey;
    this.writer = writer;
  }

  /// From now on fills silences longer than `every` with the dialect's sign of life, if it has one.
  void keepAlive(Duration every) {
    byte[] sign = writer.keepAlive();
    if (sign.length > 0) {
      exchange.keepAlive(
          new Exchange.KeepAlive(200, Tell.early(journey, writer.contentType()), every, sign));
    }
  }

  /// Tells `stream` to its end and closes it, which records the journey with what was lost.
  void tell(ReplyStream stream) throws InterruptedException {
    try (stream) {
      try {
        tellAll(stream);
      } catch (RuntimeException fault) {
        journey.faulted();
        throw fault;
      } finally {
        journey.alsoLost(stream.losses());
        journey.alsoLost(writer.losses());
      }
    }
  }

  /// Tells an answer that is there at once, as a stream.
  void tell(Reply.Composed composed) throws InterruptedException {
    exchange.begin(200, Tell.headers(journey, writer.contentType()));
    write(written(Unfolding.of(composed.completion())));
    writer.beside(composed.auriga());
    write(writer.end());
    exchange.end();
  }

  private void tellAll(ReplyStream stream) throws InterruptedException {
    exchange.begin(200, Tell.headers(journey, writer.contentType()));
    boolean more = true;
    while (more) {
      more =
          switch (stream.next()) {
            case ReplyStream.Step.Events events -> {
              write(stream.passes() ? passed(events.events()) : written(events.chunks()));
              yield true;
            }
            case ReplyStream.Step.Ended _ -> {
              write(stream.passes() ? writer.endPassed() : end());
              exchange.end();
              yield false;
            }
            case ReplyStream.Step.Broken broken -> {
              fail(Telling.brokenOff(journey, broken.failure()));
              yield false;
            }
          };
    }
  }

  private byte[] end() {
    RawJson beside = journey.auriga();
    if (beside != null) {
      writer.beside(beside);
    }
    return writer.end();
  }

  /// Ends the answer with the dialect's error; where the dialect's clients do not read errors in
  /// streams, the connection is cut too, so that no client takes the answer for whole.
  void fail(Problem problem) throws InterruptedException {
    write(writer.fail(problem.of(journey.id())));
    if (writer.cutsAfterFailure()) {
      exchange.abort();
    } else {
      exchange.end();
    }
  }

  private void write(byte[] events) throws InterruptedException {
    if (events.length > 0) {
      exchange.write(events);
    }
  }

  private byte[] passed(List<SseEvent> events) {
    if (events.size() == 1) {
      return writer.pass(events.getFirst());
    }
    List<byte[]> pieces = new ArrayList<>(events.size());
    events.forEach(event -> pieces.add(writer.pass(event)));
    return joined(pieces);
  }

  private byte[] written(List<Chunk> chunks) {
    List<byte[]> pieces = new ArrayList<>(chunks.size());
    chunks.forEach(chunk -> pieces.add(writer.write(chunk)));
    return joined(pieces);
  }

  private static byte[] joined(List<byte[]> pieces) {
    int length = 0;
    for (byte[] piece : pieces) {
      length += piece.length;
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream(length);
    pieces.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
