// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.properties;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.ChunkFold;
import dev.auriga.completion.Completion;
import dev.auriga.completion.Part;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.laws.Dialects;
import dev.auriga.dialect.laws.ReplyLaws;
import dev.auriga.dialect.laws.Said;
import dev.auriga.dialect.laws.StreamLaws;
import dev.auriga.dialect.laws.Streams;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Generated whole replies of every upstream, told to clients of every dialect.
class ReplyPropertiesTest {
  private static final int RUNS = 100;

  @Test
  void wholeAndStreamed_theAnswerIsTheSame() {
    for (Dialect upstream : Dialects.ALL) {
      Seeds.each(
          RUNS,
          random -> {
            var chunks = RandomStreams.from(upstream, random);
            Completion completion = ChunkFold.of(chunks);
            for (Dialect client : Dialects.ALL) {
              if (client == Dialects.CHAT && declines(completion)) {
                // Words and a refusal have a field each in a whole message: their order is not told.
                continue;
              }
              Said whole = Said.of(client.readReply(written(client, completion)));
              Said streamed =
                  Said.of(
                      ChunkFold.of(
                          Streams.chunks(
                              Streams.events(StreamLaws.written(client, chunks)), client.readStream())));
              assertThat(streamed).as("to %s", client.name()).isEqualTo(whole);
            }
          });
    }
  }

  private static boolean declines(Completion completion) {
    return completion.parts().stream().anyMatch(Part.Declined.class::isInstance);
  }

  /// Dialect to neutral to the same dialect: once read, which joins what was cut, it is written alike.
  @Test
  void whatIsReadIsWrittenAgain() {
    for (Dialect dialect : Dialects.ALL) {
      Seeds.each(
          RUNS,
          random -> {
            byte[] first = written(dialect, ChunkFold.of(RandomStreams.from(dialect, random)));
            ReplyLaws.check(dialect, first);
            byte[] second = written(dialect, dialect.readReply(first));
            byte[] third = written(dialect, dialect.readReply(second));
            assertThat(content(third)).as(dialect.name()).isEqualTo(content(second));
            assertThat(Said.of(dialect.readReply(second))).isEqualTo(Said.of(dialect.readReply(first)));
          });
    }
  }

  private static byte[] written(Dialect client, Completion completion) {
    return client.writeReply(completion, StreamLaws.asked(client)).body();
  }

  /// The reply without the ids its writer makes up for what has none.
  private static JsonNode content(byte[] reply) {
    ObjectNode tree = (ObjectNode) Json.read(reply);
    tree.remove("id");
    tree.path("output").values().forEach(item -> ((ObjectNode) item).remove("id"));
    return tree;
  }
}
