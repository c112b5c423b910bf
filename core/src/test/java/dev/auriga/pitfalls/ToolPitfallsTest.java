// SPDX-License-Identifier: Apache-2.0
package dev.auriga.pitfalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.ChunkFold;
import dev.auriga.completion.Part;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.StopReason;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Target;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Pitfalls of tools, calls and results.
class ToolPitfallsTest {
  private static final String SCHEMA = "{'type':'object','properties':{'city':{'type':'string'}}}";

  /// One function called `weather`, as a client of each dialect declares it.
  private static String tools(Tongue tongue, String... names) {
    return Stream.of(names)
        .map(
            name ->
                switch (tongue) {
                  case CHAT ->
                      "{'type':'function','function':{'name':'" + name + "','description':'d','parameters':"
                          + SCHEMA + "}}";
                  case RESPONSES ->
                      "{'type':'function','name':'" + name + "','description':'d','parameters':" + SCHEMA + "}";
                  case MESSAGES ->
                      "{'name':'" + name + "','description':'d','input_schema':" + SCHEMA + "}";
                  case GEMINI ->
                      "{'functionDeclarations':[{'name':'" + name + "','description':'d','parameters':"
                          + SCHEMA.replace("object", "OBJECT").replace("string", "STRING") + "}]}";
                })
        .collect(java.util.stream.Collectors.joining(",", "[", "]"));
  }

  private static final Map<Tongue, String> NAME_OF_TOOL =
      Map.of(
          Tongue.CHAT, "/tools/0/function/name",
          Tongue.RESPONSES, "/tools/0/name",
          Tongue.MESSAGES, "/tools/0/name",
          Tongue.GEMINI, "/tools/0/functionDeclarations/0/name");

  @ParameterizedTest
  @EnumSource(Tongue.class)
  void pitfall25_aToolHasTheTargetsShapeWhateverTheClients(Tongue to) {
    for (Tongue from : Tongue.values()) {
      Sent sent = from.send(Asking.with(from, Map.of("tools", tools(from, "weather"))), to);

      assertThat(sent.text(NAME_OF_TOOL.get(to))).as("from %s", from).isEqualTo("weather");
      String schema =
          switch (to) {
            case CHAT -> "/tools/0/function/parameters";
            case RESPONSES -> "/tools/0/parameters";
            case MESSAGES -> "/tools/0/input_schema";
            case GEMINI -> "/tools/0/functionDeclarations/0/parametersJsonSchema";
          };
      assertThat(sent.at(schema)).isEqualTo(Tongue.tree(SCHEMA));
    }
  }

  static Stream<Arguments> choices() {
    String auto = "'auto'";
    String named = "{'type':'function','function':{'name':'weather'}}";
    return Stream.of(
        Arguments.of("'none'", "MESSAGES", "/tool_choice/type", "none"),
        Arguments.of("'required'", "MESSAGES", "/tool_choice/type", "any"),
        Arguments.of(named, "MESSAGES", "/tool_choice/name", "weather"),
        Arguments.of(auto, "MESSAGES", "/tool_choice/type", ""),
        Arguments.of("'none'", "GEMINI", "/toolConfig/functionCallingConfig/mode", "NONE"),
        Arguments.of("'required'", "GEMINI", "/toolConfig/functionCallingConfig/mode", "ANY"),
        Arguments.of(named, "GEMINI", "/toolConfig/functionCallingConfig/allowedFunctionNames/0", "weather"),
        Arguments.of("'required'", "RESPONSES", "/tool_choice", "required"),
        Arguments.of(named, "RESPONSES", "/tool_choice/name", "weather"));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void pitfall26_theToolChoiceIsSaidInTheTargetsWords(
      String choice, Tongue to, String pointer, String said) {
    String asked =
        Asking.with(Tongue.CHAT, Map.of("tools", tools(Tongue.CHAT, "weather"), "tool_choice", choice));

    assertThat(Tongue.CHAT.send(asked, to).losesNothing().text(pointer)).isEqualTo(said);
    if (to == Tongue.MESSAGES && !choice.equals("'none'") && !choice.equals("'auto'")) {
      Sent newest = Tongue.CHAT.send(asked, to, "claude-opus-5-5");
      assertThat(newest.text("/tool_choice/type")).isIn("", "auto");
      newest.reports("tool_choice");
    }
  }

  @ParameterizedTest
  @EnumSource(Tongue.class)
  void pitfall27_aForcedToolThatIsNotThereIsCaughtBeforeSending(Tongue to) {
    String asked =
        Asking.with(
            Tongue.CHAT,
            Map.of(
                "tools", tools(Tongue.CHAT, "weather"),
                "tool_choice", "{'type':'function','function':{'name':'missing'}}"));
    String none = Asking.with(Tongue.CHAT, Map.of("tool_choice", "'required'"));

    assertThatThrownBy(() -> Tongue.CHAT.send(asked, to)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> Tongue.CHAT.send(none, to)).isInstanceOf(Refusal.class);
  }

  @Test
  void pitfall28_oneCallAtATimeIsAnthropicsFlagAndReportedToGemini() {
    String asked =
        Asking.with(
            Tongue.CHAT, Map.of("tools", tools(Tongue.CHAT, "weather"), "parallel_tool_calls", "false"));

    Sent claude = Tongue.CHAT.send(asked, Tongue.MESSAGES);
    assertThat(claude.at("/tool_choice/disable_parallel_tool_use").asBoolean()).isTrue();
    Sent gemini = Tongue.CHAT.send(asked, Tongue.GEMINI);
    gemini.reports("parallelToolCalls");
    assertThat(gemini.text("/toolConfig/functionCallingConfig/mode")).isEmpty();
    Sent back =
        Tongue.MESSAGES.send(
            Asking.with(
                Tongue.MESSAGES,
                Map.of(
                    "tools", tools(Tongue.MESSAGES, "weather"),
                    "tool_choice", "{'type':'auto','disable_parallel_tool_use':true}")),
            Tongue.CHAT);
    assertThat(back.at("/parallel_tool_calls").asBoolean(true)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "CHAT, MESSAGES", "CHAT, GEMINI", "CHAT, RESPONSES", "RESPONSES, MESSAGES", "RESPONSES, CHAT",
    "GEMINI, MESSAGES", "GEMINI, CHAT"
  })
  void pitfall29_ofAnAllowedSubsetOnlyThatIsSent(Tongue from, Tongue to) {
    String tools = tools(from, "a", "b", "c");
    Map<String, String> fields =
        switch (from) {
          case CHAT ->
              Map.of(
                  "tools", tools, "tool_choice",
                  "{'type':'allowed_tools','allowed_tools':{'mode':'required','tools':["
                      + "{'type':'function','function':{'name':'a'}},{'type':'function','function':{'name':'c'}}]}}");
          case RESPONSES ->
              Map.of(
                  "tools", tools, "tool_choice",
                  "{'type':'allowed_tools','mode':'required','tools':["
                      + "{'type':'function','name':'a'},{'type':'function','name':'c'}]}");
          default ->
              Map.of(
                  "tools", tools, "toolConfig",
                  "{'functionCallingConfig':{'mode':'ANY','allowedFunctionNames':['a','c']}}");
        };

    Sent sent = from.send(Asking.with(from, fields), to);

    assertThat(sent.body().path("tools").findValuesAsString("name")).containsExactly("a", "c");
    assertThat(sent.body().toString()).containsPattern("\"(required|any|ANY)\"");
  }

  private static String loop(String arguments) {
    return "{'model':'auto','messages':[{'role':'user','content':'go'},{'role':'assistant','content':null,"
        + "'tool_calls':[{'id':'c1','type':'function','function':{'name':'weather','arguments':'" + arguments
        + "'}}]},{'role':'tool','tool_call_id':'c1','content':'rain'}],'tools':" + tools(Tongue.CHAT, "weather")
        + "}";
  }

  @Test
  void pitfall30_argumentsAreAnObjectThereAndTextHereAndNeverSwallowed() {
    Sent claude = Tongue.CHAT.send(loop("{\\'city\\':\\'Ulm\\'}"), Tongue.MESSAGES);
    assertThat(claude.text("/messages/1/content/0/input/city")).isEqualTo("Ulm");
    Sent gemini = Tongue.CHAT.send(loop("{\\'city\\':\\'Ulm\\'}"), Tongue.GEMINI);
    assertThat(gemini.text("/contents/1/parts/0/functionCall/args/city")).isEqualTo("Ulm");

    assertThat(Tongue.CHAT.send(loop(""), Tongue.MESSAGES).at("/messages/1/content/0/input"))
        .isEqualTo(Json.object());
    assertThat(Tongue.CHAT.send(loop(""), Tongue.RESPONSES).text("/input/1/arguments")).isEqualTo("{}");

    for (Tongue to : List.of(Tongue.MESSAGES, Tongue.GEMINI)) {
      Sent cut = Tongue.CHAT.send(loop("{\\'city\\':"), to);
      assertThat(cut.body().toString()).contains("{\\\"city\\\":");
      cut.reports("arguments");
    }
  }

  /// A call without arguments, streamed by each provider to each client.
  @ParameterizedTest
  @EnumSource(Tongue.class)
  void pitfall31_aCallWithoutArgumentsHasItsBeginningAndItsEnd(Tongue to) {
    for (Tongue from : Tongue.values()) {
      List<JsonNode> told = Flow.json(Flow.told(from, Calling.without(from), to, Asking.plainly(to)));
      List<String> types = told.stream().map(event -> event.path("type").asString("")).toList();

      switch (to) {
        case CHAT -> {
          assertThat(Calling.arguments(told)).isIn("", "{}");
          assertThat(told.toString()).contains("\"name\":\"now\"", "\"finish_reason\":\"tool_calls\"");
        }
        case RESPONSES ->
            assertThat(types)
                .containsSubsequence(
                    "response.output_item.added",
                    "response.function_call_arguments.done",
                    "response.output_item.done",
                    "response.completed");
        case MESSAGES -> {
          assertThat(types)
              .containsSubsequence("content_block_start", "content_block_stop", "message_delta");
          assertThat(told.toString()).contains("\"type\":\"tool_use\"", "\"stop_reason\":\"tool_use\"");
        }
        case GEMINI ->
            assertThat(told.toString()).contains("\"functionCall\"", "\"name\":\"now\"", "\"args\":{}");
      }
    }
  }

  private static List<String> names(JsonNode tools, String pointer) {
    return tools.valueStream().map(tool -> tool.at(pointer).asString("(none)")).toList();
  }

  private static String messagesLoop(String id) {
    return "{'model':'auto','max_tokens':9,'messages':[{'role':'user','content':'q'},{'role':'assistant',"
        + "'content':[{'type':'tool_use','id':'" + id + "','name':'f','input':{}}]},{'role':'user','content':"
        + "[{'type':'tool_result','tool_use_id':'" + id + "','content':'r'}]}]}";
  }

  @Test
  void pitfall32_callIdsFitEveryAlphabetTheSameOnEveryTurn() {
    String odd = "functions.weather:0";
    String asked = loop("{}").replace("c1", odd);
    Sent claude = Tongue.CHAT.send(asked, Tongue.MESSAGES);
    String id = claude.text("/messages/1/content/0/id");

    assertThat(id).matches("[a-zA-Z0-9_-]{1,64}").isNotEqualTo(odd);
    assertThat(claude.text("/messages/2/content/0/tool_use_id")).isEqualTo(id);
    assertThat(Tongue.CHAT.send(asked, Tongue.MESSAGES).text("/messages/1/content/0/id")).isEqualTo(id);
    assertThat(
            Tongue.CHAT
                .send(loop("{}").replace("c1", "functions.weather.0"), Tongue.MESSAGES)
                .text("/messages/1/content/0/id"))
        .isNotEqualTo(id);
    assertThat(Tongue.CHAT.send(loop("{}").replace("c1", "toolu_01A"), Tongue.MESSAGES)
            .text("/messages/1/content/0/id"))
        .isEqualTo("toolu_01A");

    String longId = "call_" + "x".repeat(90);
    String long2 = "call_" + "x".repeat(89) + "y";
    for (String each : List.of(longId, long2)) {
      Sent responses = Tongue.CHAT.send(loop("{}").replace("c1", each), Tongue.RESPONSES);
      assertThat(responses.text("/input/1/call_id")).hasSizeLessThanOrEqualTo(64);
      assertThat(responses.text("/input/2/call_id")).isEqualTo(responses.text("/input/1/call_id"));
    }
    assertThat(Tongue.CHAT.send(loop("{}").replace("c1", longId), Tongue.RESPONSES).text("/input/1/call_id"))
        .isNotEqualTo(
            Tongue.CHAT.send(loop("{}").replace("c1", long2), Tongue.RESPONSES).text("/input/1/call_id"));
    Target mistral = Tongue.compatible("mistral-large-latest");
    for (String each : List.of(odd, longId, "toolu_01A", "D681PevKs")) {
      Sent sent = Tongue.CHAT.write(Tongue.MESSAGES.read(messagesLoop(each)), mistral);
      String short9 = sent.text("/messages/1/tool_calls/0/id");
      assertThat(short9).matches("[a-zA-Z0-9]{9}");
      assertThat(sent.text("/messages/2/tool_call_id")).isEqualTo(short9);
      assertThat(short9.equals(each)).isEqualTo(each.equals("D681PevKs"));
      assertThat(Tongue.CHAT.write(Tongue.MESSAGES.read(messagesLoop(each)), mistral).body())
          .isEqualTo(sent.body());
    }
    Part.ToolCall unnamed =
        (Part.ToolCall)
            Tongue.GEMINI
                .reply(
                    "{'responseId':'r','candidates':[{'content':{'parts':[{'functionCall':{'name':'f'}}]},"
                        + "'finishReason':'STOP'}]}")
                .parts()
                .getFirst();
    assertThat(unnamed.id()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"CHAT, 64", "RESPONSES, 64", "MESSAGES, 128", "GEMINI, 64"})
  void pitfall33_toolNamesFitEveryAlphabetAndStayApart(Tongue to, int longest) {
    String odd = "mcp/files read+" + "x".repeat(140);
    Tongue from = to == Tongue.GEMINI ? Tongue.MESSAGES : Tongue.GEMINI;
    Sent sent =
        from.send(Asking.with(from, Map.of("tools", tools(from, odd + "1", odd + "2", "plain"))), to);

    List<String> names = sent.body().path("tools").findValuesAsString("name");
    assertThat(names).hasSize(3).doesNotHaveDuplicates().contains("plain");
    assertThat(names).allMatch(name -> name.matches("[a-zA-Z0-9_.:-]{1," + longest + "}"));
    Chunk called = sent.names().inward(new Chunk.ToolCallStarted(0, "c", names.get(1), null));
    assertThat(called).isEqualTo(new Chunk.ToolCallStarted(0, "c", odd + "2", null));
  }

  private static final String TWO_CALLS =
      "{'model':'auto','messages':[{'role':'user','content':'go'},{'role':'assistant','content':null,"
          + "'tool_calls':[{'id':'a','type':'function','function':{'name':'weather','arguments':'{}'}},"
          + "{'id':'b','type':'function','function':{'name':'time','arguments':'{}'}}]},"
          + "{'role':'tool','tool_call_id':'b','content':'noon'},"
          + "{'role':'user','content':'hurry'},"
          + "{'role':'tool','tool_call_id':'a','content':'rain'}]}";

  @Test
  void pitfall34_allResultsOfATurnStandTogetherRightBehindIt() {
    Sent claude = Tongue.CHAT.send(TWO_CALLS, Tongue.MESSAGES);
    assertThat(claude.at("/messages")).hasSize(3);
    assertThat(claude.at("/messages/2/content").valueStream().map(block -> block.path("type").asString("")))
        .containsExactly("tool_result", "tool_result", "text");
    assertThat(claude.at("/messages/2/content").findValuesAsString("tool_use_id"))
        .containsExactlyInAnyOrder("a", "b");

    Sent gemini = Tongue.CHAT.send(TWO_CALLS, Tongue.GEMINI);
    assertThat(gemini.at("/contents/2/parts")).hasSize(2);
    assertThat(gemini.text("/contents/2/parts/0/functionResponse/name")).isEqualTo("weather");
    assertThat(gemini.text("/contents/2/parts/1/functionResponse/name")).isEqualTo("time");

    Sent chat =
        Tongue.MESSAGES.send(
            "{'model':'auto','max_tokens':9,'messages':[{'role':'user','content':'go'},{'role':'assistant',"
                + "'content':[{'type':'tool_use','id':'a','name':'f','input':{}},"
                + "{'type':'tool_use','id':'b','name':'g','input':{}}]},{'role':'user','content':["
                + "{'type':'text','text':'hurry'},{'type':'tool_result','tool_use_id':'a','content':'1'},"
                + "{'type':'tool_result','tool_use_id':'b','content':'2'}]}]}",
            Tongue.CHAT);
    assertThat(chat.at("/messages").findValuesAsString("role"))
        .containsExactly("user", "assistant", "tool", "tool", "user");
  }

  @ParameterizedTest
  @EnumSource(Tongue.class)
  void pitfall35_aCallOrResultWithoutItsOtherHalfIsNeverForwarded(Tongue to) {
    Tongue from = to == Tongue.CHAT ? Tongue.RESPONSES : Tongue.CHAT;
    String trimmed =
        from == Tongue.CHAT
            ? "{'model':'auto','messages':[{'role':'tool','tool_call_id':'lost-call','content':'stale'},"
                + "{'role':'user','content':'go'},{'role':'assistant','content':null,'tool_calls':[{'id':'open',"
                + "'type':'function','function':{'name':'weather','arguments':'{}'}}]},"
                + "{'role':'user','content':'never mind'}]}"
            : "{'model':'auto','input':[{'type':'function_call_output','call_id':'lost-call','output':'stale'},"
                + "{'role':'user','content':'go'},{'type':'function_call','call_id':'open','name':'weather',"
                + "'arguments':'{}'},{'role':'user','content':'never mind'}]}";

    Sent sent = from.send(trimmed, to);

    assertThat(sent.body().toString()).doesNotContain("lost-call", "stale");
    assertThat(sent.losses()).hasSizeGreaterThanOrEqualTo(2);
    int calls = sent.body().toString().split("\"weather\"", -1).length - 1;
    String results =
        switch (to) {
          case CHAT -> sent.at("/messages/2/role") + sent.text("/messages/2/tool_call_id");
          case RESPONSES -> sent.at("/input/2/type") + sent.text("/input/2/call_id");
          case MESSAGES -> sent.at("/messages/2/content/0/type") + sent.text("/messages/2/content/0/tool_use_id");
          case GEMINI -> sent.text("/contents/2/parts/0/functionResponse/name");
        };
    assertThat(calls).isPositive();
    assertThat(results).containsAnyOf("open", "weather");
  }

  @Test
  void pitfall36_aFailedResultSaysSoInEveryDialect() {
    String asked =
        "{'model':'auto','max_tokens':9,'messages':[{'role':'user','content':'go'},{'role':'assistant',"
            + "'content':[{'type':'tool_use','id':'a','name':'f','input':{}}]},{'role':'user','content':["
            + "{'type':'tool_result','tool_use_id':'a','content':'no such city','is_error':true}]}]}";

    assertThat(Tongue.MESSAGES.send(asked, Tongue.CHAT).text("/messages/2/content"))
        .isEqualTo("Error: no such city");
    assertThat(Tongue.MESSAGES.send(asked, Tongue.RESPONSES).text("/input/2/output"))
        .isEqualTo("Error: no such city");
    assertThat(Tongue.MESSAGES.send(asked, Tongue.GEMINI).text("/contents/2/parts/0/functionResponse/response/error"))
        .isEqualTo("no such city");
  }

  @Test
  void pitfall37_functionResponsesAreObjectsUnderTheFunctionsName() {
    Sent text = Tongue.CHAT.send(loop("{}"), Tongue.GEMINI);
    assertThat(text.text("/contents/2/parts/0/functionResponse/name")).isEqualTo("weather");
    assertThat(text.text("/contents/2/parts/0/functionResponse/response/result")).isEqualTo("rain");

    Sent list = Tongue.CHAT.send(loop("{}").replace("'rain'", "'[1,2]'"), Tongue.GEMINI);
    assertThat(list.at("/contents/2/parts/0/functionResponse/response").isObject()).isTrue();

    Sent reference =
        Tongue.CHAT.send(
            loop("{}").replace("'rain'", "'{\\'a\\':{\\'$ref\\':\\'#/defs/x\\'}}'"), Tongue.GEMINI);
    assertThat(reference.at("/contents/2/parts/0/functionResponse/response").toString())
        .doesNotContain("\"$ref\"")
        .contains("#/defs/x");
    reference.reports("$ref");
  }

  @ParameterizedTest
  @EnumSource(value = Tongue.class, names = {"CHAT", "MESSAGES", "GEMINI"})
  void pitfall38_aHostedToolIsTheTargetsOwnOrReportedAndNeverNameless(Tongue to) {
    String asked =
        Asking.with(
            Tongue.RESPONSES,
            Map.of(
                "tools",
                "[{'type':'web_search'},{'type':'file_search','vector_store_ids':['v']},"
                    + "{'type':'function','name':'weather','parameters':" + SCHEMA + "}]"));

    Sent sent = Tongue.RESPONSES.send(asked, to);

    sent.reports("tools[1]");
    JsonNode tools = sent.body().path("tools");
    assertThat(tools.toString()).doesNotContain("file_search", "vector_store");
    List<String> functions =
        switch (to) {
          case CHAT -> names(tools, "/function/name");
          case MESSAGES -> names(tools, "/name");
          case GEMINI -> names(tools.path(0).path("functionDeclarations"), "/name");
          case RESPONSES -> throw new IllegalStateException("is its own");
        };
    assertThat(functions).as("one function each, by its name").containsExactly("weather");
    assertThat(sent.losses())
        .as("what cannot be the target's own is told")
        .contains("foreign-tool:tools[0]", "foreign-tool:tools[1]");
    String forced =
        Asking.with(
            Tongue.RESPONSES,
            Map.of("tools", "[{'type':'web_search'}]", "tool_choice", "{'type':'web_search'}"));
    Tongue.RESPONSES.send(forced, to).reports("toolChoice");
  }

  @Test
  void pitfall39_serverToolBlocksReturnUnchanged() {
    String block =
        "{'type':'server_tool_use','id':'srvtoolu_1','name':'web_search','input':{'query':'x'}}";
    String result =
        "{'type':'web_search_tool_result','tool_use_id':'srvtoolu_1','content':[{'type':'web_search_result',"
            + "'url':'https://example.org','title':'t','encrypted_content':'EqgfCioIARgBIiQ3'}]}";
    String asked =
        "{'model':'auto','max_tokens':9,'messages':[{'role':'user','content':'find'},{'role':'assistant',"
            + "'content':[" + block + "," + result + ",{'type':'text','text':'found'}]},"
            + "{'role':'user','content':'more'}]}";

    assertThat(Tongue.MESSAGES.passed(asked, "m")).contains(Tongue.json(block + "," + result));
    Sent again = Tongue.MESSAGES.send(asked, Tongue.MESSAGES);
    assertThat(again.at("/messages/1/content/0")).isEqualTo(Tongue.tree(block));
    assertThat(again.at("/messages/1/content/1")).isEqualTo(Tongue.tree(result));
    Tongue.MESSAGES.send(asked, Tongue.CHAT).reports("messages");
  }

  /// Out it is a function with one string; what that is called with comes back as the free input.
  @ParameterizedTest
  @CsvSource({"RESPONSES, MESSAGES", "RESPONSES, GEMINI", "RESPONSES, CHAT", "CHAT, MESSAGES", "CHAT, RESPONSES"})
  void pitfall40_aFreeFormToolIsWrappedAndItsCallUnwrapped(Tongue from, Tongue to) {
    String grammar = "'format':{'type':'grammar','syntax':'lark','definition':'start: WORD'}";
    String tool =
        from == Tongue.CHAT
            ? "{'type':'custom','custom':{'name':'patch','description':'edits'}}"
            : "{'type':'custom','name':'patch','description':'edits'," + grammar + "}";
    String asked = Asking.with(from, Map.of("tools", "[" + tool + "]"));

    Sent sent = from.send(asked, to);

    assertThat(sent.losesNothing().text(NAME_OF_TOOL.get(to))).isEqualTo("patch");
    JsonNode schema = sent.at(SCHEMA_OF_TOOL.get(to));
    assertThat(schema.path("properties").propertyNames()).containsExactly("input");
    assertThat(schema.path("required")).hasSize(1);
    assertThat(sent.body().path("tools").toString().contains("start: WORD")).isEqualTo(from == Tongue.RESPONSES);

    List<Chunk> called =
        List.of(
            new Chunk.Started("id", "m"),
            new Chunk.ToolCallStarted(0, "call_1", "patch", null),
            new Chunk.ToolCallDelta(0, "{\"input\":\"*** Be"),
            new Chunk.ToolCallDelta(0, "gin\"}"),
            new Chunk.PartEnded(),
            new Chunk.Stopped(StopReason.Known.TOOL_CALLS, null));
    JsonNode whole =
        Json.read(from.dialect().writeReply(ChunkFold.of(called), from.client(asked)).body());
    String streamed = Flow.json(Flow.written(called, from, asked)).toString();
    if (from == Tongue.CHAT) {
      JsonNode call = whole.at("/choices/0/message/tool_calls/0");
      assertThat(call.at("/custom/input").asString("")).isEqualTo("*** Begin");
      assertThat(streamed).contains("\"type\":\"custom\"", "\"input\":\"*** Begin\"");
    } else {
      assertThat(whole.at("/output/0/type").asString("")).isEqualTo("custom_tool_call");
      assertThat(whole.at("/output/0/input").asString("")).isEqualTo("*** Begin");
      assertThat(streamed)
          .contains("response.custom_tool_call_input.done", "\"input\":\"*** Begin\"")
          .doesNotContain("function_call_arguments");
    }
  }

  private static final Map<Tongue, String> SCHEMA_OF_TOOL =
      Map.of(
          Tongue.CHAT, "/tools/0/function/parameters",
          Tongue.RESPONSES, "/tools/0/parameters",
          Tongue.MESSAGES, "/tools/0/input_schema",
          Tongue.GEMINI, "/tools/0/functionDeclarations/0/parametersJsonSchema");

  @Test
  void aFreeFormCallOfTheHistory_isTheWrappedFunctionsCall() {
    Sent sent =
        Tongue.RESPONSES.send(
            "{'model':'auto','input':[{'role':'user','content':'go'},{'type':'custom_tool_call','call_id':'c',"
                + "'name':'patch','input':'*** Begin'},{'type':'custom_tool_call_output','call_id':'c',"
                + "'output':'done'}],'tools':[{'type':'custom','name':'patch'}]}",
            Tongue.MESSAGES);

    assertThat(sent.losesNothing().text("/messages/1/content/0/input/input")).isEqualTo("*** Begin");
    assertThat(sent.at("/messages/2/content/0/content").toString()).contains("done");
  }
}
