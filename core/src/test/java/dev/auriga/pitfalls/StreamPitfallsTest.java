// SPDX-License-Identifier: Apache-2.0
package dev.auriga.pitfalls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.ChunkFold;
import dev.auriga.completion.Completion;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.SseReader;
import dev.auriga.dialect.StreamReader;
import dev.auriga.dialect.StreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Pitfalls of streams.
class StreamPitfallsTest {
  private static final String USAGE_WANTED =
      Asking.with(Tongue.CHAT, Map.of("stream", "true", "stream_options", "{'include_usage':true}"));

  private static List<JsonNode> told(Tongue from, String stream, Tongue to) {
    return Flow.json(Flow.told(from, stream, to, Asking.plainly(to)));
  }

  private static List<String> types(List<JsonNode> events) {
    return events.stream().map(event -> event.path("type").asString("")).toList();
  }

  /// Two calls whose deltas interleave, before any text.
  private static final String INTERLEAVED =
      Flow.of(
          "{'id':'c','model':'m','choices':[{'index':0,'delta':{'role':'assistant','tool_calls':[{'index':0,"
              + "'id':'a','type':'function','function':{'name':'f','arguments':''}}]}}]}",
          "{'id':'c','model':'m','choices':[{'index':0,'delta':{'tool_calls':[{'index':1,'id':'b',"
              + "'type':'function','function':{'name':'g','arguments':'{\\'y\\':'}}]}}]}",
          "{'id':'c','model':'m','choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'function':{"
              + "'arguments':'{\\'x\\':1}'}}]}}]}",
          "{'id':'c','model':'m','choices':[{'index':0,'delta':{'tool_calls':[{'index':1,'function':{"
              + "'arguments':'2}'}}]}}]}",
          "{'id':'c','model':'m','choices':[{'index':0,'delta':{},'finish_reason':'tool_calls'}]}",
          "{'id':'c','model':'m','choices':[],'usage':{'prompt_tokens':40,'completion_tokens':5,'total_tokens':45,"
              + "'prompt_tokens_details':{'cached_tokens':30}}}",
          "[DONE]");

  @Test
  void pitfall65_anthropicsBlocksComeOneAfterAnotherBehindMessageStart() {
    List<JsonNode> events = told(Tongue.CHAT, INTERLEAVED, Tongue.MESSAGES);

    assertThat(types(events).getFirst()).isEqualTo("message_start");
    assertThat(types(events)).endsWith("message_delta", "message_stop");
    int open = -1;
    int last = -1;
    for (JsonNode event : events) {
      int index = event.path("index").asInt(-1);
      switch (event.path("type").asString("")) {
        case "content_block_start" -> {
          assertThat(open).isEqualTo(-1);
          assertThat(index).isEqualTo(last + 1);
          open = index;
          last = index;
        }
        case "content_block_delta" -> assertThat(index).isEqualTo(open);
        case "content_block_stop" -> {
          assertThat(index).isEqualTo(open);
          open = -1;
        }
        default -> assertThat(open).isEqualTo(-1);
      }
    }
    assertThat(last).isEqualTo(1);
    Completion folded = ChunkFold.of(Flow.chunks(Tongue.MESSAGES, sse(events)));
    assertThat(folded.parts().toString()).contains("{\"x\":1}", "{\"y\":2}");
  }

  private static String sse(List<JsonNode> events) {
    return Flow.of(events.stream().map(JsonNode::toString).toArray(String[]::new));
  }

  @Test
  void pitfall66_anthropicsCountsReplaceEachOther() {
    String stream =
        Flow.of(
            "{'type':'message_start','message':{'id':'m','type':'message','role':'assistant','model':'m',"
                + "'content':[],'usage':{'input_tokens':100,'cache_read_input_tokens':50,'output_tokens':8}}}",
            "{'type':'content_block_start','index':0,'content_block':{'type':'text','text':'x'}}",
            "{'type':'content_block_stop','index':0}",
            "{'type':'message_delta','delta':{},'usage':{'output_tokens':20}}",
            "{'type':'message_delta','delta':{'stop_reason':'end_turn'},"
                + "'usage':{'input_tokens':100,'cache_read_input_tokens':50,'output_tokens':30}}",
            "{'type':'message_stop'}");

    Usage usage = ChunkFold.of(Flow.chunks(Tongue.MESSAGES, stream)).usage();

    assertThat(usage).isEqualTo(new Usage(100, 50, 0, 0, 30, 0));
  }

  @Test
  void pitfall67_inputCountedAtTheEndIsToldInTheLastMessageDelta() {
    List<JsonNode> events = told(Tongue.CHAT, INTERLEAVED, Tongue.MESSAGES);

    JsonNode delta = events.get(events.size() - 2);
    assertThat(delta.path("type").asString("")).isEqualTo("message_delta");
    assertThat(delta.at("/usage/input_tokens").asInt()).isEqualTo(10);
    assertThat(delta.at("/usage/cache_read_input_tokens").asInt()).isEqualTo(30);
    assertThat(delta.at("/usage/output_tokens").asInt()).isEqualTo(5);
  }

  @Test
  void pitfall68_theUsageChunkComesOnlyToWhoAskedAndAzuresFirstChunkIsNoContent() {
    String azure =
        Flow.of(
                "{'choices':[],'created':0,'id':'','model':'','object':'','prompt_filter_results':[{"
                    + "'prompt_index':0,'content_filter_results':{}}]}")
            + Asking.stream(Tongue.CHAT, "gpt-4o");
    Completion read = ChunkFold.of(Flow.chunks(Tongue.CHAT, azure));
    assertThat(read.model()).isEqualTo("gpt-4o");
    assertThat(read.text()).isEqualTo("hello");

    String claude = Asking.stream(Tongue.MESSAGES, "m");
    String silent = told(Tongue.MESSAGES, claude, Tongue.CHAT).toString();
    assertThat(silent).doesNotContain("\"usage\"", "\"choices\":[]");
    List<JsonNode> wanted = Flow.json(Flow.told(Tongue.MESSAGES, claude, Tongue.CHAT, USAGE_WANTED));
    assertThat(wanted.getLast().path("choices").isEmpty()).isTrue();
    assertThat(wanted.getLast().at("/usage/prompt_tokens").asInt()).isEqualTo(9);

    StreamWriter passing = writer(Tongue.CHAT, Asking.with(Tongue.CHAT, Map.of("stream", "true")));
    SseEvent usage = Flow.events(Asking.stream(Tongue.CHAT, "m").getBytes(StandardCharsets.UTF_8)).get(3);
    assertThat(usage.data()).contains("\"usage\"");
    assertThat(passing.pass(usage)).isEmpty();
    assertThat(writer(Tongue.CHAT, USAGE_WANTED).pass(usage)).isEqualTo(usage.bytes());
  }

  private static StreamWriter writer(Tongue to, String request) {
    return to.dialect().writeStream(
        to.streamingClient(request), to.dialect().scan(to.streamingClient(request)).outline());
  }

  @ParameterizedTest
  @EnumSource(Tongue.class)
  void pitfall69_aResponsesStreamIsNumberedPairedAndEnded(Tongue from) {
    String stream = from == Tongue.CHAT ? INTERLEAVED : Calling.without(from);
    List<JsonNode> events = told(from, stream, Tongue.RESPONSES);

    Set<String> open = new HashSet<>();
    for (int i = 0; i < events.size(); i++) {
      JsonNode event = events.get(i);
      assertThat(event.path("sequence_number").asInt(-1)).isEqualTo(i);
      switch (event.path("type").asString("")) {
        case "response.output_item.added" -> assertThat(open.add(event.at("/item/id").asString())).isTrue();
        case "response.output_item.done" -> assertThat(open.remove(event.at("/item/id").asString())).isTrue();
        default -> {}
      }
    }
    assertThat(open).isEmpty();
    assertThat(types(events).getFirst()).isEqualTo("response.created");
    assertThat(types(events).getLast()).isEqualTo("response.completed");
    String cut =
        types(told(Tongue.MESSAGES, Stopping.stream(Tongue.MESSAGES, "max_tokens"), Tongue.RESPONSES)).getLast();
    assertThat(cut).isEqualTo("response.incomplete");
  }

  @ParameterizedTest
  @EnumSource(Tongue.class)
  void pitfall70_theDoneMarkerEndsOpenAisStreamsAloneAndOnlyAfterSuccess(Tongue from) {
    String whole = Asking.stream(from, "m");
    String broken = whole.substring(0, whole.indexOf("\n\n") + 2);
    for (Tongue to : Tongue.values()) {
      String good = joined(Flow.told(from, whole, to, Asking.plainly(to)));
      String bad = from == Tongue.GEMINI ? "" : joined(Flow.told(from, broken, to, Asking.plainly(to)));

      boolean marked = to == Tongue.CHAT || to == Tongue.RESPONSES;
      assertThat(good.contains("[DONE]")).as("%s to %s", from, to).isEqualTo(marked);
      assertThat(bad).doesNotContain("[DONE]");
    }
  }

  private static String joined(List<SseEvent> events) {
    StringBuilder all = new StringBuilder();
    events.forEach(all::append);
    return all.toString();
  }

  @ParameterizedTest
  @EnumSource(Tongue.class)
  void pitfall71_aBreakAfterTheFirstByteIsTheDialectsErrorAndNeverAnEnd(Tongue to) {
    Tongue from = to == Tongue.MESSAGES ? Tongue.CHAT : Tongue.MESSAGES;
    String whole = Asking.stream(from, "m");
    String cut = whole.substring(0, whole.lastIndexOf("lo"));
    String events = joined(Flow.told(from, cut.substring(0, cut.lastIndexOf("\n\n") + 2), to, Asking.plainly(to)));

    assertThat(events)
        .doesNotContain("[DONE]", "\"message_stop\"", "end_turn", "\"finish_reason\":\"stop\"", "response.completed")
        .doesNotContain("\"finishReason\":\"STOP\"");
    switch (to) {
      case MESSAGES -> assertThat(events).contains("event: error");
      case RESPONSES -> assertThat(events).contains("response.failed");
      case CHAT, GEMINI -> assertThat(events).contains("\"error\":{");
    }
    String full = Flow.of("{'error':{'message':'This model maximum context length is 10','code':'context_length_exceeded'}}");
    assertThat(joined(Flow.told(Tongue.CHAT, full, Tongue.MESSAGES, Asking.plainly(Tongue.MESSAGES))))
        .contains("event: error", "prompt is too long")
        .doesNotContain("end_turn");
  }

  @Test
  void pitfall72_callsAreNumberedOverTheWholeStreamAndNamedOnce() {
    String gemini =
        Flow.of(
            "{'responseId':'r','modelVersion':'m','candidates':[{'content':{'parts':[{'functionCall':{'name':'f',"
                + "'args':{'x':1}}}]},'index':0}]}",
            "{'responseId':'r','modelVersion':'m','candidates':[{'content':{'parts':[{'functionCall':{'name':'f',"
                + "'args':{'x':2}}},{'functionCall':{'name':'g','args':{}}}]},'finishReason':'STOP','index':0}]}");

    List<JsonNode> calls =
        told(Tongue.GEMINI, gemini, Tongue.CHAT).stream()
            .flatMap(chunk -> chunk.at("/choices/0/delta/tool_calls").valueStream())
            .toList();

    List<JsonNode> named = calls.stream().filter(call -> call.has("id")).toList();
    assertThat(named.stream().map(call -> call.path("index").asInt()).toList()).containsExactly(0, 1, 2);
    assertThat(named.stream().map(call -> call.path("id").asString()).toList()).doesNotHaveDuplicates();
    assertThat(calls.stream().filter(call -> call.path("function").has("name"))).hasSize(3);
    assertThat(types(told(Tongue.GEMINI, gemini, Tongue.MESSAGES)))
        .containsSubsequence(
            "content_block_start", "content_block_stop", "content_block_start", "content_block_stop",
            "content_block_start", "content_block_stop");
    assertThat(told(Tongue.CHAT, INTERLEAVED, Tongue.GEMINI).toString())
        .contains("\"args\":{\"x\":1}", "\"args\":{\"y\":2}");
  }

  @Test
  void pitfall73_theSignOfLifeIsTheClientsDialects() {
    assertThat(text(writer(Tongue.MESSAGES, Asking.plainly(Tongue.MESSAGES)).keepAlive()))
        .isEqualTo("event: ping\ndata: {\"type\":\"ping\"}\n\n");
    assertThat(text(writer(Tongue.CHAT, Asking.plainly(Tongue.CHAT)).keepAlive())).startsWith(":").endsWith("\n\n");
    assertThat(text(writer(Tongue.RESPONSES, Asking.plainly(Tongue.RESPONSES)).keepAlive()))
        .startsWith(":");
    SseEvent ping =
        Flow.events("event: ping\ndata: {\"type\": \"ping\"}\n\n".getBytes(StandardCharsets.UTF_8)).getFirst();
    assertThat(writer(Tongue.MESSAGES, Asking.plainly(Tongue.MESSAGES)).pass(ping)).isEqualTo(ping.bytes());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource(Tongue.class)
  void pitfall74_aMalformedEventIsSkippedWhenTheStreamGoesOn(Tongue from) {
    String whole = Asking.stream(from, "m");
    int second = from == Tongue.GEMINI ? 0 : whole.indexOf("\n\n") + 2;
    String stumbling =
        whole.substring(0, second) + "data: {\"broken\n\n" + "data: [1,\n\n" + whole.substring(second);

    assertThat(ChunkFold.of(Flow.chunks(from, stumbling)))
        .isEqualTo(ChunkFold.of(Flow.chunks(from, whole)));
    assertThat(Flow.chunks(from, stumbling)).noneMatch(Chunk.Failed.class::isInstance);
  }

  /// Nothing is cut smaller than the provider did.
  @ParameterizedTest
  @EnumSource(Tongue.class)
  void pitfall75_aLongPieceOfTextIsToldInOnePiece(Tongue to) {
    String long1 = "word ".repeat(400);
    StreamWriter writer = writer(to, Asking.plainly(to));
    writer.write(new Chunk.Started("id", "m"));
    writer.write(new Chunk.TextDelta("first"));

    List<SseEvent> events = Flow.events(writer.write(new Chunk.TextDelta(long1)));

    assertThat(events).hasSize(1);
    assertThat(events.getFirst().data()).contains(long1);
  }

  /// However the bytes are cut, and whichever line ends the server writes.
  @ParameterizedTest
  @EnumSource(Tongue.class)
  void pitfall76_eventsAreReadWhateverTheCutsAndTheLineEnds(Tongue from) {
    String plain = Asking.stream(from, "m").replace("hello", "héllo, 世界 🌍");
    Completion expected = ChunkFold.of(Flow.chunks(from, plain));
    assertThat(expected.text()).contains(from == Tongue.CHAT ? "hello" : "🌍");
    List<String> forms =
        List.of(
            plain,
            plain.replace("\n", "\r\n"),
            plain.replace("\n", "\r"),
            ": comment\n\n" + plain.replace("data: ", "data:"),
            plain.replaceFirst("\\{", "{\ndata: "),
            plain.replaceFirst("\\{", "{\ndata: ").replace("\n", "\r\n"),
            plain.stripTrailing());

    for (String form : forms) {
      byte[] bytes = form.getBytes(StandardCharsets.UTF_8);
      for (int step : new int[] {1, 2, 3, 7, 64, bytes.length}) {
        assertThat(folded(from, bytes, step)).isEqualTo(expected);
      }
    }
  }

  private static Completion folded(Tongue from, byte[] bytes, int step) {
    SseReader sse = new SseReader(1 << 20);
    StreamReader reader = from.dialect().readStream();
    List<Chunk> chunks = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += step) {
      byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + step));
      sse.read(piece).forEach(event -> reader.read(event, chunks::add));
    }
    sse.rest().forEach(event -> reader.read(event, chunks::add));
    assertThat(reader.atEnd()).isNull();
    return ChunkFold.of(chunks);
  }

  @ParameterizedTest
  @EnumSource(Tongue.class)
  void pitfall77_anErrorObjectInAGoodStreamIsAFailure(Tongue from) {
    String error =
        switch (from) {
          case CHAT -> "{'error':{'message':'overloaded','type':'server_error','code':'server_is_overloaded'}}";
          case RESPONSES ->
              "{'type':'error','sequence_number':9,'code':'server_is_overloaded','message':'overloaded','param':null}";
          case MESSAGES -> "{'type':'error','error':{'type':'overloaded_error','message':'overloaded'}}";
          case GEMINI -> "{'error':{'code':503,'status':'UNAVAILABLE','message':'overloaded'}}";
        };
    String whole = Asking.stream(from, "m");
    String stream = whole.substring(0, whole.indexOf("\n\n") + 2) + Flow.of(error);

    List<Chunk> chunks = Flow.chunks(from, from == Tongue.GEMINI ? Flow.of(error) : stream);

    assertThat(chunks).anyMatch(chunk -> chunk instanceof Chunk.Failed);
    Chunk.Failed failed =
        (Chunk.Failed) chunks.stream().filter(Chunk.Failed.class::isInstance).findFirst().orElseThrow();
    assertThat(failed.failure().kind()).isEqualTo(dev.auriga.completion.FailureKind.OVERLOADED);
    assertThat(from.dialect().readFailure(200, dev.auriga.dialect.Headers.NONE, Tongue.bytes(error)).kind())
        .isEqualTo(dev.auriga.completion.FailureKind.OVERLOADED);
  }
}
