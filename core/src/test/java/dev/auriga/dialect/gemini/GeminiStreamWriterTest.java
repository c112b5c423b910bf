// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.ChunkFold;
import dev.auriga.completion.Completion;
import dev.auriga.completion.Failure;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Thinking;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Problem;
import dev.auriga.dialect.SseReader;
import dev.auriga.dialect.StreamReader;
import dev.auriga.dialect.StreamWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GeminiStreamWriterTest {
  private static final Outline ASKED =
      new Outline("auto", true, "", Set.of(), false, null, new Thinking.Unsaid(), true);

  private final Dialect gemini = new Gemini();

  private StreamWriter writer(ClientRequest.Framing framing) {
    return gemini.writeStream(new ClientRequest(new byte[0], "auto", framing), ASKED);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] written(StreamWriter writer, List<Chunk> chunks) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    chunks.forEach(chunk -> out.writeBytes(writer.write(chunk)));
    out.writeBytes(writer.end());
    return out.toByteArray();
  }

  private Completion readBack(byte[] stream) {
    StreamReader reader = gemini.readStream();
    Completion completion = ChunkFold.of(GeminiStreams.inPieces(stream, new Random(1), reader));
    assertThat(reader.atEnd()).isNull();
    return completion;
  }

  private static final List<Chunk> FOREIGN =
      List.of(
          new Chunk.Started("msg_1", "claude-sonnet-4-5"),
          new Chunk.ToolCallStarted(0, "toolu_1", "f", null),
          new Chunk.ToolCallDelta(0, "{\"a\""),
          new Chunk.ToolCallDelta(0, ":1}"),
          new Chunk.PartEnded(),
          new Chunk.ThinkingDelta("hm"),
          new Chunk.ThinkingSigned(new Opaque("anthropic-messages", "sig")),
          new Chunk.PartEnded(),
          new Chunk.TextDelta("Hel"),
          new Chunk.TextDelta("lo"),
          new Chunk.Stopped(StopReason.Known.TOOL_CALLS, null),
          new Chunk.Counted(new Usage(10, 5, 0, 0, 7, 3)));

  @Test
  void aForeignStream_becomesWholeResponses() {
    StreamWriter writer = writer(ClientRequest.Framing.SSE);
    byte[] stream = written(writer, FOREIGN);

    List<String> lines = text(stream).lines().filter(line -> !line.isEmpty()).toList();
    assertThat(writer.contentType()).isEqualTo("text/event-stream");
    assertThat(lines).hasSize(5).allMatch(line -> line.startsWith("data: {"));
    JsonNode first = Json.read(lines.getFirst().substring(6));
    assertThat(first)
        .isEqualTo(
            Json.read(
                """
                {"candidates": [{"content": {"role": "model", "parts": [
                   {"functionCall": {"id": "toolu_1", "name": "f", "args": {"a": 1}}}]}, "index": 0}],
                 "modelVersion": "claude-sonnet-4-5", "responseId": "msg_1"}
                """));
    JsonNode last = Json.read(lines.getLast().substring(6));
    assertThat(last)
        .isEqualTo(
            Json.read(
                """
                {"candidates": [{"content": {"role": "model", "parts": [{"text": ""}]},
                  "finishReason": "STOP", "index": 0}],
                 "usageMetadata": {"promptTokenCount": 15, "cachedContentTokenCount": 5,
                   "candidatesTokenCount": 7,
                   "thoughtsTokenCount": 3, "totalTokenCount": 25},
                 "modelVersion": "claude-sonnet-4-5", "responseId": "msg_1"}
                """));
    assertThat(readBack(stream))
        .isEqualTo(
            new Completion(
                "msg_1", "claude-sonnet-4-5",
                List.of(
                    Part.ToolCall.of("toolu_1", "f", "{\"a\":1}"), new Part.Thinking(
                        "hm", null), Part.Text.of("Hello")),
                StopReason.Known.TOOL_CALLS, null, new Usage(10, 5, 0, 0, 7, 3)));
  }

  @Test
  void withoutSse_theStreamIsOneArray() {
    StreamWriter writer = writer(ClientRequest.Framing.JSON_ARRAY);

    JsonNode array = Json.read(written(writer, FOREIGN));

    assertThat(writer.contentType()).isEqualTo("application/json");
    assertThat(array.isArray()).isTrue();
    assertThat(array.size()).isEqualTo(5);
    assertThat(array.at("/4/candidates/0/finishReason").stringValue()).isEqualTo("STOP");
    assertThat(text(writer(ClientRequest.Framing.JSON_ARRAY).endPassed())).isEqualTo("[]");
  }

  @Test
  void anyInterleaving_keepsEachCallWhole() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      int calls = 1 + random.nextInt(4);
      List<List<Chunk>> threads = new ArrayList<>();
      for (int call = 0; call < calls; call++) {
        String arguments = "{\"n\":%d,\"s\":\"ü{}\\\"\"}".formatted(call);
        List<Chunk> thread = new ArrayList<>(
            List.of(new Chunk.ToolCallStarted(call, "id" + call, "f" + call, null)));
        for (int from = 0; from < arguments.length(); ) {
          int to = Math.min(arguments.length(), from + 1 + random.nextInt(5));
          thread.add(new Chunk.ToolCallDelta(call, arguments.substring(from, to)));
          from = to;
        }
        threads.add(thread);
      }
      List<Chunk> chunks = new ArrayList<>(List.of(new Chunk.Started("x", "m")));
      while (threads.stream().anyMatch(thread -> !thread.isEmpty())) {
        int choice = random.nextInt(calls + 1);
        if (choice == calls) {
          chunks.add(new Chunk.TextDelta("t"));
        } else if (!threads.get(choice).isEmpty()) {
          chunks.add(threads.get(choice).removeFirst());
        }
      }
      chunks.add(new Chunk.Stopped(StopReason.Known.TOOL_CALLS, null));

      List<Part> told =
          readBack(written(writer(ClientRequest.Framing.SSE), chunks)).parts().stream()
              .filter(Part.ToolCall.class::isInstance).toList();

      List<Part> expected = new ArrayList<>();
      for (int call = 0; call < calls; call++) {
        expected.add(
            Part.ToolCall.of("id" + call, "f" + call, "{\"n\":%d,\"s\":\"ü{}\\\"\"}".formatted(call)));
      }
      assertThat(told).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void geminisOwnChunks_comeBackAsTheyWere() {
    List<Chunk> own =
        List.of(
            new Chunk.Started("id", "m"),
            new Chunk.ThinkingDelta("t"),
            new Chunk.ThinkingSigned(new Opaque("gemini", "YQ==")),
            new Chunk.TextDelta("x"),
            new Chunk.ThinkingSigned(new Opaque("gemini", "Yg==")),
            new Chunk.Unknown("gemini", new RawJson("{\"executableCode\":{\"code\":\"1\"}}")),
            new Chunk.Unknown("openai-chat", new RawJson("{\"x\":1}")),
            new Chunk.ToolCallStarted(0, "c", "f", new Opaque("gemini", "Yw==")),
            new Chunk.ToolCallDelta(0, "{}"),
            new Chunk.PartEnded(),
            new Chunk.Counted(new Usage(1, 0, 0, 0, 1, 1)),
            new Chunk.Stopped(StopReason.Known.TOOL_CALLS, null));

    Completion completion = readBack(written(writer(ClientRequest.Framing.SSE), own));

    assertThat(completion.parts())
        .containsExactly(
            new Part.Thinking("t", new Opaque("gemini", "YQ==")),
            Part.Text.of("x"),
            new Part.Thinking("", new Opaque("gemini", "Yg==")),
            new Part.Unknown("gemini", new RawJson("{\"executableCode\":{\"code\":\"1\"}}")),
            new Part.ToolCall("c", "f", "{}", new Opaque("gemini", "Yw=="), null));
  }

  @Test
  void passedEvents_keepTheirBytes_orAreFramedAsAnArray() {
    byte[] stream = "data: {\"a\": 1.0}\r\n\r\n: ping\r\n\r\ndata: {\"b\":2}\r\n\r\n".getBytes(
        StandardCharsets.UTF_8);
    StringBuilder sse = new StringBuilder();
    StringBuilder array = new StringBuilder();
    StreamWriter sseWriter = writer(ClientRequest.Framing.SSE);
    StreamWriter arrayWriter = writer(ClientRequest.Framing.JSON_ARRAY);
    new SseReader(1000).read(stream).forEach(event -> {
      sse.append(text(sseWriter.pass(event)));
      array.append(text(arrayWriter.pass(event)));
    });

    assertThat(sse + text(sseWriter.endPassed()))
        .isEqualTo("data: {\"a\": 1.0}\r\n\r\ndata: {\"b\":2}\r\n\r\n");
    assertThat(array + text(arrayWriter.endPassed())).isEqualTo("[{\"a\": 1.0},\r\n{\"b\":2}]");
  }

  @Test
  void failing_tellsTheErrorAsTheLastElement() {
    Problem problem =
        new Problem(Problem.Kind.OVERLOADED, "busy", null, null,
            new Failure.Original("gemini", new RawJson("{\n \"error\": {\n \"code\": 503}}")));
    StreamWriter sse = writer(ClientRequest.Framing.SSE);
    StreamWriter array = writer(ClientRequest.Framing.JSON_ARRAY);
    String begun = text(array.write(new Chunk.TextDelta("a")));

    assertThat(text(sse.fail(problem))).isEqualTo("data: {\"error\":{\"code\":503}}\r\n\r\n");
    assertThat(Json.read(begun + text(array.fail(problem))).at("/1/error/code").intValue()).isEqualTo(503);
    assertThat(Json.read(text(writer(ClientRequest.Framing.JSON_ARRAY).fail(problem))).size()).isEqualTo(1);
  }

  @Test
  void nothingIsSentToKeepAlive_asGooglesSdksTakeEveryLineForData() {
    assertThat(writer(ClientRequest.Framing.SSE).keepAlive()).isEmpty();
    assertThat(writer(ClientRequest.Framing.JSON_ARRAY).keepAlive()).isEmpty();
  }

  @Test
  void argumentsThatAreNoObject_areKeptReadable() {
    Completion completion =
        readBack(
            written(
                writer(ClientRequest.Framing.SSE),
                List.of(
                    new Chunk.Started("x", "m"),
                    new Chunk.ToolCallStarted(0, "1", "f", null),
                    new Chunk.ToolCallDelta(0, "{\"a\":"),
                    new Chunk.ToolCallStarted(1, "2", "g", null),
                    new Chunk.Stopped(StopReason.Known.TOOL_CALLS, null))));

    assertThat(completion.parts())
        .containsExactly(
            Part.ToolCall.of("1", "f", "{\"unreadable_arguments\":\"{\\\"a\\\":\"}"),
            Part.ToolCall.of("2", "g", "{}"));
  }

  @Test
  void stops_haveGooglesNames() {
    for (var row : List.of(
        Map.entry(StopReason.Known.MAX_TOKENS, "MAX_TOKENS"),
        Map.entry(StopReason.Known.CONTEXT_FULL, "MAX_TOKENS"),
        Map.entry(StopReason.Known.FILTERED, "SAFETY"),
        Map.entry(StopReason.Known.STOP_SEQUENCE, "STOP"),
        Map.entry(new StopReason.Unknown("weird"), "weird"),
        Map.entry(new StopReason.Unknown(""), "OTHER"))) {
      StreamWriter writer = writer(ClientRequest.Framing.JSON_ARRAY);
      writer.write(new Chunk.Stopped(row.getKey(), null));
      assertThat(Json.read(writer.end()).at("/0/candidates/0/finishReason").stringValue())
          .isEqualTo(row.getValue());
    }
  }
}
