// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.ChunkFold;
import dev.auriga.completion.Completion;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ResponsesStreamWriterTest {
  private static final ClientRequest CLIENT =
      ClientRequest.of("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  private static final String ASKED =
      """
      {"model":"m","stream":true,"input":[{"role":"user","content":"x"}],"instructions":"Be kind.",
       "temperature":0.25,"max_output_tokens":99,"tool_choice":"required","metadata":{"k":"v"},
       "reasoning":{"effort":"low"},"text":{"verbosity":"low"},
       "tools":[{"type":"function","name":"f","parameters":{"type":"object"}}]}
      """;

  private final OpenAiResponses dialect =
      new OpenAiResponses(InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000)));

  private StreamWriter writer(String body) {
    ClientRequest request = ClientRequest.of(body.getBytes(StandardCharsets.UTF_8));
    return dialect.writeStream(request, dialect.scan(request).outline());
  }

  private StreamWriter writer() {
    return writer("{\"model\":\"m\",\"stream\":true,\"input\":\"x\"}");
  }

  private static byte[] written(StreamWriter writer, List<Chunk> chunks) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    chunks.forEach(chunk -> out.writeBytes(writer.write(chunk)));
    out.writeBytes(writer.end());
    return out.toByteArray();
  }

  private static List<SseEvent> events(byte[] bytes) {
    return new SseReader(1 << 20).read(bytes);
  }

  private static List<JsonNode> data(byte[] bytes) {
    return events(bytes).stream()
        .map(SseEvent::data)
        .filter(data -> !data.equals("[DONE]"))
        .map(Json::read)
        .toList();
  }

  private static final List<Chunk> EVERYTHING =
      List.of(
          new Chunk.Started("msg_01", "claude-sonnet-4-5"),
          new Chunk.ThinkingDelta("h"),
          new Chunk.ThinkingDelta("m"),
          new Chunk.ThinkingSigned(new Opaque("anthropic-messages", "sig")),
          new Chunk.PartEnded(),
          new Chunk.RedactedThinking(new Opaque("anthropic-messages", "zz")),
          new Chunk.PartEnded(),
          new Chunk.TextDelta("Hi "),
          new Chunk.TextDelta("there"),
          new Chunk.PartEnded(),
          new Chunk.DeclinedDelta("No"),
          new Chunk.ToolCallStarted(0, "c0", "f", new Opaque("gemini", "s0")),
          new Chunk.ToolCallStarted(1, "c1", "g", null),
          new Chunk.ToolCallDelta(1, "{"),
          new Chunk.ToolCallDelta(0, "{\"a\":1}"),
          new Chunk.ToolCallDelta(1, "}"),
          new Chunk.Stopped(StopReason.Known.TOOL_CALLS, null),
          new Chunk.Counted(new Usage(5, 3, 2, 1, 7, 4)));

  @Test
  void wholeGrammar() {
    byte[] bytes = written(writer(), EVERYTHING);

    assertThat(events(bytes).stream().map(SseEvent::name))
        .containsExactly(
            "response.created", "response.in_progress",
            "response.output_item.added", "response.reasoning_summary_part.added",
            "response.reasoning_summary_text.delta", "response.reasoning_summary_text.delta",
            "response.reasoning_summary_text.done", "response.reasoning_summary_part.done",
            "response.output_item.done",
            "response.output_item.added", "response.output_item.done",
            "response.output_item.added", "response.content_part.added", "response.output_text.delta",
            "response.output_text.delta", "response.output_text.done", "response.content_part.done",
            "response.content_part.added", "response.refusal.delta", "response.refusal.done",
            "response.content_part.done", "response.output_item.done",
            "response.output_item.added", "response.output_item.done",
            "response.output_item.added", "response.output_item.added",
            "response.function_call_arguments.delta", "response.function_call_arguments.delta",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.done", "response.output_item.done",
            "response.function_call_arguments.done", "response.output_item.done",
            "response.completed", "");
    assertThat(events(bytes).getLast().data()).isEqualTo("[DONE]");
    List<JsonNode> data = data(bytes);
    for (int i = 0; i < data.size(); i++) {
      assertThat(data.get(i).path("sequence_number").intValue()).isEqualTo(i);
      assertThat(data.get(i).path("type").stringValue()).isEqualTo(events(bytes).get(i).name());
    }
    assertThat(data.get(15))
        .isEqualTo(
            Json.read(
                "{\"type\":\"response.output_text.done\",\"sequence_number\":15,\"item_id\":\"msg_msg_01_2\","
                    + "\"output_index\":2,\"content_index\":0,\"text\":\"Hi there\",\"logprobs\":[]}"));
    assertThat(data.get(30))
        .isEqualTo(
            Json.read(
                "{\"type\":\"response.output_item.done\",\"sequence_number\":30,\"output_index\":4,\"item\":"
                    + "{\"id\":\"fc_msg_01_4\",\"type\":\"function_call\",\"status\":\"completed\","
                    + "\"arguments\":\"{\\\"a\\\":1}\",\"call_id\":\"c0\",\"name\":\"f\"}}"));
  }

  @Test
  void terminalEventHasTheResponseOfTheWholeReply_andRepeatsTheRequest() {
    JsonNode response = data(written(writer(ASKED), EVERYTHING)).getLast().path("response");

    assertThat(response.path("output"))
        .isEqualTo(Json.read(dialect.writeReply(ChunkFold.of(EVERYTHING), CLIENT).body()).path("output"));
    assertThat(response.path("instructions").stringValue()).isEqualTo("Be kind.");
    assertThat(response.path("temperature").doubleValue()).isEqualTo(0.25);
    assertThat(response.path("max_output_tokens").intValue()).isEqualTo(99);
    assertThat(response.path("tool_choice").stringValue()).isEqualTo("required");
    assertThat(response.path("metadata")).isEqualTo(Json.read("{\"k\":\"v\"}"));
    assertThat(response.path("reasoning")).isEqualTo(Json.read("{\"effort\":\"low\",\"summary\":null}"));
    assertThat(response.path("text")).isEqualTo(Json.read("{\"verbosity\":\"low\",\"format\":{\"type\":\"text\"}}"));
    assertThat(response.at("/tools/0"))
        .isEqualTo(
            Json.read(
                "{\"type\":\"function\",\"name\":\"f\",\"parameters\":{\"type\":\"object\"},"
                    + "\"description\":null,\"strict\":null}"));
    assertThat(response.path("store").booleanValue()).isFalse();
  }

  @Test
  void everyEventFitsBothSpecifications() {
    SpecJudge openAi = SpecJudge.of("openai.json");
    SpecJudge openResponses = SpecJudge.of("open-responses.json");
    Problem problem = new Problem(Problem.Kind.UPSTREAM, "it broke", null, null, null);
    StreamWriter failing = writer(ASKED);
    List<byte[]> streams =
        List.of(written(writer(ASKED), EVERYTHING), written(writer(), EVERYTHING), failing.fail(problem));

    for (byte[] stream : streams) {
      for (JsonNode event : data(stream)) {
        String type = event.path("type").stringValue();
        assertThat(openResponses.faults(event, openName(type))).as(type).isEmpty();
        // Open Responses wants usage to be there and null; OpenAI sends it so and does not say so.
        if (event.path("response") instanceof ObjectNode response && response.path("usage").isNull()) {
          response.remove("usage");
        }
        assertThat(openAi.faults(event, "ResponseStreamEvent")).as(type).isEmpty();
      }
    }
  }

  /// `response.output_text.done` is `ResponseOutputTextDoneStreamingEvent`.
  private static String openName(String type) {
    StringBuilder name = new StringBuilder();
    for (String word : type.split("[._]")) {
      name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
    }
    return name.append("StreamingEvent").toString().replace("SummaryText", "Summary");
  }

  @Test
  void firstChunkMayBeACall() {
    List<JsonNode> data = data(writer().write(new Chunk.ToolCallStarted(0, "c", "f", null)));

    assertThat(data.stream().map(event -> event.path("type").stringValue()))
        .containsExactly("response.created", "response.in_progress", "response.output_item.added");
    assertThat(data.getFirst().at("/response/id").stringValue()).startsWith("resp_");
  }

  @Test
  void cutAnswerEndsIncomplete() {
    List<JsonNode> data =
        data(
            written(
                writer(),
                List.of(
                    new Chunk.Started("r", "m"),
                    new Chunk.TextDelta("x"),
                    new Chunk.Stopped(StopReason.Known.MAX_TOKENS, null))));

    assertThat(data.getLast().path("type").stringValue()).isEqualTo("response.incomplete");
    assertThat(data.getLast().at("/response/incomplete_details/reason").stringValue())
        .isEqualTo("max_output_tokens");
    assertThat(data.getLast().at("/response/output/0/status").stringValue()).isEqualTo("incomplete");
    assertThat(data.getLast().at("/response/completed_at").isNull()).isTrue();
  }

  @Test
  void brokenStreamEndsFailed_withoutMarker() {
    StreamWriter writer = writer();
    writer.write(new Chunk.Started("r", "m"));
    writer.write(new Chunk.TextDelta("half"));

    byte[] bytes = writer.fail(new Problem(Problem.Kind.RATE_LIMITED, "later", null, null, null));

    List<JsonNode> data = data(bytes);
    assertThat(events(bytes)).hasSize(1);
    assertThat(data.getFirst().path("type").stringValue()).isEqualTo("response.failed");
    assertThat(data.getFirst().path("sequence_number").intValue()).isEqualTo(5);
    assertThat(data.getFirst().at("/response/error"))
        .isEqualTo(Json.read("{\"code\":\"rate_limit_exceeded\",\"message\":\"later\"}"));
    assertThat(data.getFirst().at("/response/status").stringValue()).isEqualTo("failed");
  }

  @Test
  void passedStreamThatBreaksGoesOnFromWhatWasPassed() {
    StreamWriter writer = writer();
    SseEvent created =
        SseEvent.of(
            "{\"type\":\"response.created\",\"sequence_number\":0,\"response\":{\"id\":\"resp_7\",\"model\":\"gpt-5\"}}");
    assertThat(writer.pass(created)).isEqualTo(created.bytes());
    writer.pass(SseEvent.of("{\"type\":\"response.in_progress\",\"sequence_number\":1}"));

    List<JsonNode> data = data(writer.fail(new Problem(Problem.Kind.UPSTREAM, "m", null, null, null)));

    assertThat(data).hasSize(1);
    assertThat(data.getFirst().path("sequence_number").intValue()).isEqualTo(2);
    assertThat(data.getFirst().at("/response/id").stringValue()).isEqualTo("resp_7");
  }

  @Test
  void missingMarkerIsAddedToAPassedStream() {
    StreamWriter without = writer();
    without.pass(SseEvent.of("{\"type\":\"response.completed\"}"));
    assertThat(without.endPassed()).asString().isEqualTo("data: [DONE]\n\n");

    StreamWriter with = writer();
    with.pass(SseEvent.of("[DONE]"));
    assertThat(with.endPassed()).isEmpty();
  }

  @Test
  void keepAliveIsACommentOnly() {
    assertThat(new String(writer().keepAlive(), StandardCharsets.UTF_8)).startsWith(":").endsWith("\n\n");
  }

  /// A stream written and read back, cut into any reads, is the same answer, and its events are
  /// legal.
  @Test
  void streamRoundTripKeepsTheAnswer_underAnySplitAndInterleaving() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Completion answer = answer(random);
      byte[] bytes = written(writer(), chunks(answer, random));

      List<Chunk> read = new ArrayList<>();
      StreamReader reader = dialect.readStream();
      SseReader events = new SseReader(1 << 20);
      for (int from = 0; from < bytes.length; ) {
        int to = Math.min(bytes.length, from + 1 + random.nextInt(60));
        events.read(Arrays.copyOfRange(bytes, from, to)).forEach(event -> reader.read(event, read::add));
        from = to;
      }

      assertThat(reader.atEnd()).as("seed %d", seed).isNull();
      assertThat(ChunkFold.of(read)).as("seed %d", seed).isEqualTo(answer);
      assertLegal(data(bytes), seed);
    }
  }

  /// Every item is added once at the next index, done once with what its deltas said, and nothing
  /// is said of it before or after.
  private static void assertLegal(List<JsonNode> events, long seed) {
    Map<Integer, StringBuilder> open = new HashMap<>();
    Set<Integer> done = new HashSet<>();
    for (JsonNode event : events) {
      int index = event.path("output_index").asInt(-1);
      switch (event.path("type").stringValue()) {
        case "response.output_item.added" -> {
          assertThat(index).as("seed %d", seed).isEqualTo(open.size() + done.size());
          open.put(index, new StringBuilder());
        }
        case "response.output_item.done" -> {
          assertThat(open.remove(index)).as("seed %d", seed).isNotNull();
          done.add(index);
        }
        case "response.function_call_arguments.delta" -> open.get(index).append(event.path("delta").stringValue());
        case "response.function_call_arguments.done" ->
            assertThat(event.path("arguments").stringValue()).isEqualTo(open.get(index).toString());
        default -> assertThat(index < 0 || open.containsKey(index)).as("seed %d", seed).isTrue();
      }
    }
    assertThat(open).as("seed %d", seed).isEmpty();
  }

  /// The same for a whole reply, so that folding a stream is reading the reply.
  @Test
  void replyRoundTripKeepsTheAnswer() {
    for (long seed = 0; seed < 300; seed++) {
      Completion answer = answer(new Random(seed));
      byte[] reply = dialect.writeReply(answer, CLIENT).body();

      assertThat(dialect.readReply(reply)).as("seed %d", seed).isEqualTo(answer);
      assertThat(dialect.glance(reply))
          .as("seed %d", seed)
          .isEqualTo(new Glance(answer.model(), answer.usage(), answer.stop(), !answer.parts().isEmpty()));
    }
  }

  private static Completion answer(Random random) {
    List<Part> parts = new ArrayList<>();
    if (random.nextBoolean()) {
      Opaque signature = random.nextBoolean() ? new Opaque("anthropic-messages", words(random)) : null;
      parts.add(new Part.Thinking(words(random), signature));
    }
    if (random.nextInt(3) == 0) {
      parts.add(new Part.RedactedThinking(new Opaque("anthropic-messages", words(random))));
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
      Opaque signature = random.nextBoolean() ? new Opaque("gemini", words(random)) : null;
      parts.add(
          new Part.ToolCall("call-" + call, "tool_" + call, "{\"q\":%s}".formatted(quoted), signature, null));
    }
    StopReason stop = calls > 0 ? StopReason.Known.TOOL_CALLS : StopReason.Known.END;
    Usage usage =
        new Usage(random.nextInt(99), random.nextInt(99), random.nextInt(9), 0, 9, random.nextInt(9));
    return new Completion("resp_" + random.nextInt(99), "model-x", parts, stop, null, usage);
  }

  private static String words(Random random) {
    String[] words = {"é", "\"", "\\", "\n", "😀", " data: x", "[DONE]", "{}", "\u2028", "a.b"};
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
        case Part.Thinking thinking -> {
          pieces(thinking.text(), random).forEach(text -> chunks.add(new Chunk.ThinkingDelta(text)));
          if (thinking.signature() != null) {
            chunks.add(new Chunk.ThinkingSigned(thinking.signature()));
          }
        }
        case Part.RedactedThinking redacted -> chunks.add(new Chunk.RedactedThinking(redacted.content()));
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
      if (!(part instanceof Part.ToolCall) && random.nextBoolean()) {
        chunks.add(new Chunk.PartEnded());
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
}
