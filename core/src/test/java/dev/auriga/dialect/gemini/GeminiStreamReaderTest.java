// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.ChunkFold;
import dev.auriga.completion.Completion;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.StreamReader;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiStreamReaderTest {
  private static final String TAIL = ",\"modelVersion\":\"gemini-3-pro\",\"responseId\":\"abc\"}";
  private static final List<String> PAYLOADS =
      List.of(
          event("{\"text\":\"I think\",\"thought\":true}", "", 10, 0, 5),
          event("{\"text\":\" so\",\"thought\":true}", "", 10, 0, 9),
          event("{\"text\":\"Grüße \"}", "", 10, 2, 9),
          event("{\"text\":\"🐈!\"}", "", 10, 4, 9),
          event("{\"functionCall\":{\"name\":\"f\",\"args\":{\"x\":\"ä\"}},\"thoughtSignature\":\"c2ln\"}",
              "", 10, 8, 9),
          event("{\"functionCall\":{\"name\":\"f\",\"args\":{}}}", "", 10, 12, 9),
          event("{\"text\":\"\",\"thoughtSignature\":\"ZW5k\"}", ",\"finishReason\":\"STOP\"", 10, 13, 9));

  private final Dialect gemini = new Gemini();

  private static String event(String part, String ending, int prompt, int output, int thoughts) {
    String format =
        """
        {"candidates":[{"content":{"parts":[%s],"role":"model"},"index":0%s}],\
        "usageMetadata":{"promptTokenCount":%d,"candidatesTokenCount":%d,"thoughtsTokenCount":%d}\
        """;
    return (format + TAIL)
        .formatted(part, ending, prompt, output, thoughts);
  }

  private List<Chunk> chunks(String... payloads) {
    return GeminiStreams.chunks(gemini.readStream(), List.of(payloads));
  }

  @Test
  void aStream_becomesChunks() {
    List<Chunk> chunks = GeminiStreams.chunks(gemini.readStream(), PAYLOADS);

    assertThat(chunks.stream().filter(chunk -> !(chunk instanceof Chunk.Counted)))
        .containsExactly(
            new Chunk.Started("abc", "gemini-3-pro"),
            new Chunk.ThinkingDelta("I think"),
            new Chunk.ThinkingDelta(" so"),
            new Chunk.TextDelta("Grüße "),
            new Chunk.TextDelta("🐈!"),
            new Chunk.ToolCallStarted(0, "call_abc_0", "f", new Opaque("gemini", "c2ln")),
            new Chunk.ToolCallDelta(0, "{\"x\":\"ä\"}"),
            new Chunk.PartEnded(),
            new Chunk.ToolCallStarted(1, "call_abc_1", "f", null),
            new Chunk.ToolCallDelta(1, "{}"),
            new Chunk.PartEnded(),
            new Chunk.ThinkingSigned(new Opaque("gemini", "ZW5k")),
            new Chunk.Stopped(StopReason.Known.TOOL_CALLS, null));
    assertThat(chunks).contains(new Chunk.Counted(new Usage(10, 0, 0, 0, 13, 9)));
    assertThat(chunks.getLast()).isInstanceOf(Chunk.Stopped.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void anyCutting_givesTheSameChunks(String lineEnd) {
    byte[] stream = GeminiStreams.stream(PAYLOADS, lineEnd);
    List<Chunk> whole = GeminiStreams.chunks(gemini.readStream(), PAYLOADS);
    for (long seed = 0; seed < 200; seed++) {
      assertThat(GeminiStreams.inPieces(stream, new Random(seed), gemini.readStream()))
          .as("seed %d", seed)
          .isEqualTo(whole);
    }
  }

  @Test
  void foldingTheStream_isTheWholeReply() {
    String parts =
        String.join(
            ",", PAYLOADS.stream()
                .map(payload -> Json.read(payload).at("/candidates/0/content/parts/0").toString()).toList());
    byte[] whole =
        event(parts, ",\"finishReason\":\"STOP\"", 10, 13, 9)
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);

    Completion folded = ChunkFold.of(GeminiStreams.chunks(gemini.readStream(), PAYLOADS));

    assertThat(folded).isEqualTo(gemini.readReply(whole));
  }

  @Test
  void usageIsCumulative_andTheLastIsTheTruth() {
    Completion folded =
        ChunkFold.of(
            chunks(event("{\"text\":\"a\"}", "", 7, 1, 0), event(
                "{\"text\":\"b\"}", ",\"finishReason\":\"STOP\"", 7, 2, 0)));

    assertThat(folded.usage()).isEqualTo(new Usage(7, 0, 0, 0, 2, 0));
  }

  @Test
  void aStreamThatEndsWithoutAFinishReason_isBroken() {
    StreamReader reader = gemini.readStream();
    GeminiStreams.chunks(reader, PAYLOADS.subList(0, 6));

    assertThat(Objects.requireNonNull(reader.atEnd()).kind()).isEqualTo(FailureKind.BROKEN_STREAM);

    GeminiStreams.chunks(reader, PAYLOADS.subList(6, 7));
    assertThat(reader.hasEnded()).as("more may follow").isFalse();
    assertThat(reader.atEnd()).isNull();
  }

  @Test
  void usageAfterTheFinishReason_stillCounts() {
    List<Chunk> chunks =
        chunks(
            event("{\"text\":\"a\"}", ",\"finishReason\":\"STOP\"", 7, 1, 0),
            "{\"usageMetadata\":{\"promptTokenCount\":7,\"candidatesTokenCount\":3}}");

    assertThat(chunks.getLast()).isEqualTo(new Chunk.Counted(new Usage(7, 0, 0, 0, 3, 0)));
    assertThat(chunks.stream().filter(Chunk.Stopped.class::isInstance)).hasSize(1);
  }

  @Test
  void aMalformedEvent_isSkipped() {
    assertThat(
            ChunkFold.of(
                    chunks(
                        event("{\"text\":\"a\"}", "", 7, 1, 0),
                        "{\"candidates\":[{",
                        "7",
                        event("{\"text\":5}", "", 7, 1, 0),
                        event("{\"text\":\"b\"}", ",\"finishReason\":\"STOP\"", 7, 2, 0)))
                .text())
        .isEqualTo("ab");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"code\":503,\"message\":\"overloaded\",\"status\":\"UNAVAILABLE\"}}",
        "[{\"error\":{\"code\":503,\"message\":\"overloaded\",\"status\":\"UNAVAILABLE\"}}]"
      })
  void anErrorInTheStream_isTold(String error) {
    StreamReader reader = gemini.readStream();
    List<Chunk> chunks = GeminiStreams.chunks(reader, List.of(PAYLOADS.getFirst(), error));

    assertThat(chunks.getLast())
        .isInstanceOfSatisfying(
            Chunk.Failed.class,
            failed -> assertThat(failed.failure().kind()).isEqualTo(FailureKind.OVERLOADED));
    assertThat(reader.matters(SseEvent.of(error))).isTrue();
  }

  @Test
  void aBlockedPrompt_stopsFiltered() {
    assertThat(
        chunks(
            "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"},\"responseId\":\"r\",\"modelVersion\":\"m\"}"))
        .containsExactly(
            new Chunk.Started("r", "m"),
            new Chunk.DeclinedDelta("Gemini blocked the prompt: SAFETY"),
            new Chunk.Stopped(StopReason.Known.FILTERED, null));
  }

  @Test
  void aBreakdownWithoutContent_fails_andAfterContentStops() {
    assertThat(
        chunks(event(
            "{\"text\":\"hm\",\"thought\":true}", ",\"finishReason\":\"MALFORMED_FUNCTION_CALL\"", 1, 0, 1))
                .getLast())
        .isInstanceOfSatisfying(
            Chunk.Failed.class, failed -> assertThat(failed.failure().detail())
                .contains("MALFORMED_FUNCTION_CALL"));
    assertThat(
        chunks(event("{\"text\":\"a\"}", ",\"finishReason\":\"MALFORMED_FUNCTION_CALL\"", 1, 0, 1)).getLast())
        .isEqualTo(new Chunk.Stopped(new StopReason.Unknown("MALFORMED_FUNCTION_CALL"), null));
  }

  @Test
  void onlyTheFirstCandidateCounts() {
    assertThat(
            ChunkFold.of(
                    chunks(
                        "{\"candidates\":[{\"index\":1,\"content\":{\"parts\":[{\"text\":\"no\"}]}"
                            + ",\"finishReason\":\"STOP\"}]}",
                        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"yes\"}]}"
                            + ",\"finishReason\":\"STOP\"}]}"))
                .text())
        .isEqualTo("yes");
  }

  @Test
  void matters_isFalseOnlyForPlainDeltasInTheMiddle() {
    StreamReader reader = gemini.readStream();
    SseEvent plain = SseEvent.of("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}]}");

    assertThat(reader.matters(plain)).isTrue();
    reader.read(plain, chunk -> {});
    assertThat(reader.matters(plain)).isFalse();
    assertThat(reader.matters(SseEvent.of(PAYLOADS.getLast()))).isTrue();
    assertThat(reader.matters(SseEvent.of("{\"candidates\":[{\"finishReason\":\"STOP\"}]}"))).isTrue();
    assertThat(reader.matters(SseEvent.of("{\"promptFeedback\":{}}"))).isTrue();
  }
}
