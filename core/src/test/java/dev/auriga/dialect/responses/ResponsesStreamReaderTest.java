// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.ChunkFold;
import dev.auriga.completion.Completion;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.SseReader;
import dev.auriga.dialect.StreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsesStreamReaderTest {
  private final OpenAiResponses dialect = new OpenAiResponses();

  private static final String CREATED =
      "{\"type\":\"response.created\",\"sequence_number\":0,\"response\":{\"id\":\"resp_1\",\"model\":\"gpt-5\","
          + "\"status\":\"in_progress\",\"output\":[],\"usage\":null}}";

  private static String end(String status, String rest) {
    return "{\"type\":\"response." + status + "\",\"response\":{\"id\":\"resp_1\",\"model\":\"gpt-5\",\"status\":\""
        + status + "\"" + rest + "}}";
  }

  private static List<Chunk> read(StreamReader reader, String... data) {
    List<Chunk> chunks = new ArrayList<>();
    for (String each : data) {
      reader.read(SseEvent.of(each), chunks::add);
    }
    return chunks;
  }

  private List<Chunk> read(String... data) {
    return read(dialect.readStream(), data);
  }

  @Test
  void everyFamilyOfEventIsRead() {
    StreamReader reader = dialect.readStream();
    List<Chunk> chunks =
        read(
            reader,
            CREATED,
            "{\"type\":\"response.in_progress\",\"response\":{\"id\":\"resp_1\",\"model\":\"gpt-5\"}}",
            "{\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[]}}",
            "{\"type\":\"response.reasoning_summary_part.added\",\"item_id\":\"rs_1\",\"output_index\":0,\"summary_index\":0}",
            "{\"type\":\"response.reasoning_summary_text.delta\",\"output_index\":0,\"summary_index\":0,\"delta\":\"A\"}",
            "{\"type\":\"response.reasoning_summary_text.done\",\"output_index\":0,\"summary_index\":0,\"text\":\"A\"}",
            "{\"type\":\"response.reasoning_summary_part.added\",\"output_index\":0,\"summary_index\":1}",
            "{\"type\":\"response.reasoning_summary_text.delta\",\"output_index\":0,\"summary_index\":1,\"delta\":\"B\"}",
            "{\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":{\"id\":\"rs_1\",\"type\":\"reasoning\","
                + "\"summary\":[{\"text\":\"A\"},{\"text\":\"B\"}],\"encrypted_content\":\"gAAA\"}}",
            "{\"type\":\"response.output_item.added\",\"output_index\":1,\"item\":{\"id\":\"msg_1\",\"type\":\"message\"}}",
            "{\"type\":\"response.content_part.added\",\"output_index\":1,\"content_index\":0}",
            "{\"type\":\"response.output_text.delta\",\"output_index\":1,\"content_index\":0,\"delta\":\"Hi\",\"obfuscation\":\"xx\"}",
            "{\"type\":\"response.output_text.annotation.added\",\"output_index\":1,\"content_index\":0,\"annotation\":{}}",
            "{\"type\":\"response.output_text.done\",\"output_index\":1,\"content_index\":0,\"text\":\"Hi\"}",
            "{\"type\":\"response.content_part.done\",\"output_index\":1,\"content_index\":0}",
            "{\"type\":\"response.refusal.delta\",\"output_index\":1,\"content_index\":1,\"delta\":\"No\"}",
            "{\"type\":\"response.output_item.done\",\"output_index\":1,\"item\":{\"id\":\"msg_1\",\"type\":\"message\",\"content\":[]}}",
            "{\"type\":\"response.output_item.added\",\"output_index\":2,\"item\":{\"id\":\"ws_1\",\"type\":\"web_search_call\"}}",
            "{\"type\":\"response.web_search_call.searching\",\"output_index\":2,\"item_id\":\"ws_1\"}",
            "{\"type\":\"response.output_item.done\",\"output_index\":2,\"item\":{\"id\":\"ws_1\",\"type\":\"web_search_call\"}}",
            "{\"type\":\"response.output_item.added\",\"output_index\":3,\"item\":{\"type\":\"function_call\",\"call_id\":\"c1\",\"name\":\"f\",\"arguments\":\"\"}}",
            "{\"type\":\"response.output_item.added\",\"output_index\":4,\"item\":{\"type\":\"function_call\",\"call_id\":\"c2\",\"name\":\"g\",\"arguments\":\"\"}}",
            "{\"type\":\"response.function_call_arguments.delta\",\"output_index\":4,\"delta\":\"{\"}",
            "{\"type\":\"response.function_call_arguments.delta\",\"output_index\":3,\"delta\":\"{\\\"a\\\":1}\"}",
            "{\"type\":\"response.function_call_arguments.delta\",\"output_index\":4,\"delta\":\"}\"}",
            "{\"type\":\"response.function_call_arguments.done\",\"output_index\":3,\"arguments\":\"{\\\"a\\\":1}\"}",
            "{\"type\":\"response.invented\",\"x\":1}",
            end("completed", ",\"output\":[],\"usage\":{\"input_tokens\":9,\"input_tokens_details\":{\"cached_tokens\":4},"
                + "\"output_tokens\":5,\"output_tokens_details\":{\"reasoning_tokens\":2},\"total_tokens\":14}"),
            "[DONE]");

    Completion completion = ChunkFold.of(chunks);
    assertThat(completion)
        .isEqualTo(
            new Completion(
                "resp_1",
                "gpt-5",
                List.of(
                    new Part.Thinking("A\n\nB", new Opaque("openai-responses", "rs_1.gAAA")),
                    Part.Text.of("Hi"),
                    new Part.Declined("No"),
                    new Part.Unknown(
                        "openai-responses", new RawJson("{\"id\":\"ws_1\",\"type\":\"web_search_call\"}")),
                    Part.ToolCall.of("c1", "f", "{\"a\":1}"),
                    Part.ToolCall.of("c2", "g", "{}"),
                    new Part.Unknown(
                        "openai-responses", new RawJson("{\"type\":\"response.invented\",\"x\":1}"))),
                StopReason.Known.TOOL_CALLS,
                null,
                new Usage(5, 4, 0, 0, 3, 2)));
    assertThat(chunks.stream().filter(Chunk.Started.class::isInstance)).hasSize(1);
    assertThat(reader.hasEnded()).isTrue();
    assertThat(reader.atEnd()).isNull();
  }

  @Test
  void whatTheDeltasLeftOutIsToldFromTheWholeItem() {
    String message =
        "{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"a\"},{\"type\":\"output_text\",\"text\":\"b\"}]}";
    String call = "{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"{}\"}";
    String redacted = "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],\"encrypted_content\":\"g\"}";

    Completion completion =
        ChunkFold.of(
            read(
                CREATED,
                "{\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":" + redacted + "}",
                "{\"type\":\"response.output_item.done\",\"output_index\":1,\"item\":" + message + "}",
                end("completed", ",\"output\":[" + redacted + "," + message + "," + call + "]")));

    assertThat(completion.parts())
        .containsExactly(
            new Part.RedactedThinking(new Opaque("openai-responses", "rs_1.g")),
            Part.Text.of("a"),
            Part.Text.of("b"),
            Part.ToolCall.of("c", "f", "{}"));
    assertThat(completion.stop()).isEqualTo(StopReason.Known.TOOL_CALLS);
  }

  @Test
  void reasoningOfAnOpenModelIsToldOnce() {
    Completion completion =
        ChunkFold.of(
            read(
                CREATED,
                "{\"type\":\"response.reasoning_text.delta\",\"output_index\":0,\"delta\":\"raw\"}",
                "{\"type\":\"response.reasoning_summary_text.delta\",\"output_index\":0,\"delta\":\"short\"}",
                "{\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":{\"type\":\"reasoning\",\"summary\":[]}}",
                end("completed", "")));

    assertThat(completion.parts()).containsExactly(new Part.Thinking("raw", null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"m\"}}}' | RATE_LIMITED",
        "'{\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":null}}' | UNKNOWN",
        "'{\"type\":\"error\",\"code\":\"context_length_exceeded\",\"message\":\"m\",\"param\":null,\"sequence_number\":3}' | TOO_LONG",
        "'{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"code\":\"invalid_prompt\",\"message\":\"m\"}}' | CONTENT_FILTERED",
        "'{\"error\":{\"type\":\"overloaded_error\",\"message\":\"m\"}}' | OVERLOADED",
      })
  void failuresAreTold(String event, FailureKind kind) {
    StreamReader reader = dialect.readStream();
    List<Chunk> chunks =
        read(
            reader, CREATED, event,
            "{\"type\":\"response.output_text.delta\",\"output_index\":0,\"delta\":\"late\"}");

    assertThat(chunks.getLast())
        .isInstanceOfSatisfying(
            Chunk.Failed.class, failed -> assertThat(failed.failure().kind()).isEqualTo(kind));
    assertThat(reader.hasEnded()).isFalse();
    assertThat(reader.atEnd()).isNotNull();
  }

  @Test
  void usageOfAFailedResponseIsCounted() {
    List<Chunk> chunks =
        read(
            CREATED,
            end("failed", ",\"error\":{\"code\":\"server_error\",\"message\":\"m\"},\"usage\":{\"input_tokens\":3,\"output_tokens\":1,\"total_tokens\":4}"));

    assertThat(chunks).contains(new Chunk.Counted(new Usage(3, 0, 0, 0, 1, 0)));
  }

  @Test
  void streamWithoutTerminalEventIsBroken_evenBehindTheMarker() {
    StreamReader reader = dialect.readStream();
    read(reader, CREATED, "{\"type\":\"response.output_text.delta\",\"output_index\":0,\"delta\":\"x\"}", "not json", "[DONE]");

    assertThat(reader.hasEnded()).isFalse();
    assertThat(reader.atEnd().kind()).isEqualTo(FailureKind.BROKEN_STREAM);
  }

  @Test
  void cutAnswerStopsForItsReason() {
    assertThat(read(CREATED, end("incomplete", ",\"incomplete_details\":{\"reason\":\"content_filter\"}")).getLast())
        .isEqualTo(new Chunk.Stopped(StopReason.Known.FILTERED, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"response.completed\"}' | false",
        "'data: {\"type\":\"response.output_text.delta\"}' | false",
        "'data: {\"type\":\"response.output_item.done\",\"item\":{}}' | false",
        "'event: response.completed\ndata: {\"type\":\"response.completed\"}' | true",
        "'data: {\"type\":\"response.incomplete\"}' | true", "'data: {\"type\":\"response.failed\"}' | true",
        "'event: response.created\r\ndata: {}' | true", "'data: {\"type\":\"error\",\"message\":\"m\"}' | true",
        "'event: error\ndata: {\"type\":\"error\"}' | true", "'data: [DONE]' | true",
        "'data: {\"sequence_number\":123456,\"response\":{\"id\":\"resp_1234567890123456789012345678901\"},\"type\":\"response.completed\"}' | true",
      })
  void whatMattersForTheBooks(String event, boolean matters) {
    byte[] bytes = (event + "\n\n").getBytes(StandardCharsets.UTF_8);

    assertThat(dialect.readStream().matters(new SseReader(1 << 16).read(bytes).getFirst())).isEqualTo(matters);
  }

  /// A passed stream is read only where it matters.
  @Test
  void stopIsKnown_whenOnlyWhatMattersIsRead() {
    String[] data = {
      CREATED,
      "{\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\"}}",
      end("completed", ",\"output\":[{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"{}\"}]"),
    };
    StreamReader reader = dialect.readStream();
    List<Chunk> chunks = new ArrayList<>();
    for (String each : data) {
      SseEvent event = SseEvent.of(each);
      if (reader.matters(event)) {
        reader.read(event, chunks::add);
      }
    }

    assertThat(chunks.getFirst()).isEqualTo(new Chunk.Started("resp_1", "gpt-5"));
    assertThat(chunks.getLast()).isEqualTo(new Chunk.Stopped(StopReason.Known.TOOL_CALLS, null));
  }
}
