// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.laws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.Failure;
import dev.auriga.completion.StopReason;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Problem;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.StreamReader;
import dev.auriga.dialect.StreamWriter;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Streams: the same chunks however the bytes are cut, and every dialect tells them by its grammar.
public final class StreamLaws {
  private static final Map<Dialect, byte[]> ASKED =
      Map.of(
          Dialects.ANTHROPIC, ask("\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]"),
          Dialects.CHAT,
              ask("\"stream_options\":{\"include_usage\":true},\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]"),
          Dialects.RESPONSES, ask("\"input\":\"q\""),
          Dialects.GEMINI, "{\"contents\":[{\"parts\":[{\"text\":\"q\"}]}]}".getBytes(UTF_8));

  private StreamLaws() {}

  private static byte[] ask(String rest) {
    return ("{\"model\":\"route\",\"stream\":true," + rest + "}").getBytes(UTF_8);
  }

  public static void check(Dialect dialect, byte[] stream) {
    List<SseEvent> events = Streams.events(stream);
    StreamReader whole = dialect.readStream();
    List<Chunk> chunks = Streams.chunks(events, whole);
    Failure broken = whole.atEnd();
    Random random = new Random(Arrays.hashCode(stream));
    StreamReader cut = dialect.readStream();
    assertThat(Streams.chunks(Streams.events(stream, random, 1 + random.nextInt(64)), cut)).isEqualTo(chunks);
    assertThat(cut.atEnd()).isEqualTo(broken);
    passed(dialect, events);
    if (broken != null) {
      chunks.add(new Chunk.Failed(broken));
    }
    for (Dialect client : Dialects.ALL) {
      told(client, chunks);
    }
  }

  /// Reading only what matters, as is done for a stream that passes.
  private static void passed(Dialect dialect, List<SseEvent> events) {
    StreamReader reader = dialect.readStream();
    StreamWriter writer = writer(dialect);
    for (SseEvent event : events) {
      if (reader.matters(event)) {
        reader.read(event, chunk -> {});
      }
      writer.pass(event);
    }
    reader.atEnd();
    writer.endPassed();
  }

  public static StreamWriter writer(Dialect client) {
    return client.writeStream(asked(client), client.scan(asked(client)).outline());
  }

  /// What a client that wants a stream sends.
  public static ClientRequest asked(Dialect client) {
    return Dialects.request(client, ASKED.get(client));
  }

  /// The stream a client gets of `chunks`, up to the first failure or to the end.
  public static byte[] written(Dialect client, List<Chunk> chunks) {
    StreamWriter writer = writer(client);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Chunk chunk : chunks) {
      if (chunk instanceof Chunk.Failed(var failure)) {
        out.writeBytes(writer.fail(Problem.of(failure, failure.detail())));
        return out.toByteArray();
      }
      out.writeBytes(writer.write(named(client, chunk)));
    }
    out.writeBytes(writer.end());
    return out.toByteArray();
  }

  /// A writer gets ids of calls as its dialect allows them.
  private static Chunk named(Dialect client, Chunk chunk) {
    return chunk instanceof Chunk.ToolCallStarted(var call, var id, var name, var signature)
        ? new Chunk.ToolCallStarted(call, client.names().call().allowed(id), name, signature)
        : chunk;
  }

  /// What is written obeys the dialect's grammar and is read again as whole, or as failed.
  public static List<Chunk> told(Dialect client, List<Chunk> chunks) {
    byte[] written = written(client, chunks);
    boolean failed = chunks.stream().anyMatch(Chunk.Failed.class::isInstance);
    List<SseEvent> events = Streams.events(written);
    Grammar.of(client).check(events, failed);
    StreamReader reader = client.readStream();
    List<Chunk> again = Streams.chunks(events, reader);
    if (client == Dialects.GEMINI && !stopsForAKnownReason(chunks)) {
      // Told as OTHER, which without any content is how Gemini itself breaks down.
      return again;
    }
    assertThat(again.stream().anyMatch(Chunk.Failed.class::isInstance) || reader.atEnd() != null)
        .as("%s tells a failure as one and an end as one: %s", client.name(), new String(written, UTF_8))
        .isEqualTo(failed);
    return again;
  }

  private static boolean stopsForAKnownReason(List<Chunk> chunks) {
    return chunks.stream().anyMatch(
        chunk -> chunk instanceof Chunk.Stopped(var reason, _) && reason instanceof StopReason.Known);
  }
}
