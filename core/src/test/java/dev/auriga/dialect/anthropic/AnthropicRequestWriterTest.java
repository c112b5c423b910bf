// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.completion.AnswerFormat;
import dev.auriga.completion.CacheMark;
import dev.auriga.completion.Chunk;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Media;
import dev.auriga.completion.Message;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Role;
import dev.auriga.completion.Sampling;
import dev.auriga.completion.Thinking;
import dev.auriga.completion.Tool;
import dev.auriga.completion.ToolChoice;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Targets;
import dev.auriga.dialect.Written;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AnthropicRequestWriterTest {
  private final AnthropicMessages dialect = new AnthropicMessages();

  private static Target to(String model) {
    return Targets.anthropic(model, 4096, 8000);
  }

  private Written write(CompletionRequest.Builder request) {
    return write(request, "claude-sonnet-4-5");
  }

  private Written write(CompletionRequest.Builder request, String model) {
    return dialect.writeRequest(request.build(), to(model));
  }

  private static JsonNode tree(Written written) {
    return Json.read(written.body());
  }

  private static List<String> losses(Written written) {
    return written.losses().stream().map(Object::toString).toList();
  }

  private static CompletionRequest.Builder ask(Message... messages) {
    return CompletionRequest.to("route").messages(List.of(messages));
  }

  private void writesMessages(CompletionRequest.Builder request, String messages, String... losses) {
    Written written = write(request);
    assertThat(tree(written).path("messages")).isEqualTo(Json.read(messages));
    assertThat(losses(written)).containsExactly(losses);
  }

  @Test
  void plainQuestion() {
    Written written = write(ask(Message.user("Hi")));
    assertThat(tree(written))
        .isEqualTo(
            Json.read(
                """
                {"model":"claude-sonnet-4-5","max_tokens":4096,
                 "messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}]}
                """));
    assertThat(written.losses()).isEmpty();
  }

  @Test
  void ownRichRequest_keepsItsMeaning() {
    ClientRequest own = AnthropicRequestReaderTest.request(AnthropicRequestReaderTest.RICH);
    CompletionRequest request = dialect.readRequest(own);
    Written written = dialect.writeRequest(request, to("claude-sonnet-4-5"));

    // The turn after the call says text too, so results come first; the rest is as it was.
    assertThat(tree(written))
        .isEqualTo(
            Json.read(
                """
                {"model": "claude-sonnet-4-5", "max_tokens": 4000, "stream": true,
                 "system": [{"type":"text","text":"Be kind.","cache_control":{"type":"ephemeral","ttl":"1h"}},
                            {"type":"text","text":"Be brief."}],
                 "messages": [
                   {"role":"user","content":[
                     {"type":"text","text":"What is this?"},
                     {"type":"image",
                      "source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}},
                     {"type":"document","source":{"type":"text","media_type":"text/plain","data":"Añejo"},
                      "title":"Notes"},
                     {"type":"search_result","source":"s","title":"t",
                      "content":[{"type":"text","text":"x"}]}]},
                   {"role":"assistant","content":[
                     {"type":"thinking","thinking":"Hm.","signature":"c2ln"},
                     {"type":"redacted_thinking","data":"ZW5j"},
                     {"type":"text","text":"Let me look."},
                     {"type":"tool_use","id":"toolu_1","name":"look","input":{"at":1.5}}]},
                   {"role":"user","content":[
                     {"type":"tool_result","tool_use_id":"toolu_1","is_error":true,
                      "content":[{"type":"text","text":"gone"},
                                 {"type":"image","source":{"type":"url","url":"https://x/y.png"}}],
                      "cache_control":{"type":"ephemeral"}},
                     {"type":"text","text":"and hurry"}]}],
                 "tools": [{"name":"look","description":"Looks.",
                            "input_schema":{"type":"object","additionalProperties":false},"strict":true},
                           {"type":"web_search_20250305","name":"web_search","max_uses":3}],
                 "tool_choice": {"type":"auto","disable_parallel_tool_use":true},
                 "thinking": {"type":"enabled","budget_tokens":2000,"display":"summarized"},
                 "output_config": {"format":{"type":"json_schema",
                   "schema":{"type":"object","additionalProperties":false}}},
                 "stop_sequences": ["END"], "metadata": {"user_id":"u-1"}, "service_tier":"auto",
                 "container":null, "mcp_servers":[{"type":"url","url":"https://mcp"}]}
                """));
    assertThat(losses(written))
        .containsExactly(
            "unsupported-by-model:toolChoice",
            "unsupported-by-model:temperature",
            "unsupported-by-model:topP",
            "unsupported-by-model:topK",
            "foreign-field:messages[0].content[2].citations",
            "foreign-field:tools[0].input_examples");
  }

  @Test
  void leadingInstructions_becomeSystemBlocks_notJoined() {
    Written written =
        write(
            ask(
                new Message(
                    Role.SYSTEM,
                    List.of(Part.Text.of("a"), new Part.Text("b", new CacheMark(null))),
                    null),
                Message.of(Role.DEVELOPER, Part.Text.of("c"), Part.Text.of("  ")),
                Message.user("Hi")));
    assertThat(tree(written).path("system"))
        .isEqualTo(
            Json.read(
                """
                [{"type":"text","text":"a"},
                 {"type":"text","text":"b","cache_control":{"type":"ephemeral"}},
                 {"type":"text","text":"c"}]
                """));
    assertThat(written.losses()).isEmpty();
  }

  @Test
  void laterInstruction_staysWhereItIs_asAMarkedUserBlock() {
    writesMessages(
        ask(Message.user("a"), Message.assistant("b"), Message.system("c"), Message.user("d")),
        """
        [{"role":"user","content":[{"type":"text","text":"a"}]},
         {"role":"assistant","content":[{"type":"text","text":"b"}]},
         {"role":"user","content":[
           {"type":"text","text":"<system-message>\\nc\\n</system-message>"},
           {"type":"text","text":"d"}]}]
        """,
        "changed-role:messages[2]");
  }

  @Test
  void instructionsOnly_getAFirstTurn() {
    writesMessages(
        ask(Message.system("s")),
        """
        [{"role":"user","content":[{"type":"text","text":"(The conversation starts here.)"}]}]
        """,
        "synthesised-turn:messages");
  }

  @Test
  void historyThatStartsWithTheAssistant_getsAFirstTurn() {
    writesMessages(
        ask(Message.assistant("Hello"), Message.user("Hi")),
        """
        [{"role":"user","content":[{"type":"text","text":"(The conversation starts here.)"}]},
         {"role":"assistant","content":[{"type":"text","text":"Hello"}]},
         {"role":"user","content":[{"type":"text","text":"Hi"}]}]
        """,
        "synthesised-turn:messages");
  }

  @Test
  void emptyAndBlankBlocks_areLeftOut_andNeighboursMerged() {
    writesMessages(
        ask(
            Message.of(Role.USER, Part.Text.of("a"), Part.Text.of("")),
            Message.assistant(" \n"),
            Message.of(Role.USER, Part.Text.of("\t"), Part.Text.of(" b "))),
        """
        [{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":" b "}]}]
        """,
        "empty-content:messages[1]");
  }

  @Test
  void nothingButBlanks_isRefused() {
    assertThatThrownBy(() -> write(ask(Message.system("s"), Message.user(" "))))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("messages"));
  }

  @Test
  void results_standFirst_inTheTurnAfterTheirCalls() {
    writesMessages(
        ask(
            Message.user("q"),
            Message.of(
                Role.ASSISTANT,
                Part.ToolCall.of("call_a", "f", "{\"x\":1}"),
                Part.ToolCall.of("call_b", "g", "")),
            Message.user("meanwhile"),
            Message.of(Role.TOOL, result("call_b", "B")),
            Message.of(Role.TOOL, result("call_a", "A"))),
        """
        [{"role":"user","content":[{"type":"text","text":"q"}]},
         {"role":"assistant","content":[
           {"type":"tool_use","id":"call_a","name":"f","input":{"x":1}},
           {"type":"tool_use","id":"call_b","name":"g","input":{}}]},
         {"role":"user","content":[
           {"type":"tool_result","tool_use_id":"call_b","content":[{"type":"text","text":"B"}]},
           {"type":"tool_result","tool_use_id":"call_a","content":[{"type":"text","text":"A"}]},
           {"type":"text","text":"meanwhile"}]}]
        """);
  }

  private static Part result(String id, String text) {
    return new Part.ToolResult(id, null, List.of(Part.Text.of(text)), false, null);
  }

  @Test
  void orphans_areAnsweredOrLeftOut() {
    writesMessages(
        ask(
            Message.user("q"),
            Message.of(Role.TOOL, result("ghost", "boo")),
            Message.of(Role.ASSISTANT, Part.ToolCall.of("a", "f", "{}")),
            Message.assistant("never mind"),
            Message.user("ok"),
            Message.of(Role.ASSISTANT, Part.ToolCall.of("b", "f", "{}"))),
        """
        [{"role":"user","content":[{"type":"text","text":"q"}]},
         {"role":"assistant","content":[
           {"type":"tool_use","id":"a","name":"f","input":{}},{"type":"text","text":"never mind"}]},
         {"role":"user","content":[
           {"type":"tool_result","tool_use_id":"a","is_error":true,
            "content":"No result: the tool call was not answered."},
           {"type":"text","text":"ok"}]},
         {"role":"assistant","content":[{"type":"tool_use","id":"b","name":"f","input":{}}]},
         {"role":"user","content":[
           {"type":"tool_result","tool_use_id":"b","is_error":true,
            "content":"No result: the tool call was not answered."}]}]
        """,
        "orphan-result:messages[1].content[0]",
        "orphan-call:messages[2].content[0]",
        "orphan-call:messages[5].content[0]");
  }

  @Test
  void illegalIds_areMappedAlike_inCallAndResult_andTheSameEachTime() {
    CompletionRequest.Builder request =
        ask(
            Message.user("q"),
            Message.of(Role.ASSISTANT, Part.ToolCall.of("functions.Read:0", "f", "{}")),
            Message.of(Role.TOOL, result("functions.Read:0", "r")));
    JsonNode messages = tree(write(request)).path("messages");
    String id = messages.at("/1/content/0/id").stringValue();

    assertThat(id).matches("[a-zA-Z0-9_-]+").startsWith("functions_Read_0_");
    assertThat(messages.at("/2/content/0/tool_use_id").stringValue()).isEqualTo(id);
    assertThat(tree(write(request)).path("messages")).isEqualTo(messages);
  }

  @Test
  void idsUsedTwice_areToldApart() {
    JsonNode messages =
        tree(write(
                ask(
                    Message.user("q"),
                    Message.of(Role.ASSISTANT, Part.ToolCall.of("call_0", "f", "{}")),
                    Message.of(Role.TOOL, result("call_0", "first")),
                    Message.of(Role.ASSISTANT, Part.ToolCall.of("call_0", "f", "{}")),
                    Message.of(Role.TOOL, result("call_0", "second")))))
            .path("messages");
    String first = messages.at("/1/content/0/id").stringValue();
    String second = messages.at("/3/content/0/id").stringValue();

    assertThat(first).isEqualTo("call_0").isNotEqualTo(second);
    assertThat(messages.at("/2/content/0/tool_use_id").stringValue()).isEqualTo(first);
    assertThat(messages.at("/4/content/0/tool_use_id").stringValue()).isEqualTo(second);
  }

  @Test
  void brokenArguments_areWrapped() {
    writesMessages(
        ask(
            Message.user("q"),
            Message.of(
                Role.ASSISTANT,
                Part.ToolCall.of("a", "f", "{\"x\":"),
                Part.ToolCall.of("b", "f", "[1]")),
            Message.of(Role.TOOL, result("a", "r"), result("b", "r"))),
        """
        [{"role":"user","content":[{"type":"text","text":"q"}]},
         {"role":"assistant","content":[
           {"type":"tool_use","id":"a","name":"f","input":{"_raw":"{\\"x\\":"}},
           {"type":"tool_use","id":"b","name":"f","input":{"_raw":"[1]"}}]},
         {"role":"user","content":[
           {"type":"tool_result","tool_use_id":"a","content":[{"type":"text","text":"r"}]},
           {"type":"tool_result","tool_use_id":"b","content":[{"type":"text","text":"r"}]}]}]
        """,
        "wrapped-arguments:messages[1].content[0].arguments",
        "wrapped-arguments:messages[1].content[1].arguments");
  }

  @Test
  void foreignReasoning_isStripped_ownGoesBack() {
    writesMessages(
        ask(
            Message.user("q"),
            Message.of(
                Role.ASSISTANT,
                new Part.Thinking("a", new Opaque("gemini", "AAA")),
                new Part.Thinking("b", new Opaque("anthropic-messages", "BBB")),
                new Part.Thinking("c", null),
                new Part.RedactedThinking(new Opaque("openai-responses", "CCC")),
                new Part.Unknown("gemini", new RawJson("{}")),
                Part.Text.of("d")),
            new Message(Role.USER, List.of(Part.Text.of("e")), "ann")),
        """
        [{"role":"user","content":[{"type":"text","text":"q"}]},
         {"role":"assistant","content":[
           {"type":"thinking","thinking":"b","signature":"BBB"},{"type":"text","text":"d"}]},
         {"role":"user","content":[{"type":"text","text":"e"}]}]
        """,
        "foreign-signature:messages[1].content[0]",
        "unsigned-thinking:messages[1].content[2]",
        "foreign-signature:messages[1].content[3]",
        "foreign-part:messages[1].content[4]",
        "unsupported-field:messages[2].name");
  }

  @Test
  void media_areMappedOrLost() {
    writesMessages(
        ask(
            Message.of(
                Role.USER,
                new Part.Image(new Media.ByFile("file_1"), "high", new CacheMark("5m")),
                new Part.Document(new Media.Inline("application/pdf", "AA=="), null, null),
                new Part.Document(new Media.ByUrl("https://x/y.pdf", null), "t", null))),
        """
        [{"role":"user","content":[
          {"type":"image","source":{"type":"file","file_id":"file_1"},
           "cache_control":{"type":"ephemeral","ttl":"5m"}},
          {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"AA=="}},
          {"type":"document","source":{"type":"url","url":"https://x/y.pdf"},"title":"t"}]}]
        """,
        "unsupported-field:messages[0].content[0].detail");
  }

  @Test
  void mediaOfTheUserThatAreNotTaken_areRefused() {
    for (Part part :
        List.of(
            new Part.Image(new Media.ByFile("file-openai"), null, null),
            new Part.Image(new Media.Inline("image/tiff", "AA=="), null, null),
            new Part.Document(new Media.Inline("application/msword", "AA=="), null, null),
            new Part.Audio(new Media.Inline("audio/wav", "AA==")))) {
      assertThatThrownBy(() -> write(ask(Message.of(Role.USER, Part.Text.of("look"), part))))
          .isInstanceOfSatisfying(
              Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("messages[0].content[1]"));
    }
  }

  @Test
  void messageOfNothingButAudio_isRefused() {
    assertThatThrownBy(
            () ->
                write(
                    ask(
                        Message.user("a"),
                        Message.of(
                            Role.USER, new Part.Audio(new Media.Inline("audio/wav", "AA=="))))))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("messages[1].content[0]"));
  }

  @Test
  void prefill_isRefusedByNewModels_andTrimmedForOldOnes() {
    CompletionRequest.Builder request = ask(Message.user("q"), Message.assistant("Sure:  "));

    assertThat(tree(write(request)).at("/messages/1/content/0/text").stringValue())
        .isEqualTo("Sure:");
    assertThat(losses(write(request))).containsExactly("trimmed:messages[1]");
    assertThatThrownBy(() -> write(request, "claude-opus-4-6")).isInstanceOf(Refusal.class);
  }

  @Test
  void pausedServerToolTurn_goesBackAsItIs_alsoToNewModels() {
    RawJson raw =
        new RawJson("{\"type\":\"server_tool_use\",\"id\":\"srvtoolu_1\",\"name\":\"web_search\","
            + "\"input\":{}}");
    Written written =
        write(
            ask(
                Message.user("q"),
                Message.of(Role.ASSISTANT, new Part.Unknown("anthropic-messages", raw))),
            "claude-opus-5");
    assertThat(tree(written).at("/messages/1/content/0")).isEqualTo(Json.read(raw));
  }

  @ParameterizedTest
  @CsvSource({
    "claude-sonnet-4-5,           1.7,  ,    , '{\"temperature\":1.0}', clamped:temperature",
    "claude-sonnet-4-5,           0.3, 0.5,  5, '{\"temperature\":0.3,\"top_k\":5}', unsupported-combination:topP",
    "claude-3-5-haiku-20241022,   0.3, 0.5,   , '{\"temperature\":0.3,\"top_p\":0.5}',",
    "claude-opus-4-6,             0.3,  ,    , '{\"temperature\":0.3}',",
    "claude-opus-4-7,             0.3,  ,    , '{}', unsupported-by-model:temperature",
    "claude-opus-5,               1.0, 0.99, , '{}',",
    "claude-sonnet-5-5,            , 0.5,   5, '{}', 'unsupported-by-model:topP,unsupported-by-model:topK'",
    "our-own-deployment,          0.2,  ,    , '{}', unsupported-by-model:temperature"
  })
  void sampling_isWhatTheModelTakes(
      String model, Double temperature, Double topP, Integer topK, String expected, String lost) {
    Written written =
        write(
            ask(Message.user("q"))
                .sampling(new Sampling(temperature, topP, topK, null, null, 0.0)),
            model);
    tools.jackson.databind.node.ObjectNode body =
        (tools.jackson.databind.node.ObjectNode) tree(written);
    body.remove(List.of("model", "max_tokens", "messages"));
    assertThat(body).isEqualTo(Json.read(expected));
    assertThat(losses(written)).containsExactlyElementsOf(
        lost == null ? List.of() : List.of(lost.split(",")));
  }

  @Test
  void seedAndPenalties_areLost() {
    Written written =
        write(ask(Message.user("q")).sampling(new Sampling(null, null, null, 7L, 0.5, -1.0)));
    assertThat(losses(written))
        .containsExactly(
            "unsupported-field:seed",
            "unsupported-field:frequencyPenalty",
            "unsupported-field:presencePenalty");
  }

  @Test
  void blankStopSequences_areLost() {
    Written written =
        write(ask(Message.user("q")).stopSequences(List.of("\n\n", "END", "", "STOP")));
    assertThat(tree(written).path("stop_sequences")).isEqualTo(Json.read("[\"END\",\"STOP\"]"));
    assertThat(losses(written))
        .containsExactly("unsupported-value:stopSequences[0]", "unsupported-value:stopSequences[2]");
  }

  @Test
  void extras_onlyOwnOnesAreSent() {
    Written written =
        write(
            ask(Message.user("q"))
                .extras(
                    Map.of(
                        "prediction", new RawJson("{\"1\":2}"),
                        "service_tier", new RawJson("\"flex\""),
                        "context_management", new RawJson("{\"edits\":[]}"))));
    assertThat(tree(written).path("context_management")).isEqualTo(Json.read("{\"edits\":[]}"));
    assertThat(tree(written).has("prediction")).isFalse();
    assertThat(losses(written))
        .containsExactly("foreign-field:prediction", "unsupported-value:service_tier");
  }

  @Test
  void formats() {
    assertThatThrownBy(() -> write(ask(Message.user("q")).format(new AnswerFormat.JsonObject())))
        .isInstanceOf(Refusal.class);

    AnswerFormat schema =
        new AnswerFormat.JsonSchema(
            "person",
            new RawJson(
                """
                {"type":"object","properties":{
                   "properties":{"type":"string"},
                   "inner":{"type":["object","null"],"properties":{}},
                   "open":{"type":"object","additionalProperties":true},
                   "list":{"type":"array","items":{"anyOf":[{"type":"object"}]}}},
                 "$defs":{"d":{"properties":{"a":{"const":{"type":"object"}}}}}}
                """),
            null);
    Written written = write(ask(Message.user("q")).format(schema));
    assertThat(tree(written).path("output_config"))
        .isEqualTo(
            Json.read(
                """
                {"format":{"type":"json_schema","schema":
                {"type":"object","additionalProperties":false,"properties":{
                   "properties":{"type":"string"},
                   "inner":{"type":["object","null"],"properties":{},"additionalProperties":false},
                   "open":{"type":"object","additionalProperties":true},
                   "list":{"type":"array","items":{"anyOf":[
                      {"type":"object","additionalProperties":false}]}}},
                 "$defs":{"d":{"properties":{"a":{"const":{"type":"object"}}},
                               "additionalProperties":false}}}}}
                """));
    assertThat(written.losses()).isEmpty();
    assertThat(losses(write(ask(Message.user("q")).format(schema), "claude-sonnet-4-20250514")))
        .containsExactly("unsupported-by-model:format");
  }

  private static final Tool WEATHER =
      new Tool.Function("get.weather", "", new RawJson("{\"properties\":{}}"), null, new CacheMark(null));

  @Test
  void tools_areRenamedWhereTheirNameIsIllegal() {
    Written written =
        write(
            ask(Message.user("q"))
                .tool(WEATHER)
                .tool(new Tool.Hosted("openai-responses", "web_search", new RawJson("{}")))
                .toolChoice(new ToolChoice.Named("get.weather")));
    String name = tree(written).at("/tools/0/name").stringValue();

    assertThat(name).matches("get_weather_[0-9a-f]{10}");
    assertThat(tree(written).path("tools"))
        .isEqualTo(
            Json.read(
                "[{\"name\":\"" + name + "\",\"input_schema\":{\"properties\":{},\"type\":\"object\"},"
                    + "\"cache_control\":{\"type\":\"ephemeral\"}}]"));
    assertThat(tree(written).path("tool_choice"))
        .isEqualTo(Json.read("{\"type\":\"tool\",\"name\":\"" + name + "\"}"));
    assertThat(losses(written)).containsExactly("foreign-tool:tools[1]");
    assertThat(written.names().inward(new Chunk.ToolCallStarted(0, "toolu_1", name, null)))
        .isEqualTo(new Chunk.ToolCallStarted(0, "toolu_1", "get.weather", null));
  }

  @ParameterizedTest
  @CsvSource({
    "claude-sonnet-4-5, any,  ",
    "claude-opus-5,     any,  ",
    "claude-fable-5,    any,  ",
    "claude-fable-5-1,  auto, unsupported-by-model:toolChoice",
    "claude-opus-5-5,   auto, unsupported-by-model:toolChoice",
    "claude-sonnet-5-5, auto, unsupported-by-model:toolChoice",
    "claude-mythos-preview, auto, unsupported-by-model:toolChoice"
  })
  void forcedTools_onlyWhereTheModelTakesThem(String model, String type, String lost) {
    Written written =
        write(
            ask(Message.user("q"))
                .tool(new Tool.Function("f", null, RawJson.EMPTY_OBJECT, null, null))
                .toolChoice(new ToolChoice.Required())
                .parallelToolCalls(false),
            model);
    assertThat(tree(written).path("tool_choice"))
        .isEqualTo(
            Json.read("{\"type\":\"" + type + "\",\"disable_parallel_tool_use\":true}"));
    assertThat(losses(written)).containsExactlyElementsOf(lost == null ? List.of() : List.of(lost));
  }

  @Test
  void choiceOfAToolThatIsNotThere_isRefused_orFreedWhereItWasLost() {
    CompletionRequest.Builder request =
        ask(Message.user("q")).tool(WEATHER).toolChoice(new ToolChoice.Named("web_search"));
    assertThatThrownBy(() -> write(request))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("toolChoice"));

    request.tool(new Tool.Hosted("gemini", "web_search", RawJson.EMPTY_OBJECT));
    assertThat(tree(write(request)).path("tool_choice").path("type").stringValue())
        .isEqualTo("auto");
    assertThat(losses(write(request))).contains("foreign-tool:toolChoice");
  }

  @Test
  void noMoreThanFourCacheMarks() {
    Part[] marked = new Part[6];
    for (int i = 0; i < marked.length; i++) {
      marked[i] = new Part.Text("t" + i, new CacheMark(null));
    }
    Written written = write(ask(Message.of(Role.USER, marked)));
    for (int i = 0; i < marked.length; i++) {
      assertThat(tree(written).at("/messages/0/content/" + i).has("cache_control"))
          .as("block " + i)
          .isEqualTo(i < 2 || i > 3);
    }
    assertThat(losses(written)).containsExactly("clamped:messages[0].content[2].cache", "clamped:messages[0].content[3].cache");
  }

  @Test
  void userId_isMapped_unlessTooLong() {
    assertThat(tree(write(ask(Message.user("q")).user("u"))).path("metadata"))
        .isEqualTo(Json.read("{\"user_id\":\"u\"}"));
    assertThat(losses(write(ask(Message.user("q")).user("u".repeat(513)))))
        .containsExactly("unsupported-value:user");
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen3:32b", "llama-4"})
  void compatibleServer_getsTheLenientForm(String model) {
    Written written =
        dialect.writeRequest(
            ask(Message.user("q"))
                .sampling(new Sampling(0.2, 0.9, 40, null, null, null))
                .thinking(new Thinking.Off())
                .build(),
            Targets.anthropic(model, Target.Host.COMPATIBLE, 100, 2000));
    assertThat(tree(written))
        .isEqualTo(
            Json.read(
                """
                {"model":"%s","max_tokens":100,"temperature":0.2,"top_p":0.9,"top_k":40,
                 "messages":[{"role":"user","content":[{"type":"text","text":"q"}]}]}
                """
                    .formatted(model)));
    assertThat(written.losses()).isEmpty();
  }
}
