// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import dev.auriga.dialect.Json;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.SseReader;
import dev.auriga.dialect.StreamReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicStreamReaderTest {
  /// Everything a stream may hold, with the trailing spaces of the real service.
  private static final List<String> FULL =
      List.of(
          "{'type':'message_start','message':{'id':'msg_1','type':'message','role':'assistant','content':[],"
              + "'model':'claude-opus-4-5','usage':{'input_tokens':10,'cache_read_input_tokens':7,"
              + "'cache_creation_input_tokens':5,'cache_creation':{'ephemeral_1h_input_tokens':5},"
              + "'output_tokens':1}}}         ",
          "{'type':'content_block_start','index':0,'content_block':{'type':'thinking','thinking':'',"
              + "'signature':''}}",
          "{'type': 'ping'}",
          "{'type':'content_block_delta','index':0,'delta':{'type':'thinking_delta','thinking':'Grüße "
              + "🙂'}}   ",
          "{'type':'content_block_delta','index':0,'delta':{'type':'signature_delta','signature':'c2ln'}}",
          "{'type':'content_block_stop','index':0 }",
          "{'type':'content_block_start','index':1,'content_block':{'type':'redacted_thinking',"
              + "'data':'ZW5j'}}",
          "{'type':'content_block_stop','index':1}",
          "{'type':'content_block_start','index':2,'content_block':{'type':'text','text':''}}",
          "{'type':'content_block_delta','index':2,'delta':{'type':'text_delta','text':'Let me '}}",
          "{'type':'content_block_delta','index':2,'delta':{'type':'citations_delta','citation':{}}}",
          "{'type':'content_block_delta','index':2,'delta':{'type':'text_delta','text':'look.'}}",
          "{'type':'content_block_stop','index':2}",
          "{'type':'content_block_start','index':3,'content_block':{'type':'server_tool_use',"
              + "'id':'srvtoolu_1','name':'web_search','input':{}}}",
          "{'type':'content_block_delta','index':3,'delta':{'type':'input_json_delta',"
              + "'partial_json':'{\\'q\\':'}}",
          "{'type':'content_block_delta','index':3,'delta':{'type':'input_json_delta','partial_json':'1}'}}",
          "{'type':'content_block_stop','index':3}",
          "{'type':'content_block_start','index':4,'content_block':{'type':'tool_use','id':'toolu_1',"
              + "'name':'f','input':{}}}",
          "{'type':'content_block_delta','index':4,'delta':{'type':'input_json_delta','partial_json':''}}",
          "{'type':'content_block_delta','index':4,'delta':{'type':'input_json_delta',"
              + "'partial_json':'{\\'a\\':'}}",
          "{'type':'content_block_delta','index':4,'delta':{'type':'input_json_delta',"
              + "'partial_json':'[1]}'}}",
          "{'type':'content_block_stop','index':4}",
          "{'type':'content_block_start','index':5,'content_block':{'type':'tool_use','id':'toolu_2',"
              + "'name':'g','input':{}}}",
          "{'type':'content_block_stop','index':5}",
          "{'type':'message_delta','delta':{'stop_reason':'tool_use','stop_sequence':null},"
              + "'usage':{'input_tokens':null,'output_tokens':30,"
              + "'output_tokens_details':{'thinking_tokens':12}}}",
          "{'type':'message_stop'      }");

  private static final Completion WHOLE =
      new Completion(
          "msg_1",
          "claude-opus-4-5",
          List.of(
              new Part.Thinking("Grüße 🙂", new Opaque("anthropic-messages", "c2ln")),
              new Part.RedactedThinking(new Opaque("anthropic-messages", "ZW5j")),
              Part.Text.of("Let me look."),
              new Part.Unknown(
                  "anthropic-messages",
                  new RawJson(
                      "{\"type\":\"server_tool_use\",\"id\":\"srvtoolu_1\","
                          + "\"name\":\"web_search\",\"input\":{\"q\":1}}")),
              Part.ToolCall.of("toolu_1", "f", "{\"a\":[1]}"),
              Part.ToolCall.of("toolu_2", "g", "{}")),
          StopReason.Known.TOOL_CALLS,
          null,
          new Usage(10, 7, 0, 5, 18, 12));

  private final AnthropicMessages dialect = new AnthropicMessages();

  private static SseEvent event(String data) {
    return SseEvent.of(data.replace('\'', '"').replace("\\\"", "\\\""));
  }

  private static String wire(List<String> events) {
    StringBuilder wire = new StringBuilder();
    for (String data : events) {
      String json = data.replace('\'', '"');
      wire.append("event: ").append(Json.read(json).path("type").stringValue()).append('\n');
      wire.append("data: ").append(json).append("\n\n");
    }
    return wire.toString();
  }

  private List<Chunk> chunks(StreamReader reader, String... events) {
    List<Chunk> chunks = new ArrayList<>();
    for (String data : events) {
      reader.read(event(data), chunks::add);
    }
    return chunks;
  }

  private List<Chunk> chunks(String... events) {
    return chunks(dialect.readStream(), events);
  }

  @Test
  void fullStream_foldsToTheWholeReply_underAnySplit() {
    byte[] wire = wire(FULL).getBytes(UTF_8);
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      SseReader lines = new SseReader(1 << 20);
      StreamReader reader = dialect.readStream();
      List<Chunk> chunks = new ArrayList<>();
      for (int from = 0; from < wire.length; ) {
        int to = Math.min(wire.length, from + 1 + random.nextInt(seed % 2 == 0 ? 7 : 300));
        lines.read(Arrays.copyOfRange(wire, from, to)).forEach(each -> reader.read(each, chunks::add));
        from = to;
      }
      lines.rest().forEach(each -> reader.read(each, chunks::add));

      assertThat(ChunkFold.of(chunks)).as("seed " + seed).isEqualTo(WHOLE);
      assertThat(reader.hasEnded()).isTrue();
      assertThat(reader.atEnd()).isNull();
    }
  }

  @Test
  void lineEndsMayBeCrLf() {
    SseReader lines = new SseReader(1 << 20);
    StreamReader reader = dialect.readStream();
    List<Chunk> chunks = new ArrayList<>();
    lines
        .read(wire(FULL).replace("\n", "\r\n").getBytes(UTF_8))
        .forEach(each -> reader.read(each, chunks::add));
    assertThat(ChunkFold.of(chunks)).isEqualTo(WHOLE);
  }

  /// What is read of a stream that is passed on: the events that matter, nothing else.
  @Test
  void eventsThatMatter_sufficeForTheBooks() {
    StreamReader reader = dialect.readStream();
    List<Chunk> chunks = new ArrayList<>();
    int read = 0;
    for (String data : FULL) {
      SseEvent each = event(data);
      if (reader.matters(each)) {
        read++;
        reader.read(each, chunks::add);
      }
    }
    assertThat(chunks).contains(new Chunk.Started("msg_1", "claude-opus-4-5"));
    assertThat(chunks.stream().filter(Chunk.Counted.class::isInstance).toList().getLast())
        .isEqualTo(new Chunk.Counted(WHOLE.usage()));
    assertThat(chunks).contains(new Chunk.Stopped(StopReason.Known.TOOL_CALLS, null));
    assertThat(reader.hasEnded()).isTrue();
    assertThat(read).isLessThan(FULL.size() - 12);
    assertThat(reader.matters(event("{'type':'error','error':{'type':'api_error','message':'x'}}"))).isTrue();
    assertThat(reader.matters(event(FULL.get(9)))).isFalse();
  }

  @Test
  void textThatLooksLikeAnEvent_doesNotHideOne() {
    SseEvent error =
        SseEvent.of(
            "{\"type\":\"error\",\"error\":{\"type\":\"api_error\","
                + "\"message\":\"saw \\\"type\\\":\\\"content_block_delta\\\"\"}}");
    assertThat(dialect.readStream().matters(error)).isTrue();
  }

  @Test
  void cutStream_isBroken() {
    StreamReader reader = dialect.readStream();
    chunks(reader, FULL.subList(0, FULL.size() - 1).toArray(String[]::new));
    assertThat(reader.hasEnded()).isFalse();
    assertThat(reader.atEnd().kind()).isEqualTo(FailureKind.BROKEN_STREAM);
    assertThat(dialect.readStream().atEnd().kind()).isEqualTo(FailureKind.BROKEN_STREAM);
  }

  @Test
  void errorEvent_failsTheStream() {
    StreamReader reader = dialect.readStream();
    List<Chunk> chunks =
        chunks(
            reader,
            FULL.getFirst(),
            "{'type':'error','error':{'type':'overloaded_error','message':'Overloaded'},'request_id':null}");
    assertThat(chunks.getLast())
        .isInstanceOfSatisfying(
            Chunk.Failed.class,
            failed -> {
              assertThat(failed.failure().kind()).isEqualTo(FailureKind.OVERLOADED);
              assertThat(failed.failure().original()).isNotNull();
            });
    assertThat(reader.hasEnded()).isFalse();
    assertThat(reader.atEnd().kind()).isEqualTo(FailureKind.OVERLOADED);
    assertThat(chunks("{'error':{'message':'no type','type':'rate_limit_error'}}").getFirst())
        .isInstanceOfSatisfying(
            Chunk.Failed.class,
            failed -> assertThat(failed.failure().kind()).isEqualTo(FailureKind.RATE_LIMITED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[DONE]", "", "null", "[]", "{'type':7}", "{'type':'content_block_stop',"
      + "'index':99}",
    "{'type':'content_block_delta','index':4,'delta':{'type':'input_json_delta','partial_json':'x'}}",
    "{'type':'content_block_start','index':0}", "{'type':'message_delta'}"})
  void malformedEvents_areSkipped(String data) {
    List<String> events = new ArrayList<>(FULL);
    events.add(9, data);
    assertThat(ChunkFold.of(chunks(events.toArray(String[]::new)))).isEqualTo(WHOLE);
  }

  @Test
  void secondMessageStart_doesNotStartAnew() {
    List<String> events = new ArrayList<>(FULL);
    events.add(1, FULL.getFirst());
    events.add(10, FULL.getFirst().replace("msg_1", "msg_2"));
    assertThat(ChunkFold.of(chunks(events.toArray(String[]::new)))).isEqualTo(WHOLE);
  }

  @Test
  void unknownEvent_isHandedOnRaw() {
    assertThat(chunks("{'type':'message_mood','mood':1}"))
        .containsExactly(
            new Chunk.Unknown(
                "anthropic-messages", new RawJson("{\"type\":\"message_mood\",\"mood\":1}")));
  }

  @Test
  void interleavedBlocks_keepTheirDeltas() {
    assertThat(
            chunks(
                "{'type':'content_block_start','index':0,'content_block':{'type':'tool_use','id':'a',"
                    + "'name':'f'}}",
                "{'type':'content_block_start','index':1,'content_block':{'type':'tool_use','id':'b',"
                    + "'name':'g'}}",
                "{'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta',"
                    + "'partial_json':'1'}}",
                "{'type':'content_block_delta','index':1,'delta':{'type':'input_json_delta',"
                    + "'partial_json':'2'}}"))
        .containsExactly(
            new Chunk.ToolCallStarted(0, "a", "f", null),
            new Chunk.ToolCallStarted(1, "b", "g", null),
            new Chunk.ToolCallDelta(0, "1"),
            new Chunk.ToolCallDelta(1, "2"));
  }

  @Test
  void refusal_isADeclinationAndAStop() {
    assertThat(
            chunks(
                "{'type':'message_delta','delta':{'stop_reason':'refusal','stop_sequence':null,"
                    + "'stop_details':{'type':'refusal','explanation':'No.'}}}"))
        .containsExactly(
            new Chunk.DeclinedDelta("No."), new Chunk.Stopped(StopReason.Known.FILTERED, null));
  }

  @Test
  void usageOfTheEnd_replacesWhatIsThere_andIsNotAdded() {
    List<Chunk> chunks =
        chunks(
            "{'type':'message_start','message':{'id':'m','model':'c','usage':{'input_tokens':10,"
                + "'output_tokens':5}}}",
            "{'type':'message_delta','delta':{},'usage':{'output_tokens':20}}",
            "{'type':'message_delta','delta':{'stop_reason':'stop_sequence','stop_sequence':'END'},"
                + "'usage':{'input_tokens':12,'output_tokens':25}}");
    assertThat(chunks)
        .containsExactly(
            new Chunk.Started("m", "c"),
            new Chunk.Counted(new Usage(10, 0, 0, 0, 5, 0)),
            new Chunk.Counted(new Usage(10, 0, 0, 0, 20, 0)),
            new Chunk.Counted(new Usage(12, 0, 0, 0, 25, 0)),
            new Chunk.Stopped(StopReason.Known.STOP_SEQUENCE, "END"));
  }
}
