// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.ChunkFold;
import dev.auriga.completion.Completion;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Part;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.StreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiStreamReaderTest {
  private static final String HEAD =
      "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-4o-2024\",";

  static String delta(String delta) {
    return HEAD + "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}]}";
  }

  static String finish(String reason) {
    return HEAD + "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}";
  }

  private static List<Chunk> read(StreamReader reader, String... data) {
    List<Chunk> chunks = new ArrayList<>();
    for (String each : data) {
      reader.read(SseEvent.of(each), chunks::add);
    }
    return chunks;
  }

  private static Completion fold(String... data) {
    StreamReader reader = OpenAiChat.strict().readStream();
    List<Chunk> chunks = read(reader, data);
    read(reader, "[DONE]");
    assertThat(reader.atEnd()).isNull();
    return ChunkFold.of(chunks);
  }

  private static List<Part> calls(String... deltas) {
    String[] data =
        Stream.concat(
                Arrays.stream(deltas).map(call -> delta("{\"tool_calls\":[" + call + "]}")),
                Stream.of(finish("tool_calls")))
            .toArray(String[]::new);
    return fold(data).parts();
  }

  @Test
  void plainAnswer() {
    List<Chunk> chunks =
        read(
            OpenAiChat.strict().readStream(),
            delta("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}"),
            delta("{\"content\":\"Hel\"}"),
            delta("{\"content\":\"lo\"}"),
            finish("stop"),
            HEAD + "\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,"
                + "\"total_tokens\":15,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":4},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":2}}}",
            "[DONE]");

    assertThat(chunks)
        .containsExactly(
            new Chunk.Started("chatcmpl-1", "gpt-4o-2024"),
            new Chunk.TextDelta("Hel"),
            new Chunk.TextDelta("lo"),
            new Chunk.Stopped(StopReason.Known.END, null),
            new Chunk.Counted(new Usage(6, 4, 0, 0, 3, 2)));
  }

  @Test
  void azuresFirstChunkAndLateAnnotationsAreNoContent() {
    List<Chunk> chunks =
        read(
            OpenAiChat.strict().readStream(),
            "{\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"object\":\"\","
                + "\"prompt_filter_results\":[{\"prompt_index\":0}]}",
            delta("{\"content\":\"x\"}"),
            finish("stop"),
            "{\"id\":\"\",\"model\":\"\",\"choices\":[{\"index\":0,\"finish_reason\":null,"
                + "\"content_filter_results\":{},\"content_filter_offsets\":{\"check_offset\":44}}]}",
            "{\"id\":\"\",\"model\":\"\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\","
                + "\"content_filter_offsets\":{}}]}",
            "[DONE]");

    assertThat(chunks)
        .containsExactly(
            new Chunk.Started("chatcmpl-1", "gpt-4o-2024"),
            new Chunk.TextDelta("x"),
            new Chunk.Stopped(StopReason.Known.END, null));
  }

  @Test
  void continuousUsageReplacesAndIsNeverAdded() {
    String usage = ",\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":%d,\"total_tokens\":%d}}";
    Completion completion =
        fold(
            delta("{\"content\":\"a\"}").replaceFirst("}$", usage.formatted(1, 8)),
            delta("{\"content\":\"b\"}").replaceFirst("}$", usage.formatted(2, 9)),
            finish("stop").replaceFirst("}$", usage.formatted(3, 10)));

    assertThat(completion.usage()).isEqualTo(new Usage(7, 0, 0, 0, 3, 0));
    assertThat(completion.text()).isEqualTo("ab");
  }

  @ParameterizedTest
  @ValueSource(strings = {"reasoning_content", "reasoning"})
  void thinkingIsReadUnderBothNames(String field) {
    Completion completion =
        fold(
            delta("{\"" + field + "\":\"hm \",\"content\":null}"),
            delta("{\"" + field + "\":\"so\"}"),
            delta("{\"content\":\"42\"}"),
            finish("stop"));

    assertThat(completion.parts())
        .containsExactly(new Part.Thinking("hm so", null), Part.Text.of("42"));
  }

  @Test
  void sameThinkingUnderBothNamesIsToldOnce() {
    assertThat(fold(delta("{\"reasoning\":\"a\",\"reasoning_content\":\"a\"}"), finish("stop")).parts())
        .containsExactly(new Part.Thinking("a", null));
  }

  @Test
  void refusalIsADeclination() {
    assertThat(fold(delta("{\"refusal\":\"I \"}"), delta("{\"refusal\":\"won't\"}"), finish("stop")).parts())
        .containsExactly(new Part.Declined("I won't"));
  }

  @Test
  void callsAreToldApartByIndex() {
    assertThat(
            calls(
                "{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\","
                    + "\"arguments\":\"\"}}",
                "{\"index\":1,\"id\":\"b\",\"type\":\"function\",\"function\":{\"name\":\"g\","
                    + "\"arguments\":\"\"}}",
                "{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\"\"}}",
                "{\"index\":1,\"function\":{\"arguments\":\"{}\"}}",
                "{\"index\":0,\"function\":{\"arguments\":\":1}\"}}"))
        .containsExactly(Part.ToolCall.of("a", "f", "{\"x\":1}"), Part.ToolCall.of("b", "g", "{}"));
  }

  @Test
  void callsAreToldApartById_whenEveryIndexIs0() {
    assertThat(
            calls(
                "{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":1}\"}}",
                "{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\"\"}}",
                "{\"index\":0,\"function\":{\"arguments\":\":2}\"}}"))
        .containsExactly(
            Part.ToolCall.of("a", "f", "{\"x\":1}"), Part.ToolCall.of("b", "f", "{\"x\":2}"));
  }

  @Test
  void callsWithoutIndexOrIdAreToldApartByWholeArguments() {
    List<Part> calls =
        calls(
            "{\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}",
            "{\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\"\"}}",
            "{\"function\":{\"arguments\":\":{}}\"}}");

    assertThat(calls)
        .extracting(call -> ((Part.ToolCall) call).arguments())
        .containsExactly("{}", "{\"x\":{}}");
    assertThat(calls).extracting(call -> ((Part.ToolCall) call).id()).doesNotHaveDuplicates();
  }

  /// Unique over the answers of a conversation, and the same however often the same bytes are read.
  @Test
  void idsOfCallsWithoutOneAreOfTheirAnswer() {
    String call = "{\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}";
    String first = idOf(calls(call));
    String again = idOf(calls(call));
    String later =
        idOf(
            fold(
                    delta("{\"tool_calls\":[" + call + "]}")
                        .replace("\"created\":1", "\"created\":2"),
                    finish("tool_calls"))
                .parts());

    assertThat(again).isEqualTo(first);
    assertThat(later).isNotEqualTo(first).matches("call_r[0-9a-f]{20}_0");
  }

  private static String idOf(List<Part> calls) {
    return ((Part.ToolCall) calls.getFirst()).id();
  }

  @Test
  void idAndNameRepeatedInEveryDeltaAreOneCall() {
    assertThat(
            calls(
                "{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}",
                "{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"}\"}}"))
        .containsExactly(Part.ToolCall.of("a", "f", "{}"));
  }

  @Test
  void callWaitsForItsName() {
    assertThat(
            calls(
                "{\"index\":0,\"id\":\"a\",\"function\":{\"arguments\":\"{\\\"x\\\"\"}}",
                "{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\":1}\"}}"))
        .containsExactly(Part.ToolCall.of("a", "f", "{\"x\":1}"));
  }

  @Test
  void argumentsThatAreAnObjectBecomeText() {
    assertThat(calls("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":{\"x\":1}}}"))
        .containsExactly(Part.ToolCall.of("a", "f", "{\"x\":1}"));
  }

  @Test
  void legacyFunctionCallIsACall() {
    Completion completion =
        fold(
            delta("{\"function_call\":{\"name\":\"f\",\"arguments\":\"\"}}"),
            delta("{\"function_call\":{\"arguments\":\"{\\\"x\\\":\"}}"),
            delta("{\"function_call\":{\"arguments\":\"1}\"}}"),
            finish("function_call"));

    Part.ToolCall call = (Part.ToolCall) completion.parts().getFirst();
    assertThat(call).isEqualTo(Part.ToolCall.of(call.id(), "f", "{\"x\":1}"));
    assertThat(completion.stop()).isEqualTo(StopReason.Known.TOOL_CALLS);
  }

  @Test
  void everyCallStaysWhole_inAnyInterleaving() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<Part> expected = new ArrayList<>();
      List<List<String>> waiting = new ArrayList<>();
      for (int call = 0; call < 1 + random.nextInt(4); call++) {
        String arguments = "{\"k%d\":\"%s\"}".formatted(call, "é\\\"{😀".repeat(random.nextInt(4)));
        expected.add(Part.ToolCall.of("id" + call, "tool" + call, arguments));
        waiting.add(fragments(call, arguments, random));
      }
      List<String> data = new ArrayList<>();
      // The first deltas keep the order of the calls, the others come as they like.
      waiting.forEach(call -> data.add(call.removeFirst()));
      waiting.removeIf(List::isEmpty);
      while (!waiting.isEmpty()) {
        data.add(waiting.get(random.nextInt(waiting.size())).removeFirst());
        waiting.removeIf(List::isEmpty);
      }

      assertThat(calls(data.toArray(String[]::new))).as("seed %d", seed).isEqualTo(expected);
    }
  }

  private static List<String> fragments(int call, String arguments, Random random) {
    List<String> fragments = new ArrayList<>();
    String first =
        "{\"index\":%d,\"id\":\"id%d\",\"type\":\"function\",\"function\":{\"name\":\"tool%d\","
            + "\"arguments\":\"\"}}";
    fragments.add(first.formatted(call, call, call));
    for (int from = 0; from < arguments.length(); ) {
      int to = Math.min(arguments.length(), from + 1 + random.nextInt(7));
      if (Character.isHighSurrogate(arguments.charAt(to - 1))) {
        to++;
      }
      String quoted = new String(Json.quoted(arguments.substring(from, to)), StandardCharsets.UTF_8);
      fragments.add("{\"index\":%d,\"function\":{\"arguments\":%s}}".formatted(call, quoted));
      from = to;
    }
    return fragments;
  }

  @ParameterizedTest
  @CsvSource({
    "stop, false, END", "length, false, MAX_TOKENS", "content_filter, false, FILTERED",
    "tool_calls, false, TOOL_CALLS", "stop, true, TOOL_CALLS", "abort, true, TOOL_CALLS",
    "length, true, MAX_TOKENS", "content_filter, true, FILTERED",
  })
  void stopIsReadBesideTheCalls(String finish, boolean carriesCalls, StopReason.Known expected) {
    String call = "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\","
        + "\"arguments\":\"{\"}}]}";

    assertThat(fold(delta(carriesCalls ? call : "{}"), finish(finish)).stop()).isEqualTo(expected);
  }

  @Test
  void unknownFinishReasonIsPassedOnAsSuch() {
    assertThat(fold(delta("{}"), finish("abort")).stop()).isEqualTo(new StopReason.Unknown("abort"));
  }

  @Test
  void stopSequenceIsNamedWhereTheServerNamesIt() {
    String met = finish("stop").replace("\"finish_reason\"", "\"stop_reason\":\"###\",\"finish_reason\"");

    Completion completion = fold(delta("{\"content\":\"a\"}"), met);
    assertThat(completion.stop()).isEqualTo(StopReason.Known.STOP_SEQUENCE);
    assertThat(completion.stopSequence()).isEqualTo("###");
  }

  @Test
  void malformedEventIsSkipped() {
    String cut = "{\"choices\":[{";

    assertThat(
            fold(delta("{\"content\":\"a\"}"), cut, delta("{\"content\":\"b\"}"), finish("stop"))
                .text())
        .isEqualTo("ab");
  }

  @Test
  void errorEventIsAFailure_andNothingFollows() {
    StreamReader reader = OpenAiChat.strict().readStream();
    List<Chunk> chunks =
        read(
            reader,
            delta("{\"content\":\"a\"}"),
            "{\"error\":{\"message\":\"Rate limit reached\",\"type\":\"tokens\","
                + "\"code\":\"rate_limit_exceeded\"}}",
            delta("{\"content\":\"b\"}"),
            "[DONE]");

    assertThat(chunks).hasSize(3);
    assertThat(chunks.getLast())
        .isInstanceOfSatisfying(
            Chunk.Failed.class,
            failed -> assertThat(failed.failure().kind()).isEqualTo(FailureKind.RATE_LIMITED));
    assertThat(reader.atEnd()).isNotNull();
  }

  @Test
  void finishReasonErrorIsAFailure() {
    StreamReader reader = OpenAiChat.lenient().readStream();
    List<Chunk> chunks =
        read(
            reader,
            delta("{\"content\":\"a\"}"),
            HEAD + "\"error\":{\"code\":502,\"message\":\"Provider disconnected\"},"
                + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]}");

    assertThat(chunks.getLast())
        .isInstanceOfSatisfying(
            Chunk.Failed.class,
            failed -> {
              assertThat(failed.failure().kind()).isEqualTo(FailureKind.OVERLOADED);
              assertThat(failed.failure().detail()).isEqualTo("Provider disconnected");
            });
    assertThat(
            read(OpenAiChat.lenient().readStream(), finish("error")).getLast())
        .isInstanceOf(Chunk.Failed.class);
  }

  @Test
  void strictStreamEndsOnlyByItsMarker() {
    StreamReader reader = OpenAiChat.strict().readStream();
    read(reader, delta("{\"content\":\"a\"}"), finish("stop"));

    assertThat(reader.hasEnded()).isFalse();
    assertThat(reader.atEnd()).isNotNull();
    assertThat(reader.atEnd().kind()).isEqualTo(FailureKind.BROKEN_STREAM);

    read(reader, "[DONE]");
    assertThat(reader.hasEnded()).isTrue();
    assertThat(reader.atEnd()).isNull();
  }

  @Test
  void lenientStreamMayEndAfterItsFinishReason() {
    StreamReader reader = OpenAiChat.lenient().readStream();
    read(reader, delta("{\"content\":\"a\"}"));
    assertThat(reader.atEnd()).isNotNull();

    read(reader, finish("stop"));
    assertThat(reader.hasEnded()).isFalse();
    assertThat(reader.atEnd()).isNull();
  }

  @Test
  void markerWithoutFinishReasonIsABrokenStream_orTheEndOfALooseOne() {
    StreamReader strict = OpenAiChat.strict().readStream();
    assertThat(read(strict, delta("{\"content\":\"a\"}"), "[DONE]").getLast())
        .isInstanceOfSatisfying(
            Chunk.Failed.class,
            failed -> assertThat(failed.failure().kind()).isEqualTo(FailureKind.BROKEN_STREAM));
    assertThat(strict.atEnd()).isNotNull();

    StreamReader lenient = OpenAiChat.lenient().readStream();
    assertThat(read(lenient, delta("{\"content\":\"a\"}"), "[DONE]").getLast())
        .isEqualTo(new Chunk.Stopped(StopReason.Known.END, null));
    assertThat(lenient.atEnd()).isNull();
  }

  @Test
  void emptyStreamIsBrokenInBothForms() {
    for (OpenAiChat dialect : List.of(OpenAiChat.strict(), OpenAiChat.lenient())) {
      StreamReader reader = dialect.readStream();
      assertThat(reader.atEnd()).isNotNull();
      read(reader, "[DONE]");
      assertThat(reader.atEnd()).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":null}],\"usage\":null} | false",
        "{\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\": null}], \"usage\" : null} | false",
        "{\"choices\":[{\"delta\":{\"content\":\"\\\"usage\\\":{ \\\"error\\\":1 \\\"finish_reason"
            + "\\\":\\\"stop\\\"\"},\"finish_reason\":null}]} | false",
        "{\"choices\":[{\"delta\":{\"content\":\"usage\"},\"finish_reason\":null}]} | false",
        "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]} | true",
        "{\"choices\":[{\"delta\":{},\"finish_reason\" : \"stop\"}]} | true",
        "{\"choices\":[],\"usage\":{\"prompt_tokens\":1}} | true",
        "{\"choices\":[],\"usage\" : {\"prompt_tokens\":1}} | true",
        "{\"error\":{\"message\":\"m\"}} | true",
        "{\"error\":\"m\"} | true",
        "[DONE] | true",
      })
  void onlyEventsForTheBooksMatter_onceTheModelIsKnown(String data, boolean matters) {
    StreamReader reader = OpenAiChat.strict().readStream();
    assertThat(reader.matters(SseEvent.of(data))).isTrue();

    read(reader, delta("{}"));
    assertThat(reader.matters(SseEvent.of(data))).isEqualTo(matters);
  }

  @Test
  void booksAreRight_whenOnlyEventsThatMatterAreRead() {
    String[] data = {
      "{\"choices\":[],\"id\":\"\",\"model\":\"\",\"prompt_filter_results\":[]}",
      delta("{\"role\":\"assistant\",\"content\":\"\"}"), delta("{\"content\":\"a\"}"),
      delta("{\"content\":\"b\"}"), finish("length"),
      HEAD + "\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,"
          + "\"total_tokens\":5}}", "[DONE]"
    };
    StreamReader reader = OpenAiChat.strict().readStream();
    List<Chunk> chunks = new ArrayList<>();
    int read = 0;
    for (String each : data) {
      SseEvent event = SseEvent.of(each);
      if (reader.matters(event)) {
        read++;
        reader.read(event, chunks::add);
      }
    }

    assertThat(read).isEqualTo(5);
    assertThat(chunks)
        .containsExactly(
            new Chunk.Started("chatcmpl-1", "gpt-4o-2024"),
            new Chunk.Stopped(StopReason.Known.MAX_TOKENS, null),
            new Chunk.Counted(new Usage(3, 0, 0, 0, 2, 0)));
    assertThat(reader.atEnd()).isNull();
  }
}
