// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Problem;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.StreamWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AnthropicStreamWriterTest {
  private static final String ASKED =
      "{\"model\":\"route\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}";

  private final AnthropicMessages dialect = new AnthropicMessages();

  private StreamWriter writer() {
    ClientRequest request = ClientRequest.of(ASKED.getBytes(UTF_8));
    return dialect.writeStream(request, dialect.scan(request).outline());
  }

  private AnthropicStreamJudge written(Chunk... chunks) {
    return written(List.of(chunks));
  }

  private AnthropicStreamJudge written(List<Chunk> chunks) {
    StreamWriter writer = writer();
    List<byte[]> pieces = new ArrayList<>();
    chunks.forEach(chunk -> pieces.add(writer.write(chunk)));
    pieces.add(writer.end());
    return AnthropicStreamJudge.of(AnthropicStreamJudge.bytes(pieces));
  }

  private static Chunk text(String text) {
    return new Chunk.TextDelta(text);
  }

  private static Chunk call(int number, String name) {
    return new Chunk.ToolCallStarted(number, "call_" + number, name, null);
  }

  private static Chunk arguments(int number, String json) {
    return new Chunk.ToolCallDelta(number, json);
  }

  @Test
  void textStream_isExactlyThis() {
    StreamWriter writer = writer();
    List<byte[]> pieces = new ArrayList<>();
    for (Chunk chunk :
        List.of(
            new Chunk.Started("chatcmpl-1", "gpt-4o"), text("Hi"), text(" é"),
            new Chunk.Stopped(StopReason.Known.END, null),
            new Chunk.Counted(new Usage(9, 1, 0, 0, 3, 2)))) {
      pieces.add(writer.write(chunk));
    }
    pieces.add(writer.end());
    assertThat(AnthropicStreamJudge.text(pieces))
        .isEqualTo(
            """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_chatcmpl-1","type":"message",\
            "role":"assistant","model":"gpt-4o","content":[],"stop_reason":null,"stop_sequence":null,"stop_details":null,\
            "container":null,"usage":{"input_tokens":0,"cache_creation_input_tokens":0,\
            "cache_read_input_tokens":0,"output_tokens":0,"server_tool_use":null,\
            "cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},\
            "service_tier":null,"inference_geo":null}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,\
            "content_block":{"type":"text","text":"","citations":null}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":" é"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null,\
            "stop_details":null,"container":null},"usage":{"input_tokens":9,"cache_creation_input_tokens":0,\
            "cache_read_input_tokens":1,"output_tokens":5,"output_tokens_details":{"thinking_tokens":2},\
            "server_tool_use":null}}

            event: message_stop
            data: {"type":"message_stop"}

            """);
  }

  @Test
  void usageKnownBeforeTheFirstWord_isInMessageStart() {
    StreamWriter writer = writer();
    assertThat(writer.write(new Chunk.Started("1", "m"))).isEmpty();
    assertThat(writer.write(new Chunk.Counted(new Usage(42, 0, 0, 0, 0, 0)))).isEmpty();
    assertThat(new String(writer.write(text("x")), UTF_8)).contains("\"input_tokens\":42");
  }

  @Test
  void firstChunkMayBeACall_alsoWithoutAStart() {
    AnthropicStreamJudge judge = written(call(0, "f"), new Chunk.PartEnded());
    assertThat(judge.whole().path("model").stringValue()).isEqualTo("route");
    assertThat(judge.whole().path("content"))
        .isEqualTo(
            Json.read("[{\"type\":\"tool_use\",\"id\":\"call_0\",\"name\":\"f\",\"caller\":{\"type\":\"direct\"},\"input\":{}}]"));
    assertThat(judge.whole().path("stop_reason").stringValue()).isEqualTo("tool_use");
    assertThat(judge.names())
        .containsExactly(
            "message_start", "content_block_start", "content_block_delta", "content_block_stop",
            "message_delta", "message_stop");
  }

  @Test
  void emptyStream_isAnEmptyMessage() {
    assertThat(written(new Chunk.Started("1", "m"), new Chunk.Stopped(StopReason.Known.MAX_TOKENS, null))
            .whole()
            .path("stop_reason")
            .stringValue())
        .isEqualTo("max_tokens");
  }

  @Test
  void everyPart_getsItsBlock() {
    JsonNode whole =
        written(
                new Chunk.Started("msg_1", "m"),
                new Chunk.ThinkingDelta("a"),
                new Chunk.ThinkingDelta("b"),
                new Chunk.ThinkingSigned(new Opaque("anthropic-messages", "sig")),
                new Chunk.PartEnded(),
                new Chunk.ThinkingDelta("c"),
                new Chunk.RedactedThinking(new Opaque("anthropic-messages", "enc")),
                new Chunk.ThinkingSigned(new Opaque("gemini", "x.y")),
                text("d"),
                new Chunk.PartEnded(),
                text("e"),
                new Chunk.Unknown(
                    "anthropic-messages",
                    new RawJson("{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"s\","
                        + "\"content\":[]}")),
                new Chunk.Unknown("gemini", new RawJson("{\"type\":\"x\"}")),
                new Chunk.ToolCallStarted(0, "c", "f", new Opaque("gemini", "z")),
                arguments(0, "{\"k\":"),
                arguments(0, "1}"),
                new Chunk.Stopped(StopReason.Known.END, null))
            .whole();
    assertThat(whole.path("content"))
        .isEqualTo(
            Json.read(
                """
                [{"type":"thinking","thinking":"ab","signature":"sig"},
                 {"type":"thinking","thinking":"c","signature":"auriga-signature.none.thought."},
                 {"type":"redacted_thinking","data":"enc"},
                 {"type":"thinking","thinking":"","signature":"auriga-signature.gemini.thought.x.y"},
                 {"type":"text","text":"d","citations":null},
                 {"type":"text","text":"e","citations":null},
                 {"type":"web_search_tool_result","tool_use_id":"s","content":[]},
                 {"type":"thinking","thinking":"","signature":"auriga-signature.gemini.call.z"},
                 {"type":"tool_use","id":"c","name":"f","caller":{"type":"direct"},"input":{"k":1}}]
                """));
    assertThat(whole.path("stop_reason").stringValue()).isEqualTo("tool_use");
  }

  @Test
  void sequentialCalls_areNotHeldBack() {
    StreamWriter writer = writer();
    writer.write(call(0, "f"));
    assertThat(new String(writer.write(arguments(0, "{}")), UTF_8)).contains("partial_json\":\"{}");
    writer.write(new Chunk.PartEnded());
    writer.write(call(1, "g"));
    assertThat(new String(writer.write(arguments(1, "{}")), UTF_8)).contains("partial_json\":\"{}");
  }

  /// Any interleaving of the deltas of some calls, with text in between, and parts ended or not,
  /// keeps each call whole.
  @Test
  void interleavedCalls_staywhole() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      int calls = 1 + random.nextInt(4);
      List<String> arguments = new ArrayList<>();
      List<List<Chunk>> lanes = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        String json = "{\"call\":" + i + ",\"text\":\"" + "é🙂x".repeat(random.nextInt(6)) + "\"}";
        arguments.add(json);
        lanes.add(lane(i, json, random));
      }
      if (random.nextBoolean()) {
        lanes.add(new ArrayList<>(List.of(text("a"), text("b"), new Chunk.ThinkingDelta("c"))));
      }
      List<Chunk> chunks = new ArrayList<>();
      while (!lanes.isEmpty()) {
        List<Chunk> lane = lanes.get(random.nextInt(lanes.size()));
        chunks.add(lane.removeFirst());
        lanes.removeIf(List::isEmpty);
      }
      chunks.add(new Chunk.Stopped(StopReason.Known.TOOL_CALLS, null));

      JsonNode content = written(chunks).whole().path("content");
      List<JsonNode> found =
          content.valueStream().filter(block -> block.path("type").stringValue().equals("tool_use")).toList();
      assertThat(found).as("seed " + seed).hasSize(calls);
      for (JsonNode call : found) {
        int number = Integer.parseInt(call.path("id").stringValue().substring("call_".length()));
        assertThat(call.path("name").stringValue()).isEqualTo("tool" + number);
        assertThat(call.path("input")).as("seed " + seed).isEqualTo(Json.read(arguments.get(number)));
      }
    }
  }

  private static List<Chunk> lane(int number, String json, Random random) {
    List<Chunk> lane = new ArrayList<>();
    lane.add(call(number, "tool" + number));
    for (int from = 0; from < json.length(); ) {
      int to = Math.min(json.length(), from + 1 + random.nextInt(9));
      if (to < json.length() && Character.isLowSurrogate(json.charAt(to))) {
        to++;
      }
      lane.add(arguments(number, json.substring(from, to)));
      from = to;
    }
    return lane;
  }

  @Test
  void declinedText_isTextAndARefusal() {
    JsonNode whole =
        written(
                new Chunk.Started("1", "m"), new Chunk.DeclinedDelta("I will not."),
                new Chunk.Stopped(StopReason.Known.END, null))
            .whole();
    assertThat(whole.at("/content/0/text").stringValue()).isEqualTo("I will not.");
    assertThat(whole.path("stop_reason").stringValue()).isEqualTo("refusal");
  }

  @Test
  void unknownStopReason_isPassedAsSuch() {
    assertThat(
            written(text("x"), new Chunk.Stopped(new StopReason.Unknown("mood"), null))
                .whole()
                .path("stop_reason")
                .stringValue())
        .isEqualTo("mood");
  }

  @Test
  void failure_isAnErrorEvent_andNothingComesAfterIt() {
    StreamWriter writer = writer();
    List<byte[]> pieces = new ArrayList<>();
    pieces.add(writer.write(text("x")));
    pieces.add(
        writer.fail(
            Problem.of(
                Failure.of(FailureKind.OVERLOADED, "all are busy"), "all are busy")));
    pieces.add(writer.end());
    pieces.add(writer.keepAlive());
    pieces.add(writer.fail(new Problem(Problem.Kind.INTERNAL, "again", null, null, null)));
    AnthropicStreamJudge judge = AnthropicStreamJudge.of(AnthropicStreamJudge.bytes(pieces));

    assertThat(judge.hasFailed()).isTrue();
    assertThat(judge.names()).endsWith("content_block_delta", "error").doesNotContain("message_stop");
  }

  @Test
  void failedChunk_isAnErrorEvent() {
    StreamWriter writer = writer();
    byte[] error =
        writer.write(new Chunk.Failed(Failure.of(FailureKind.RATE_LIMITED, "slow down")));
    assertThat(new String(error, UTF_8))
        .startsWith("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\"");
    assertThat(writer.end()).isEmpty();
  }

  @Test
  void originalErrorOverManyLines_staysOneEvent() {
    Failure.Original original =
        new Failure.Original(
            "anthropic-messages",
            new RawJson("{\n\"type\":\"error\",\n\n\"error\":{\"type\":\"x\",\"message\":\"y\"}}"));
    byte[] error =
        writer().fail(new Problem(Problem.Kind.INVALID, "told", null, null, original));
    assertThat(AnthropicStreamJudge.of(error).hasFailed()).isTrue();
  }

  @Test
  void keepAlive_isAPing_betweenAnyTwoEvents() {
    StreamWriter writer = writer();
    List<byte[]> pieces = new ArrayList<>();
    for (Chunk chunk : List.of(call(0, "f"), arguments(0, "{}"), text("x"))) {
      pieces.add(writer.keepAlive());
      pieces.add(writer.write(chunk));
    }
    pieces.add(writer.end());
    AnthropicStreamJudge judge = AnthropicStreamJudge.of(AnthropicStreamJudge.bytes(pieces));
    assertThat(judge.whole().path("content").size()).isEqualTo(2);
    assertThat(judge.names().stream().filter("ping"::equals)).hasSize(3);
  }

  @Test
  void passedEvents_areTheirBytes() {
    SseEvent event = SseEvent.of("{\"type\":\"whatever\"}  ");
    assertThat(writer().pass(event)).isEqualTo(event.bytes());
    assertThat(writer().endPassed()).isEmpty();
    assertThat(writer().contentType()).startsWith("text/event-stream");
  }
}
