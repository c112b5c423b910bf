// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.ChunkFold;
import dev.auriga.completion.Completion;
import dev.auriga.completion.Failure;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Glance;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Problem;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.SseReader;
import dev.auriga.dialect.StreamReader;
import dev.auriga.dialect.StreamWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiStreamWriterTest {
  private static final ClientRequest ASKED =
      ClientRequest.of("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  private final OpenAiChat dialect =
      OpenAiChat.strict(InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000)));

  private StreamWriter writer(boolean usageWanted) {
    String body =
        "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":" + usageWanted
            + "},\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
    ClientRequest request = ClientRequest.of(body.getBytes(StandardCharsets.UTF_8));
    return dialect.writeStream(request, dialect.scan(request).outline());
  }

  private static byte[] written(StreamWriter writer, List<Chunk> chunks) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    chunks.forEach(chunk -> out.writeBytes(writer.write(chunk)));
    out.writeBytes(writer.end());
    return out.toByteArray();
  }

  private static List<String> data(byte[] bytes) {
    return new SseReader(1 << 20).read(bytes).stream().map(SseEvent::data).toList();
  }

  private static void assertSame(String actual, String expected) {
    assertThat(Json.read(actual)).isEqualTo(Json.read(expected));
  }

  @Test
  void wholeGrammar() {
    List<String> data =
        data(
            written(
                writer(true),
                List.of(
                    new Chunk.Started("msg_01", "claude-sonnet-4-5"),
                    new Chunk.ThinkingDelta("hm"),
                    new Chunk.ThinkingSigned(new Opaque("anthropic-messages", "sig")),
                    new Chunk.PartEnded(),
                    new Chunk.TextDelta("Hi"),
                    new Chunk.ToolCallStarted(0, "c0", "f", new Opaque("gemini", "s0")),
                    new Chunk.ToolCallDelta(0, "{}"),
                    new Chunk.Stopped(StopReason.Known.TOOL_CALLS, null),
                    new Chunk.Counted(new Usage(5, 3, 2, 1, 7, 4)))));

    String head =
        "{\"id\":\"chatcmpl-msg_01\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
            + "\"model\":\"claude-sonnet-4-5\",\"choices\":[";
    String open = head + "{\"index\":0,\"delta\":";
    String close = ",\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}";
    assertThat(data).hasSize(8);
    assertSame(data.get(0), open + "{\"role\":\"assistant\",\"content\":\"\"}" + close);
    assertSame(data.get(1), open + "{\"reasoning_content\":\"hm\"}" + close);
    assertSame(data.get(2), open + "{\"content\":\"Hi\"}" + close);
    assertSame(
        data.get(3),
        open + "{\"tool_calls\":[{\"index\":0,\"id\":\"c0\",\"type\":\"function\","
            + "\"function\":{\"name\":\"f\",\"arguments\":\"\"},"
            + "\"extra_content\":{\"google\":{\"thought_signature\":\"s0\"}}}]}" + close);
    assertSame(data.get(4), open + "{\"tool_calls\":[{\"index\":0,"
        + "\"function\":{\"arguments\":\"{}\"}}]}" + close);
    assertSame(
        data.get(5), open + "{},\"logprobs\":null,\"finish_reason\":\"tool_calls\"}],\"usage\":null}");
    assertSame(
        data.get(6),
        head + "],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":11,\"total_tokens\":22,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":3,\"cache_write_tokens\":3},"
            + "\"completion_tokens_details\":{\"reasoning_tokens\":4}}}");
    assertThat(data.get(7)).isEqualTo("[DONE]");
  }

  @Test
  void usageIsLeftOut_whenTheClientDidNotAsk() {
    List<String> data =
        data(
            written(
                writer(false),
                List.of(
                    new Chunk.Started("chatcmpl-9", "m"),
                    new Chunk.Counted(new Usage(1, 0, 0, 0, 1, 0)),
                    new Chunk.TextDelta("x"),
                    new Chunk.Stopped(StopReason.Known.END, null))));

    assertThat(data).hasSize(4).noneMatch(each -> each.contains("usage"));
    assertThat(Json.read(data.getFirst()).path("id").stringValue()).isEqualTo("chatcmpl-9");
  }

  @Test
  void roleComesFirst_evenWhenTheFirstChunkIsACall() {
    List<String> data =
        data(writer(false).write(new Chunk.ToolCallStarted(0, "c", "f", null)));

    assertThat(data).hasSize(2);
    assertThat(Json.read(data.getFirst()).path("id").stringValue())
        .startsWith("chatcmpl-")
        .isEqualTo(Json.read(data.getLast()).path("id").stringValue());
    assertThat(Json.read(data.getFirst()).at("/choices/0/delta/role").stringValue()).isEqualTo("assistant");
  }

  /// A stream written and read back, cut into any reads, is the same answer.
  @Test
  void streamRoundTripKeepsTheAnswer_underAnySplitAndInterleaving() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Completion answer = answer(random);
      byte[] bytes = written(writer(true), chunks(answer, random));

      List<Chunk> read = new ArrayList<>();
      StreamReader reader = dialect.readStream();
      SseReader events = new SseReader(1 << 20);
      for (int from = 0; from < bytes.length; ) {
        int to = Math.min(bytes.length, from + 1 + random.nextInt(40));
        events.read(Arrays.copyOfRange(bytes, from, to)).forEach(event -> reader.read(event, read::add));
        from = to;
      }

      assertThat(reader.atEnd()).as("seed %d", seed).isNull();
      assertThat(ChunkFold.of(read)).as("seed %d", seed).isEqualTo(answer);
    }
  }

  /// The same for a whole reply, so that folding a stream is reading the reply.
  @Test
  void replyRoundTripKeepsTheAnswer() {
    for (long seed = 0; seed < 300; seed++) {
      Completion answer = answer(new Random(seed));
      byte[] reply = dialect.writeReply(answer, ASKED).body();

      assertThat(dialect.readReply(reply)).as("seed %d", seed).isEqualTo(answer);
      Glance glance = dialect.glance(reply);
      assertThat(glance)
          .as("seed %d", seed)
          .isEqualTo(new Glance(answer.model(), answer.usage(), answer.stop(), !answer.parts().isEmpty()));
    }
  }

  private static Completion answer(Random random) {
    List<Part> parts = new ArrayList<>();
    if (random.nextBoolean()) {
      parts.add(new Part.Thinking(words(random), null));
    }
    if (random.nextBoolean()) {
      parts.add(Part.Text.of(words(random)));
    }
    if (random.nextInt(4) == 0) {
      parts.add(new Part.Declined(words(random)));
    }
    int calls = random.nextInt(4);
    for (int call = 0; call < calls; call++) {
      String quoted = new String(Json.quoted(words(random)), StandardCharsets.UTF_8);
      String arguments = "{\"q\":%s}".formatted(quoted);
      Opaque signature = random.nextBoolean() ? new Opaque("gemini", words(random)) : null;
      parts.add(new Part.ToolCall("call-" + call, "tool_" + call, arguments, signature, null));
    }
    StopReason stop = calls > 0 ? StopReason.Known.TOOL_CALLS : StopReason.Known.END;
    Usage usage =
        new Usage(random.nextInt(99), random.nextInt(99), random.nextInt(9), 0, 9, random.nextInt(9));
    return new Completion("chatcmpl-" + random.nextInt(99), "model-x", parts, stop, null, usage);
  }

  private static String words(Random random) {
    String[] words = {"é", "\"", "\\", "\n", "😀", " data: x", "[DONE]", "{}", "\u2028", "a"};
    StringBuilder text = new StringBuilder("w");
    random.ints(random.nextInt(12), 0, words.length).forEach(word -> text.append(words[word]));
    return text.toString();
  }

  /// The answer as chunks, its calls in shuffled fragments that keep the order within each call.
  private static List<Chunk> chunks(Completion answer, Random random) {
    List<Chunk> chunks = new ArrayList<>();
    List<Integer> turns = new ArrayList<>();
    List<List<Chunk>> fragments = new ArrayList<>();
    chunks.add(new Chunk.Started(answer.id(), answer.model()));
    for (Part part : answer.parts()) {
      switch (part) {
        case Part.Thinking thinking ->
            pieces(thinking.text(), random).forEach(text -> chunks.add(new Chunk.ThinkingDelta(text)));
        case Part.Text text ->
            pieces(text.text(), random).forEach(piece -> chunks.add(new Chunk.TextDelta(piece)));
        case Part.Declined declined ->
            pieces(declined.text(), random).forEach(text -> chunks.add(new Chunk.DeclinedDelta(text)));
        case Part.ToolCall call -> {
          int number = fragments.size();
          chunks.add(new Chunk.ToolCallStarted(number, call.id(), call.name(), call.signature()));
          List<Chunk> deltas = new ArrayList<>();
          pieces(call.arguments(), random).forEach(text -> deltas.add(new Chunk.ToolCallDelta(number, text)));
          fragments.add(deltas);
          turns.addAll(Collections.nCopies(deltas.size(), number));
        }
        default -> throw new AssertionError(part);
      }
    }
    Collections.shuffle(turns, random);
    turns.forEach(call -> chunks.add(fragments.get(call).removeFirst()));
    chunks.add(new Chunk.Counted(Usage.NONE));
    chunks.add(new Chunk.Stopped(answer.stop(), null));
    chunks.add(new Chunk.Counted(answer.usage()));
    return chunks;
  }

  private static List<String> pieces(String text, Random random) {
    List<String> pieces = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int to = Math.min(text.length(), from + 1 + random.nextInt(5));
      if (Character.isHighSurrogate(text.charAt(to - 1))) {
        to++;
      }
      pieces.add(text.substring(from, to));
      from = to;
    }
    return pieces;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"choices\":[],\"usage\":{\"prompt_tokens\":1}} | false",
        "{\"usage\": {\"prompt_tokens\":1}, \"choices\": [ ]} | false",
        "{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":1}} | true",
        "{\"choices\":[],\"usage\":null,\"prompt_filter_results\":[]} | true",
        "{\"choices\":[{\"delta\":{\"content\":\"\\\"choices\\\":[],\\\"usage\\\":{\"}}]} | true",
        "[DONE] | true",
      })
  void onlyTheUsageChunkIsWithheldFromAPassedStream(String data, boolean passed) {
    SseEvent event = SseEvent.of(data);

    assertThat(writer(false).pass(event)).isEqualTo(passed ? event.bytes() : StreamWriter.NOTHING);
    assertThat(writer(true).pass(event)).isEqualTo(event.bytes());
  }

  @Test
  void missingMarkerIsAddedToAPassedStream() {
    StreamWriter without = writer(false);
    without.pass(SseEvent.of("{\"choices\":[]}"));
    assertThat(without.endPassed()).asString().isEqualTo("data: [DONE]\n\n");

    StreamWriter with = writer(false);
    with.pass(SseEvent.of("[DONE]"));
    assertThat(with.endPassed()).isEmpty();
  }

  @Test
  void failureIsOneErrorEventWithoutMarker() {
    Problem problem = new Problem(Problem.Kind.UPSTREAM, "it broke", null, null, null);

    List<String> data = data(writer(false).fail(problem));
    assertThat(data).hasSize(1);
    assertSame(
        data.getFirst(),
        "{\"error\":{\"message\":\"it broke\",\"type\":\"server_error\",\"param\":null,"
            + "\"code\":\"upstream_error\"}}");
  }

  @Test
  void providersErrorOfSeveralLinesBecomesOneEvent() {
    RawJson raw = new RawJson("{\n \"error\": {\n  \"message\": \"m\"\n }\n}");
    Problem problem =
        new Problem(Problem.Kind.INVALID, "x", null, null, new Failure.Original("openai-chat", raw));
    assertThat(data(writer(false).fail(problem))).containsExactly("{\"error\":{\"message\":\"m\"}}");

    Problem loose =
        new Problem(
            Problem.Kind.INVALID, "x", null, null,
            new Failure.Original("openai-chat", new RawJson("{\"detail\":\"m\"}")));
    assertThat(data(writer(false).fail(loose)).getFirst()).contains("\"error\":{\"message\":\"x\"");
  }

  @Test
  void keepAliveIsNoEvent() {
    SseReader reader = new SseReader(1024);
    List<SseEvent> events = reader.read(writer(false).keepAlive());

    assertThat(events).allMatch(event -> event.data().isEmpty());
  }
}
