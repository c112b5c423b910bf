// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import static dev.auriga.completion.Outlines.withoutLineage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.ChunkFold;
import dev.auriga.completion.Completion;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Part;
import dev.auriga.completion.StopReason;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Glance;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.SseReader;
import dev.auriga.dialect.StreamReader;
import dev.auriga.dialect.StreamWriter;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Targets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Recorded Responses traffic with OpenAI and Azure OpenAI, read and passed on.
///
/// The recordings are no part of the project; see [SpecJudge] for where they are looked for.
class ResponsesRecordingsTest {
  private static final ClientRequest ASKED =
      ClientRequest.of("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  private static final Map<String, byte[]> REQUESTS = new TreeMap<>();
  private static final Map<String, byte[]> REPLIES = new TreeMap<>();
  private static final Map<String, byte[]> STREAMS = new TreeMap<>();

  private final OpenAiResponses dialect = new OpenAiResponses();

  @BeforeAll
  static void readAll() throws IOException {
    Path recordings = SpecJudge.shared().resolve("recordings");
    for (Path file : files(recordings.resolve("openllmetry/openai"), ".yaml")) {
      int number = 0;
      for (JsonNode each : new YAMLMapper().readTree(Files.readString(file)).path("interactions").values()) {
        boolean posted =
            each.at("/request/uri").asString("").endsWith("/responses")
                && each.at("/request/method").asString("").equals("POST");
        JsonNode body = each.at("/response/body/string");
        JsonNode asked = each.at("/request/body");
        // Binary bodies are compressed; they say nothing about the dialect.
        if (posted && body.isString() && asked.isString()) {
          String name = file.getFileName() + "#" + number++;
          byte[] bytes = body.stringValue().getBytes(StandardCharsets.UTF_8);
          REQUESTS.put(name, asked.stringValue().getBytes(StandardCharsets.UTF_8));
          (body.stringValue().startsWith("event:") ? STREAMS : REPLIES).put(name, bytes);
        }
      }
    }
    for (String vendor : List.of("vercel-ai/openai", "vercel-ai/azure")) {
      for (Path file : files(recordings.resolve(vendor), ".json")) {
        byte[] body = Files.readAllBytes(file);
        if (Json.read(body).path("object").asString("").equals("response")) {
          REPLIES.put(file.getFileName().toString(), body);
        }
      }
      for (Path file : files(recordings.resolve(vendor), ".chunks.txt")) {
        chunks(file.getFileName().toString(), Files.readAllLines(file));
      }
    }
  }

  /// A file of one event in each line, which may hold several streams one after another.
  private static void chunks(String name, List<String> lines) {
    StringBuilder stream = new StringBuilder();
    int number = 0;
    for (String line : lines) {
      if (line.contains("\"type\":\"response.created\"")) {
        stream.setLength(0);
      }
      stream.append("data: ").append(line).append("\n\n");
      if (line.contains("\"type\":\"response.completed\"") && isJson(line)) {
        STREAMS.put(name + "#" + number++, stream.toString().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /// One of the files was shortened by hand in the middle of its last event.
  private static boolean isJson(String line) {
    try {
      return Json.read(line).isObject();
    } catch (JacksonException _) {
      return false;
    }
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  @Test
  void everyRequestIsReadAndPassedOn() {
    REQUESTS.forEach(
        (name, body) -> {
          if (Json.read(body).has("previous_response_id")) {
            return;
          }
          ClientRequest request = ClientRequest.of(body);
          CompletionRequest read = dialect.readRequest(request);
          assertThat(withoutLineage(dialect.scan(request).outline()))
              .as(name)
              .isEqualTo(withoutLineage(Outline.of(read)));
          Target target = Targets.openAi("served", 4096, 8000);
          byte[] passed = dialect.scan(request).passage().to(target).body();
          String model = Json.read(body).path("model").stringValue();
          assertThat(new String(passed, StandardCharsets.UTF_8))
              .as(name)
              .isEqualTo(new String(body, StandardCharsets.UTF_8).replace("\"" + model + "\"", "\"served\""));
          assertThat(dialect.readRequest(ClientRequest.of(dialect.writeRequest(read, target).body())).messages())
              .as(name)
              .isEqualTo(read.messages());
        });
    assertThat(REQUESTS.size()).isGreaterThan(10);
  }

  @Test
  void everyReplyIsReadAndGlancedAt() {
    REPLIES.forEach(
        (name, body) -> {
          JsonNode reply = Json.read(body);
          if (reply.has("error") && !reply.path("error").isNull()) {
            return;
          }
          Completion completion = dialect.readReply(body);
          assertThat(dialect.glance(body))
              .as(name)
              .isEqualTo(
                  new Glance(
                      completion.model(), completion.usage(), completion.stop(), !completion.parts().isEmpty()));
          assertThat(completion.usage().total())
              .as(name)
              .isEqualTo(reply.at("/usage/total_tokens").longValue());
          assertThat(completion.usage().reasoning())
              .isEqualTo(reply.at("/usage/output_tokens_details/reasoning_tokens").longValue());
          assertThat(dialect.readReply(dialect.writeReply(completion, ASKED).body()))
              .as(name)
              .usingRecursiveComparison()
              .ignoringFieldsMatchingRegexes("unread", "parts.*signature.*", "parts.*content.*")
              .isEqualTo(completion);
        });
    assertThat(REPLIES.size()).isGreaterThan(10);
  }

  @Test
  void everyStreamIsReadUnderAnySplit_likeTheWholeResponseAtItsEnd() {
    STREAMS.forEach(
        (name, bytes) -> {
          List<Chunk> chunks = read(bytes, bytes.length);
          assertThat(read(bytes, 37)).as(name).isEqualTo(chunks);
          Completion folded = ChunkFold.of(chunks);
          Completion whole = dialect.readReply(lastResponse(bytes));
          assertThat(folded.usage()).as(name).isEqualTo(whole.usage());
          assertThat(folded.stop()).as(name).isEqualTo(whole.stop()).isInstanceOf(StopReason.Known.class);
          // The deltas of this one were shortened by hand.
          boolean shortened = name.startsWith("openai-phase");
          assertThat(folded.parts()).as(name).hasSameSizeAs(whole.parts());
          assertThat(folded.parts().stream().map(ResponsesRecordingsTest::readable).filter(_ -> !shortened))
              .as(name)
              .isEqualTo(whole.parts().stream().map(ResponsesRecordingsTest::readable).filter(_ -> !shortened).toList());
        });
    assertThat(STREAMS.size()).isGreaterThan(20);
  }

  /// Encrypted content differs between an item's own event and the whole response at the end; what
  /// people and programs read is the same.
  private static Object readable(Part part) {
    return switch (part) {
      case Part.Thinking thinking -> thinking.text();
      case Part.RedactedThinking _ -> "redacted";
      case Part.Unknown unknown -> Json.read(unknown.raw()).path("type");
      default -> part;
    };
  }

  private static byte[] lastResponse(byte[] bytes) {
    List<SseEvent> events = new ArrayList<>(new SseReader(1 << 22).read(bytes));
    for (SseEvent event : events.reversed()) {
      if (!event.data().isEmpty() && !event.data().equals("[DONE]")) {
        return Json.write(Json.read(event.data()).path("response"));
      }
    }
    throw new AssertionError("a stream without an end");
  }

  private List<Chunk> read(byte[] bytes, int mostAtOnce) {
    List<Chunk> chunks = new ArrayList<>();
    StreamReader reader = dialect.readStream();
    SseReader events = new SseReader(1 << 22);
    Random random = new Random(bytes.length);
    for (int from = 0; from < bytes.length; ) {
      int to = Math.min(bytes.length, from + 1 + random.nextInt(mostAtOnce));
      events.read(Arrays.copyOfRange(bytes, from, to)).forEach(event -> reader.read(event, chunks::add));
      from = to;
    }
    assertThat(reader.atEnd()).isNull();
    return chunks;
  }

  @Test
  void everyStreamIsPassedOnUnchanged_andTheBooksAreKept() {
    STREAMS.forEach(
        (name, bytes) -> {
          ClientRequest request =
              ClientRequest.of("{\"model\":\"m\",\"input\":\"x\",\"stream\":true}".getBytes(StandardCharsets.UTF_8));
          StreamWriter writer = dialect.writeStream(request, dialect.scan(request).outline());
          StreamReader reader = dialect.readStream();
          StringBuilder passed = new StringBuilder();
          List<Chunk> facts = new ArrayList<>();
          for (SseEvent event : new SseReader(1 << 22).read(bytes)) {
            passed.append(new String(writer.pass(event), StandardCharsets.UTF_8));
            if (reader.matters(event)) {
              reader.read(event, facts::add);
            }
          }
          assertThat(passed.toString()).as(name).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
          Completion whole = dialect.readReply(lastResponse(bytes));
          assertThat(facts).as(name).contains(new Chunk.Counted(whole.usage()), new Chunk.Stopped(whole.stop(), null));
          assertThat(facts.getFirst()).isInstanceOf(Chunk.Started.class);
        });
  }

  /// Nothing of the recorded streams is an event this reader does not know.
  @Test
  void noRecordedEventIsUnknown() {
    STREAMS.forEach(
        (name, bytes) ->
            assertThat(read(bytes, bytes.length).stream().filter(Chunk.Unknown.class::isInstance))
                .as(name)
                .allSatisfy(
                    chunk ->
                        assertThat(Json.read(((Chunk.Unknown) chunk).raw()).has("sequence_number")).isFalse()));
  }

  /// Reading a recorded stream and writing it anew gives the same answer.
  @Test
  void everyStreamWrittenAnewIsTheSameAnswer() {
    STREAMS.forEach(
        (name, bytes) -> {
          ClientRequest request =
              ClientRequest.of("{\"model\":\"m\",\"input\":\"x\",\"stream\":true}".getBytes(StandardCharsets.UTF_8));
          StreamWriter writer = dialect.writeStream(request, dialect.scan(request).outline());
          List<Chunk> chunks = read(bytes, bytes.length);
          StringBuilder anew = new StringBuilder();
          chunks.forEach(chunk -> anew.append(new String(writer.write(chunk), StandardCharsets.UTF_8)));
          anew.append(new String(writer.end(), StandardCharsets.UTF_8));

          List<Chunk> again = read(anew.toString().getBytes(StandardCharsets.UTF_8), anew.length());
          Completion folded = ChunkFold.of(chunks);
          assertThat(ChunkFold.of(again).parts().stream().map(ResponsesRecordingsTest::readable))
              .as(name)
              .isEqualTo(folded.parts().stream().map(ResponsesRecordingsTest::readable).toList());
          assertThat(ChunkFold.of(again).usage()).as(name).isEqualTo(folded.usage());
        });
  }
}
