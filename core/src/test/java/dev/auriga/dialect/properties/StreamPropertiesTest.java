// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.properties;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.ChunkFold;
import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.StopReason;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.laws.Dialects;
import dev.auriga.dialect.laws.Said;
import dev.auriga.dialect.laws.StreamLaws;
import dev.auriga.dialect.laws.Streams;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Generated streams of every upstream, told to clients of every dialect.
class StreamPropertiesTest {
  private static final int RUNS = 100;

  /// The grammar is kept, every word arrives, and every call is whole, whatever interleaved.
  @Test
  void everyClientIsToldWhatEveryUpstreamSaid() {
    for (Dialect upstream : Dialects.ALL) {
      Seeds.each(
          RUNS,
          random -> {
            List<Chunk> chunks = RandomStreams.from(upstream, random);
            Said said = Said.of(ChunkFold.of(chunks));
            for (Dialect client : Dialects.ALL) {
              Said heard = Said.of(ChunkFold.of(StreamLaws.told(client, chunks)));
              assertThat(heard.text()).as("text to %s", client.name()).isEqualTo(said.text());
              assertThat(heard.pages()).as("pages to %s", client.name()).isEqualTo(said.pages());
              assertThat(heard.thoughts()).as("thoughts to %s", client.name()).isEqualTo(said.thoughts());
              assertThat(heard.calls()).as("calls to %s", client.name()).isEqualTo(said.calls());
              assertThat(heard.usage().input()).isEqualTo(said.usage().input());
              assertThat(heard.usage().allOutput()).isEqualTo(said.usage().allOutput());
              assertThat(heard.stop()).as("stop to %s", client.name()).isIn(said.stop(), declined(chunks));
            }
          });
    }
  }

  /// A model that declined was filtered, where a dialect has no other word for it.
  private static StopReason declined(List<Chunk> chunks) {
    boolean declines = chunks.stream().anyMatch(Chunk.DeclinedDelta.class::isInstance);
    return declines ? StopReason.Known.FILTERED : new StopReason.Unknown("none");
  }

  /// Dialect to neutral to the same dialect: read and written again, a stream is told alike, and it is
  /// the same chunks under any split of its bytes.
  @Test
  void aStreamIsTheSameAgain_howeverItsBytesAreSplit() {
    for (Dialect dialect : Dialects.ALL) {
      Seeds.each(
          RUNS,
          random -> {
            byte[] written = StreamLaws.written(dialect, RandomStreams.from(dialect, random));
            StreamLaws.check(dialect, written);
            List<Chunk> read = Streams.chunks(Streams.events(written), dialect.readStream());
            List<Chunk> cut =
                Streams.chunks(Streams.events(written, random, 1 + random.nextInt(20)), dialect.readStream());
            assertThat(cut).isEqualTo(read);
            List<Chunk> again =
                Streams.chunks(Streams.events(StreamLaws.written(dialect, read)), dialect.readStream());
            assertThat(Said.of(ChunkFold.of(again))).isEqualTo(Said.of(ChunkFold.of(read)));
          });
    }
  }

  /// Broken anywhere, a stream ends in each dialect's error and never in its terminal event.
  @Test
  void aBrokenStreamIsToldAsOne() {
    for (Dialect upstream : Dialects.ALL) {
      Seeds.each(
          RUNS,
          random -> {
            List<Chunk> whole = RandomStreams.from(upstream, random);
            List<Chunk> broken = new ArrayList<>(whole.subList(0, 1 + random.nextInt(whole.size() - 2)));
            broken.removeIf(Chunk.Stopped.class::isInstance);
            FailureKind[] kinds = FailureKind.values();
            broken.add(new Chunk.Failed(Failure.of(kinds[random.nextInt(kinds.length)], 503, "it broke")));
            for (Dialect client : Dialects.ALL) {
              StreamLaws.told(client, broken);
            }
          });
    }
  }
}
