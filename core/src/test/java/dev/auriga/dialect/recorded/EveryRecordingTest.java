// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.recorded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.ChunkFold;
import dev.auriga.completion.Completion;
import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.StreamReader;
import dev.auriga.dialect.StreamWriter;
import dev.auriga.dialect.laws.Dialects;
import dev.auriga.dialect.laws.FailureLaws;
import dev.auriga.dialect.laws.ReplyLaws;
import dev.auriga.dialect.laws.RequestLaws;
import dev.auriga.dialect.laws.Said;
import dev.auriga.dialect.laws.StreamLaws;
import dev.auriga.dialect.laws.Streams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Every recorded body is read whole, counted as it says itself, and told again as it was.
class EveryRecordingTest {
  /// Files of other APIs, which no dialect here speaks.
  private static final Map<String, String> OTHER_APIS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("vercel-ai/google/basic.json", "Interactions API"),
              Map.entry("vercel-ai/google/google-search.chunks.txt", "Interactions API"),
              Map.entry("vercel-ai/google/multi-turn-stateful-turn1.chunks.txt", "Interactions API"),
              Map.entry("vercel-ai/google/multi-turn-stateful-turn2.json", "Interactions API"),
              Map.entry("vercel-ai/google/multi-turn-stateless-turn1.chunks.txt", "Interactions API"),
              Map.entry("vercel-ai/google/multi-turn-stateless-turn2.json", "Interactions API"),
              Map.entry("vercel-ai/google/structured-output.json", "Interactions API"),
              Map.entry("vercel-ai/google/tool-call-step1.chunks.txt", "Interactions API"),
              Map.entry("vercel-ai/google/tool-call-step1.json", "Interactions API"),
              Map.entry("vercel-ai/google/tool-call-step2.chunks.txt", "Interactions API"),
              Map.entry("vercel-ai/google/tool-call-step2.json", "Interactions API"),
              Map.entry("vercel-ai/google/google-live-speech-translation.chunks.txt", "Live API"),
              Map.entry("vercel-ai/openai/openai-realtime-speech-translation.chunks.txt", "Realtime API"),
              Map.entry("vercel-ai/openai/openai-completion-text.chunks.txt", "legacy Completions"),
              Map.entry("vercel-ai/openai/openai-completion-text.json", "legacy Completions"),
              Map.entry("vercel-ai/openai/openai-embedding.json", "Embeddings"),
              Map.entry("vercel-ai/openai/openai-skill-create.json", "Skills")));
  /// Recorded tests of `/v1/completions`, which OpenAI keeps for old clients.
  private static final List<String> LEGACY_COMPLETIONS =
      List.of(
          "openllmetry/openai/test_finish_reasons/TestCompletions",
          "openllmetry/openai/test_finish_reasons/TestFinishReasonMapping.test_finish_reason_mapped");
  /// Shortened by hand: whoever made it cut its first and last events, so that they are no JSON.
  private static final String CUT_BY_HAND = "vercel-ai/openai/parallel-tool-call-wrapper.1.chunks.txt";

  private static Map<String, List<Recorded>> files = Map.of();

  @BeforeAll
  static void readAll() throws IOException {
    files = Recordings.byFile();
  }

  private static List<Recorded> all(Recorded.Kind kind) {
    return files.values().stream().flatMap(List::stream).filter(each -> each.kind() == kind).toList();
  }

  @Test
  void everyFileIsReadHere_orOfAnotherApi() {
    Set<String> unread = new TreeSet<>();
    files.forEach(
        (name, bodies) -> {
          if (bodies.isEmpty() && LEGACY_COMPLETIONS.stream().noneMatch(name::startsWith)) {
            unread.add(name);
          }
        });
    unread.remove(CUT_BY_HAND);
    assertThat(unread).isEqualTo(OTHER_APIS.keySet());
    assertThat(files).hasSizeGreaterThanOrEqualTo(280);
  }

  @Test
  void requestsKeepTheLaws() {
    List<Recorded> requests = all(Recorded.Kind.REQUEST);
    for (Recorded request : requests) {
      naming(request, () -> RequestLaws.check(request.dialect(), request.body()));
    }
    assertThat(requests).hasSizeGreaterThanOrEqualTo(350);
  }

  @Test
  void repliesKeepTheLaws_countAsTheySay_andAreToldAgain() {
    List<Recorded> replies = all(Recorded.Kind.REPLY);
    for (Recorded reply : replies) {
      naming(
          reply,
          () -> {
            ReplyLaws.check(reply.dialect(), reply.body());
            Completion read = reply.dialect().readReply(reply.body());
            JsonNode tree = Json.read(reply.body());
            Counts stated = Counts.of(reply.dialect(), tree);
            assertThat(Counts.of(read.usage())).isEqualTo(stated);
            byte[] told =
                reply.dialect().writeReply(read, StreamLaws.asked(reply.dialect())).body();
            assertThat(Said.of(reply.dialect().readReply(told))).isEqualTo(Said.of(read));
          });
    }
    assertThat(replies).hasSizeGreaterThanOrEqualTo(250);
  }

  @Test
  void streamsKeepTheLaws_endWell_andCountAsTheySay() {
    List<Recorded> streams = all(Recorded.Kind.STREAM);
    for (Recorded stream : streams) {
      naming(
          stream,
          () -> {
            StreamLaws.check(stream.dialect(), stream.body());
            StreamReader reader = stream.dialect().readStream();
            List<SseEvent> events = Streams.events(stream.body());
            Completion read = ChunkFold.of(Streams.chunks(events, reader));
            assertThat(reader.atEnd()).isNull();
            assertThat(read.model()).isNotEmpty();
            Counts stated = Counts.of(stream.dialect(), events);
            assertThat(Counts.of(read.usage())).isEqualTo(stated == null ? new Counts(0, 0) : stated);
          });
    }
    assertThat(streams).hasSizeGreaterThanOrEqualTo(150);
  }

  /// Passed on, every byte is kept; told anew, everything that was said, and no event is lost.
  @Test
  void streamsAreToldAgain() {
    for (Recorded stream : all(Recorded.Kind.STREAM)) {
      naming(
          stream,
          () -> {
            List<SseEvent> events = Streams.events(stream.body());
            assertThat(passed(stream, events)).isEqualTo(joined(events));
            List<Chunk> chunks = Streams.chunks(events, stream.dialect().readStream());
            assertThat(chunks)
                .as("events nobody knows")
                .noneMatch(
                    chunk ->
                        chunk instanceof Chunk.Unknown(_, var raw) && Json.read(raw).has("sequence_number"));
            List<Chunk> again =
                Streams.chunks(
                    Streams.events(StreamLaws.written(stream.dialect(), chunks)), stream.dialect().readStream());
            assertThat(Said.of(ChunkFold.of(again))).isEqualTo(Said.of(ChunkFold.of(chunks)));
          });
    }
  }

  private static byte[] passed(Recorded stream, List<SseEvent> events) {
    StreamWriter writer = StreamLaws.writer(stream.dialect());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    events.forEach(event -> out.writeBytes(writer.pass(event)));
    return out.toByteArray();
  }

  private static byte[] joined(List<SseEvent> events) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    events.forEach(event -> out.writeBytes(event.bytes()));
    return out.toByteArray();
  }

  /// A Responses stream ends with the whole response: what was folded on the way is the same answer.
  @Test
  void aStreamFoldsToTheWholeThatIsInIt() {
    int compared = 0;
    for (Recorded stream : all(Recorded.Kind.STREAM)) {
      List<SseEvent> events = Streams.events(stream.body());
      if (stream.dialect() != Dialects.RESPONSES || stream.name().contains("openai-phase")) {
        continue;
      }
      JsonNode whole =
          events.reversed().stream()
              .map(SseEvent::data)
              .filter(data -> data.startsWith("{"))
              .map(Json::read)
              .findFirst()
              .orElseThrow()
              .path("response");
      Completion folded = ChunkFold.of(Streams.chunks(events, stream.dialect().readStream()));
      naming(
          stream,
          () ->
              assertThat(Said.of(folded))
                  .isEqualTo(Said.of(stream.dialect().readReply(Json.write(whole)))));
      compared++;
    }
    assertThat(compared).isGreaterThanOrEqualTo(25);
  }

  @Test
  void failuresKeepTheLaws_andAreUnderstood() {
    List<Recorded> failures = all(Recorded.Kind.FAILURE);
    for (Recorded each : failures) {
      naming(
          each,
          () -> {
            String withoutAWait = "\n" + new String(each.body(), UTF_8);
            FailureLaws.check(each.dialect(), withoutAWait.getBytes(UTF_8));
            Failure failure = each.dialect().readFailure(each.status(), each.headers(), each.body());
            assertThat(failure.kind()).isNotEqualTo(FailureKind.UNKNOWN);
            assertThat(failure.original()).isNotNull();
          });
    }
    assertThat(failures).hasSizeGreaterThanOrEqualTo(7);
  }

  private static void naming(Recorded recorded, Runnable check) {
    try {
      check.run();
    } catch (AssertionError | RuntimeException broken) {
      throw new AssertionError(recorded + ": " + broken.getMessage(), broken);
    }
  }
}
