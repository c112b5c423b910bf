// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.ChunkFold;
import dev.auriga.completion.Completion;
import dev.auriga.completion.Part;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Glance;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.SseReader;
import dev.auriga.dialect.StreamReader;
import dev.auriga.dialect.StreamWriter;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiRecordedTrafficTest {
  private static final ClientRequest ASKED =
      ClientRequest.of("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  private final Dialect gemini = new Gemini();

  @ParameterizedTest
  @CsvSource({
    "google-reasoning-gemini3.json, END, 9, 29, 258, 0",
    "google-tool-call-gemini3.json, TOOL_CALLS, 29, 15, 1801, 1",
    "google-tool-call.json, TOOL_CALLS, 29, 15, 893, 1",
  })
  void wholeReplies_areRead(
      String file, StopReason.Known stop, int input, int output, int reasoning, int calls) {
    byte[] body = GeminiRecordings.bytes(file);

    Completion completion = gemini.readReply(body);

    assertThat(completion.stop()).isEqualTo(stop);
    assertThat(completion.model()).isEqualTo("gemini-3-pro-preview");
    assertThat(completion.usage()).isEqualTo(new Usage(input, 0, 0, 0, output, reasoning));
    assertThat(completion.parts().stream().filter(Part.ToolCall.class::isInstance)).hasSize(calls);
    assertThat(gemini.glance(body)).isEqualTo(new Glance(completion.model(), completion.usage(), stop, true));
    assertThat(gemini.readReply(gemini.writeReply(completion, ASKED).body())).isEqualTo(completion);
  }

  @ParameterizedTest
  @CsvSource({
    "google-text.chunks.txt, END, 'There are **3** \"r\"s in strawberry.', 0",
    "google-reasoning-gemini3.chunks.txt, END, 'There are **3** \"r\"s in strawberry.', 0",
    "google-tool-call.chunks.txt, TOOL_CALLS, '', 1",
  })
  void streams_areRead_howeverTheyAreCut(String file, StopReason.Known stop, String opening, int calls) {
    List<String> payloads = GeminiRecordings.payloads(file);
    StreamReader reader = gemini.readStream();
    List<Chunk> whole = GeminiStreams.chunks(reader, payloads);

    assertThat(reader.atEnd()).isNull();
    Completion completion = ChunkFold.of(whole);
    assertThat(completion.text()).startsWith(opening);
    assertThat(completion.stop()).isEqualTo(stop);
    assertThat(completion.usage())
        .isEqualTo(GeminiUsage.read(Json.read(payloads.getLast()).path("usageMetadata")));
    assertThat(completion.parts().stream().filter(Part.ToolCall.class::isInstance)).hasSize(calls);
    byte[] stream = GeminiStreams.stream(payloads, "\r\n");
    for (long seed = 0; seed < 50; seed++) {
      assertThat(GeminiStreams.inPieces(stream, new Random(seed), gemini.readStream())).as("seed %d", seed)
          .isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"google-text.chunks.txt", "google-reasoning-gemini3.chunks.txt",
          "google-tool-call.chunks.txt"})
  void passedStreams_keepTheirBytes(String file) {
    byte[] stream = GeminiStreams.stream(GeminiRecordings.payloads(file), "\r\n");
    ClientRequest request = new ClientRequest(new byte[0], "m", ClientRequest.Framing.SSE);
    StreamWriter writer = new GeminiStreamWriter(request.framing(), "m");
    ByteArrayOutputStream passed = new ByteArrayOutputStream();

    new SseReader(1 << 20).read(stream).forEach(event -> passed.writeBytes(writer.pass(event)));

    assertThat(passed.toByteArray()).isEqualTo(stream);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"google-text.chunks.txt", "google-reasoning-gemini3.chunks.txt",
          "google-tool-call.chunks.txt"})
  void aStreamThatIsReadAndWritten_saysTheSame(String file) {
    List<Chunk> chunks = GeminiStreams.chunks(gemini.readStream(), GeminiRecordings.payloads(file));
    StreamWriter writer = new GeminiStreamWriter(ClientRequest.Framing.SSE, "m");
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    chunks.forEach(chunk -> written.writeBytes(writer.write(chunk)));
    written.writeBytes(writer.end());

    assertThat(
        ChunkFold.of(GeminiStreams.inPieces(written.toByteArray(), new Random(3), gemini.readStream())))
        .isEqualTo(ChunkFold.of(chunks));
  }
}
