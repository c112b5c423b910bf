// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Citation;
import dev.auriga.completion.Completion;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Glance;
import dev.auriga.dialect.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AnthropicRepliesTest {
  private static final ClientRequest ASKED =
      ClientRequest.of("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  private static final String FULL =
      """
      {"id":"msg_1","type":"message","role":"assistant","model":"claude-opus-4-5","content":[
        {"type":"thinking","thinking":"Hm.","signature":"c2ln"},
        {"type":"redacted_thinking","data":"ZW5j"},
        {"type":"text","text":"Look:","citations":[{"type":"char_location","cited_text":"q",
         "document_index":2,"document_title":"T","file_id":null,"start_char_index":1,"end_char_index":2}]},
        {"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"q":1}},
        {"type":"tool_use","id":"toolu_1","name":"f","input":{"a":[1,{"b":null}]}}],
       "stop_reason":"tool_use","stop_sequence":null,"stop_details":null,"container":null,
       "usage":{"input_tokens":10,"cache_creation_input_tokens":100,"cache_read_input_tokens":1000,
         "cache_creation":{"ephemeral_5m_input_tokens":20,"ephemeral_1h_input_tokens":30},
         "output_tokens":50,"output_tokens_details":{"thinking_tokens":15},
         "server_tool_use":{"web_search_requests":1},"service_tier":"standard"}}
      """;

  private final AnthropicMessages dialect = new AnthropicMessages();

  private Completion read(String body) {
    return dialect.readReply(body.getBytes(UTF_8));
  }

  @Test
  void fullReply_isRead() {
    assertThat(read(FULL))
        .usingRecursiveComparison()
        .ignoringFields("unread")
        .isEqualTo(
            new Completion(
                "msg_1",
                "claude-opus-4-5",
                List.of(
                    new Part.Thinking("Hm.", new Opaque("anthropic-messages", "c2ln")),
                    new Part.RedactedThinking(new Opaque("anthropic-messages", "ZW5j")),
                    new Part.Text(
                        "Look:", null,
                        List.of(
                            new Citation.Sourced(
                                new Citation.Source.Document(2, "T", null), "q",
                                new Citation.Place(Citation.Place.Unit.CHARACTER, 1, 2), null)),
                        List.of()),
                    new Part.Unknown(
                        "anthropic-messages",
                        new RawJson(
                            "{\"type\":\"server_tool_use\",\"id\":\"srvtoolu_1\","
                                + "\"name\":\"web_search\",\"input\":{\"q\":1}}")),
                    Part.ToolCall.of("toolu_1", "f", "{\"a\":[1,{\"b\":null}]}")),
                StopReason.Known.TOOL_CALLS,
                null,
                new Usage(10, 1000, 70, 30, 35, 15)));
  }

  @Test
  void glance_seesWhatTheReaderReads() {
    Completion whole = read(FULL);
    assertThat(dialect.glance(FULL.getBytes(UTF_8)))
        .isEqualTo(new Glance(whole.model(), whole.usage(), whole.stop(), true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'input_tokens':3,'output_tokens':4}                                             | 3 0 0 0 4 0",
        "{'input_tokens':3,'output_tokens':4,'cache_creation_input_tokens':null}          | 3 0 0 0 4 0",
        "{'input_tokens':3,'output_tokens':4,'cache_creation_input_tokens':9}             | 3 0 9 0 4 0",
        "{'input_tokens':3,'output_tokens':4,'cache_creation':{'ephemeral_1h_input_tokens':9}} | 3 0 0 9 4 0",
        "{'input_tokens':3,'output_tokens':4,'output_tokens_details':{'thinking_tokens':9}} | 3 0 0 0 0 4",
        "{'input_tokens':1,'output_tokens':2,'iterations':[{'type':'compaction','input_tokens':10,"
            + "'output_tokens':20,'cache_read_input_tokens':5},{'type':'message','input_tokens':1}]}"
            + " | 11 5 0 0 22 0",
        "{'input_tokens':3.5,'output_tokens':'4'}                                         | 0 0 0 0 0 0"
      })
  void usage_isReadIntoDisjointBuckets(String usage, String buckets) {
    String body =
        "{\"content\":[],\"stop_reason\":\"end_turn\",\"usage\":%s}".formatted(usage.replace('\'', '"'));
    String[] each = buckets.split(" ");
    Usage expected =
        new Usage(
            Long.parseLong(each[0]), Long.parseLong(each[1]), Long.parseLong(each[2]),
            Long.parseLong(each[3]), Long.parseLong(each[4]), Long.parseLong(each[5]));
    assertThat(read(body).usage()).isEqualTo(expected);
    assertThat(dialect.glance(body.getBytes(UTF_8)).usage()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn, END, TOOL_CALLS",
    "max_tokens, MAX_TOKENS, MAX_TOKENS",
    "stop_sequence, STOP_SEQUENCE, TOOL_CALLS",
    "tool_use, TOOL_CALLS, TOOL_CALLS",
    "pause_turn, PAUSED, PAUSED",
    "refusal, FILTERED, FILTERED",
    "model_context_window_exceeded, CONTEXT_FULL, CONTEXT_FULL"
  })
  void stopReasons_areMapped_andBack(
      String reason, StopReason.Known plain, StopReason.Known withCalls) {
    String body = "{\"content\":[%s],\"stop_reason\":\"" + reason + "\"}";
    assertThat(read(body.formatted("")).stop()).isEqualTo(plain);
    assertThat(read(body.formatted("{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"f\","
        + "\"input\":{}}")).stop())
        .isEqualTo(withCalls);
    assertThat(written(read(body.formatted(""))).path("stop_reason").stringValue()).isEqualTo(reason);
  }

  @Test
  void aCountNoLongCanHold_isNone() {
    String body = FULL.replace("\"output_tokens\":50", "\"output_tokens\":" + "9".repeat(40));
    assertThat(read(body).usage().allOutput()).isZero();
    assertThat(read(body).usage().freshInput()).isEqualTo(10);
  }

  @Test
  void unknownStopReason_isPassedAsSuch() {
    Completion read = read("{\"content\":[],\"stop_reason\":\"compaction\"}");
    assertThat(read.stop()).isEqualTo(new StopReason.Unknown("compaction"));
    assertThat(written(read).path("stop_reason").stringValue()).isEqualTo("compaction");
  }

  private JsonNode written(Completion completion) {
    return Json.read(dialect.writeReply(completion, ASKED).body());
  }

  @Test
  void refusalsExplanation_isADeclination() {
    Completion read =
        read(
            """
            {"content":[],"stop_reason":"refusal","usage":{"input_tokens":1,"output_tokens":0},
             "stop_details":{"type":"refusal","category":"cyber","explanation":"Against policy."}}
            """);
    assertThat(read.stop()).isEqualTo(StopReason.Known.FILTERED);
    assertThat(read.parts()).containsExactly(new Part.Declined("Against policy."));
  }

  @Test
  void declination_isWrittenAsTextAndRefusal() {
    JsonNode message =
        written(
            new Completion(
                "chatcmpl-1", "gpt-4o", List.of(new Part.Declined("No.")), StopReason.Known.END,
                null, Usage.NONE));
    assertThat(message.path("stop_reason").stringValue()).isEqualTo("refusal");
    assertThat(message.at("/content/0/text").stringValue()).isEqualTo("No.");
    assertThat(message.path("id").stringValue()).isEqualTo("msg_chatcmpl-1");
  }

  @Test
  void replyOfAnotherProvider_hasTheFullShape() {
    JsonNode message =
        written(
            new Completion(
                "resp.1",
                "gpt-5",
                List.of(
                    Part.Text.of("Hi"),
                    Part.ToolCall.of("call_1", "f", ""),
                    Part.ToolCall.of("call_2", "g", "{\"x\":")),
                StopReason.Known.END,
                null,
                new Usage(1, 2, 3, 4, 5, 6)));
    assertThat(message)
        .isEqualTo(
            Json.read(
                """
                {"id":"%s","type":"message","role":"assistant","model":"gpt-5","content":[
                   {"type":"text","text":"Hi","citations":null},
                   {"type":"tool_use","id":"call_1","name":"f","caller":{"type":"direct"},"input":{}},
                   {"type":"tool_use","id":"call_2","name":"g","caller":{"type":"direct"},"input":{"_raw":"{\\"x\\":"}}],
                 "stop_reason":"tool_use","stop_sequence":null,"stop_details":null,"container":null,
                 "usage":{"input_tokens":1,"cache_creation_input_tokens":7,
                   "cache_read_input_tokens":2,"output_tokens":11,
                   "output_tokens_details":{"thinking_tokens":6},"server_tool_use":null,
                   "cache_creation":{"ephemeral_5m_input_tokens":3,"ephemeral_1h_input_tokens":4},
                   "service_tier":null,"inference_geo":null}}
                """
                    .formatted(message.path("id").stringValue())));
  }

  /// What another provider signed travels through a client of this dialect and back.
  @Test
  void foreignSignatures_surviveTheWayThroughTheClient() {
    List<Part> parts =
        List.of(
            new Part.Thinking("t", new Opaque("gemini", "a.b+/=")),
            new Part.Thinking("u", null),
            new Part.RedactedThinking(new Opaque("openai-responses", "enc")),
            new Part.ToolCall("c1", "f", "{\"a\":1}", new Opaque("gemini", "sig"), null),
            Part.ToolCall.of("c2", "g", "{}"));
    JsonNode message =
        written(new Completion("1", "m", parts, StopReason.Known.TOOL_CALLS, null, Usage.NONE));
    tools.jackson.databind.node.ObjectNode next = Json.object().put("model", "route");
    tools.jackson.databind.node.ObjectNode turn =
        next.putArray("messages").addObject().put("role", "assistant");
    turn.set("content", message.path("content"));

    assertThat(
            dialect.readRequest(ClientRequest.of(Json.write(next))).messages().getFirst().parts())
        .isEqualTo(parts);
  }

  @Test
  void ownReply_keepsItsMeaning() {
    Completion read = read(FULL);
    assertThat(dialect.readReply(dialect.writeReply(read, ASKED).body()))
        .usingRecursiveComparison()
        .ignoringFields("unread")
        .isEqualTo(read);
  }

  @Test
  void glance_tellsWhetherThereIsAnything() {
    assertThat(glance("[]").hasContent()).isFalse();
    assertThat(glance("[{\"type\":\"text\",\"text\":\"\"}]").hasContent()).isFalse();
    assertThat(glance("[{\"type\":\"text\",\"text\":\"x\"}]").hasContent()).isTrue();
    assertThat(glance("[]").usage()).isNull();
  }

  private Glance glance(String content) {
    return dialect.glance(
        ("{\"content\":" + content + ",\"stop_reason\":\"end_turn\"}").getBytes(UTF_8));
  }
}
