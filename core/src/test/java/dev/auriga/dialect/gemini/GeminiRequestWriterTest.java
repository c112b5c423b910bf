// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.completion.AnswerFormat;
import dev.auriga.completion.CacheMark;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Media;
import dev.auriga.completion.Message;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Role;
import dev.auriga.completion.Sampling;
import dev.auriga.completion.Tool;
import dev.auriga.completion.ToolChoice;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Targets;
import dev.auriga.dialect.Written;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class GeminiRequestWriterTest {
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"additionalProperties\":false}";

  private final Dialect gemini = new Gemini();

  private Written write(CompletionRequest request, String model) {
    return gemini.writeRequest(request, Targets.gemini(model, 4096, 2000));
  }

  private static JsonNode tree(Written written) {
    return Json.read(written.body());
  }

  private static List<String> losses(Written written) {
    return written.losses().stream().map(Object::toString).toList();
  }

  private static Tool.Function function(String name) {
    return new Tool.Function(name, "about " + name, new RawJson(SCHEMA), null, null);
  }

  private static Part.ToolResult result(String callId, String text) {
    return new Part.ToolResult(callId, null, List.of(Part.Text.of(text)), false, null);
  }

  @Test
  void aConversation_isWrittenWhole() {
    CompletionRequest request =
        CompletionRequest.to("any")
            .message(Message.system("Be brief."))
            .message(Message.of(Role.DEVELOPER, Part.Text.of("Use tools.")))
            .message(Message.user("Weather in Rome"))
            .message(Message.user("and Bonn?"))
            .message(
                Message.of(
                    Role.ASSISTANT,
                    Part.Text.of("Looking."),
                    new Part.ToolCall(
                        "toolu_1", "weather", "{\"city\":\"Rome\"}", new Opaque("gemini", "c2ln"), null),
                    Part.ToolCall.of("toolu_2", "weather", "")))
            .message(Message.of(Role.TOOL, result("toolu_2", "{\"sky\":\"grey\"}"), result("toolu_1", "sun")))
            .message(Message.user("Thanks"))
            .tool(function("weather"))
            .sampling(new Sampling(0.3, 0.9, 20, 11L, 0.1, 0.2))
            .stopSequences(List.of("END"))
            .maxTokens(100)
            .build();

    Written written = write(request, "gemini-2.5-pro");

    assertThat(tree(written))
        .isEqualTo(
            Json.read(
                """
                {"systemInstruction": {"parts": [{"text": "Be brief."}, {"text": "Use tools."}]},
                 "contents": [
                   {"role": "user", "parts": [{"text": "Weather in Rome"}, {"text": "and Bonn?"}]},
                   {"role": "model", "parts": [
                     {"text": "Looking."},
                     {"functionCall": {"name": "weather", "args": {"city": "Rome"}},
                       "thoughtSignature": "c2ln"},
                     {"functionCall": {"name": "weather", "args": {}}}]},
                   {"role": "user", "parts": [
                     {"functionResponse": {"name": "weather", "response": {"result": "sun"}}},
                     {"functionResponse": {"name": "weather", "response": {"sky": "grey"}}}]},
                   {"role": "user", "parts": [{"text": "Thanks"}]}],
                 "tools": [{"functionDeclarations": [{"name": "weather", "description": "about weather",
                   "parametersJsonSchema": %s}]}],
                 "generationConfig": {"maxOutputTokens": 100, "temperature": 0.3, "topP": 0.9, "topK": 20,
                   "seed": 11, "frequencyPenalty": 0.1, "presencePenalty": 0.2, "stopSequences": ["END"]}}
                """
                    .formatted(SCHEMA)));
    assertThat(written.losses()).isEmpty();
  }

  @Test
  void whatGeminiCannotSay_isReported() {
    CompletionRequest request =
        CompletionRequest.to("any")
            .message(
                new Message(
                    Role.USER,
                    List.of(
                        new Part.Text("hi", new CacheMark("5m")),
                        new Part.Image(new Media.Inline("image/png", "aGk="), "high", null)),
                    "Ada"))
            .message(
                Message.of(
                    Role.ASSISTANT,
                    new Part.Thinking("hm", new Opaque("anthropic-messages", "x")),
                    new Part.RedactedThinking(new Opaque("anthropic-messages", "y")),
                    new Part.Unknown("openai-chat", new RawJson("{}")),
                    Part.Text.of("yes")))
            .message(Message.user("go"))
            .tool(new Tool.Function("f", null, new RawJson(SCHEMA), true, new CacheMark(null)))
            .tool(new Tool.Hosted("openai-chat", "web_search", new RawJson("{}")))
            .parallelToolCalls(false)
            .user("u1")
            .stopSequences(List.of("1", "2", "3", "4", "5", "6"))
            .sampling(new Sampling(3.0, null, null, 1L << 40, null, null))
            .extras(Map.of("logit_bias", new RawJson("{}")))
            .build();

    Written written = write(request, "gemini-2.5-flash");

    assertThat(losses(written))
        .containsExactlyInAnyOrder(
            "unsupported-field:messages[0].name",
            "unsupported-field:messages[0].content[0].cache",
            "unsupported-field:messages[0].content[1].detail",
            "foreign-signature:messages[1].content[0].signature",
            "foreign-signature:messages[1].content[1]",
            "foreign-part:messages[1].content[2]",
            "unsupported-field:tools[0].strict",
            "unsupported-field:tools[0].cache",
            "foreign-tool:tools[1]",
            "unsupported-field:parallelToolCalls",
            "unsupported-field:user",
            "clamped:stopSequences[5]",
            "clamped:temperature",
            "unsupported-value:seed",
            "foreign-field:logit_bias");
    assertThat(tree(written).at("/contents/1/parts"))
        .isEqualTo(Json.read("[{\"text\":\"hm\",\"thought\":true},{\"text\":\"yes\"}]"));
    assertThat(tree(written).at("/generationConfig/stopSequences").size()).isEqualTo(5);
    assertThat(tree(written).at("/generationConfig/maxOutputTokens").intValue()).isEqualTo(6096);
  }

  @Test
  void anInstructionInTheMiddle_keepsItsPlace() {
    CompletionRequest request =
        CompletionRequest.to("any")
            .message(Message.user("a"))
            .message(Message.assistant("b"))
            .message(Message.system("From now on, rhyme."))
            .build();

    Written written = write(request, "gemini-2.5-pro");

    assertThat(tree(written).at("/contents/2"))
        .isEqualTo(
            Json.read(
                "{\"role\":\"user\",\"parts\":[{\"text\":\"<system>\"},{\"text\":\"From now on,"
                    + " rhyme.\"},{\"text\":\"</system>\"}]}"));
    assertThat(losses(written)).containsExactly("changed-role:messages[2]");
  }

  @Test
  void instructionsAlone_areAskedAsTheUsersWords() {
    Written written =
        write(CompletionRequest.to("any").message(Message.system("Say hi.")).build(), "gemini-2.5-pro");

    assertThat(tree(written).has("systemInstruction")).isFalse();
    assertThat(tree(written).at("/contents/0/parts/0/text").stringValue()).isEqualTo("Say hi.");
    assertThat(losses(written)).containsExactly("changed-role:messages[0]");
  }

  @Test
  void emptyTexts_areLeftOut_andNothingAtAllIsRefused() {
    CompletionRequest some =
        CompletionRequest.to("any")
            .message(Message.user("a"))
            .message(Message.assistant(""))
            .message(Message.user("b"))
            .build();
    Written written = write(some, "gemini-2.5-pro");
    assertThat(tree(written).at("/contents"))
        .isEqualTo(Json.read("[{\"role\":\"user\",\"parts\":[{\"text\":\"a\"},{\"text\":\"b\"}]}]"));
    assertThat(losses(written)).containsExactly("empty-content:messages[1]");

    CompletionRequest none = CompletionRequest.to("any").message(Message.user("")).build();
    assertThatThrownBy(() -> write(none, "gemini-2.5-pro")).isInstanceOf(Refusal.class);
  }

  @Test
  void orphans_areAnsweredOrDropped_soThatResponsesMatchCalls() {
    CompletionRequest request =
        CompletionRequest.to("any")
            .message(Message.of(Role.TOOL, result("gone", "old")))
            .message(Message.user("go"))
            .message(
                Message.of(
                    Role.ASSISTANT, Part.ToolCall.of("1", "f", "{}"), Part.ToolCall.of("2", "g", "{}")))
            .message(Message.user("wait"))
            .message(Message.of(Role.TOOL, result("2", "late"), result("9", "stray")))
            .build();

    Written written = write(request, "gemini-2.5-pro");

    assertThat(tree(written).at("/contents"))
        .isEqualTo(
            Json.read(
                """
                [{"role": "user", "parts": [{"text": "go"}]},
                 {"role": "model", "parts": [{"functionCall": {"name": "f", "args": {}}},
                                             {"functionCall": {"name": "g", "args": {}}}]},
                 {"role": "user", "parts": [
                   {"functionResponse": {"name": "f",
                     "response": {"error": "the conversation holds no result of this call"}}},
                   {"functionResponse": {"name": "g", "response": {"result": "late"}}}]},
                 {"role": "user", "parts": [{"text": "wait"}]}]
                """));
    assertThat(losses(written))
        .containsExactlyInAnyOrder(
            "orphan-result:messages[0].content[0]",
            "orphan-call:messages[2].content[0]",
            "orphan-result:messages[4].content[1]");
  }

  @Test
  void idsUsedAgain_areAnsweredByTheNearestResult() {
    CompletionRequest.Builder request = CompletionRequest.to("any").message(Message.user("go"));
    for (String text : List.of("one", "two")) {
      request.message(Message.of(Role.ASSISTANT, Part.ToolCall.of("call_0", "f", "{}")));
      request.message(Message.of(Role.TOOL, result("call_0", text)));
    }

    Written written = write(request.build(), "gemini-2.5-pro");

    assertThat(tree(written).at("/contents/2/parts/0/functionResponse/response/result").stringValue())
        .isEqualTo("one");
    assertThat(tree(written).at("/contents/4/parts/0/functionResponse/response/result").stringValue())
        .isEqualTo("two");
    assertThat(written.losses()).isEmpty();
  }

  @Test
  void results_thatFailed_holdImages_orReferTo_areAllLegal() {
    Part image = new Part.Image(new Media.Inline("image/png", "aGk="), null, null);
    CompletionRequest request =
        CompletionRequest.to("any")
            .message(Message.user("go"))
            .message(
                Message.of(
                    Role.ASSISTANT,
                    Part.ToolCall.of("1", "f", "{}"),
                    Part.ToolCall.of("2", "f", "{}"),
                    Part.ToolCall.of("3", "f", "{}")))
            .message(
                Message.of(
                    Role.TOOL,
                    new Part.ToolResult("1", null, List.of(Part.Text.of("boom")), true, null),
                    new Part.ToolResult("2", null, List.of(Part.Text.of("seen"), image), false, null),
                    result("3", "{\"a\":[{\"$ref\":\"#/x\",\"_ref\":1}]}")))
            .build();

    Written old = write(request, "gemini-2.5-pro");
    assertThat(tree(old).at("/contents/2/parts"))
        .isEqualTo(
            Json.read(
                """
                [{"functionResponse": {"name": "f", "response": {"error": "boom"}}},
                 {"functionResponse": {"name": "f", "response": {"result": "seen"}}},
                 {"functionResponse": {"name": "f", "response": {"a": [{"__ref": "#/x", "_ref": 1}]}}},
                 {"inlineData": {"mimeType": "image/png", "data": "aGk="}}]
                """));
    assertThat(losses(old)).containsExactly("renamed-key:messages[2].content[2].$ref");

    assertThat(tree(write(request, "gemini-3-pro-preview")).at("/contents/2/parts/1/functionResponse/parts"))
        .isEqualTo(Json.read("[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"aGk=\"}}]"));
  }

  @Test
  void gemini3_getsAStandInForASignatureItNeverGave() {
    CompletionRequest request =
        CompletionRequest.to("any")
            .message(Message.user("go"))
            .message(
                Message.of(
                    Role.ASSISTANT,
                    new Part.ToolCall("1", "f", "{}", new Opaque("openai-responses", "enc"), null),
                    Part.ToolCall.of("2", "f", "{}")))
            .message(Message.of(Role.TOOL, result("1", "a"), result("2", "b")))
            .build();

    Written written = write(request, "gemini-3-pro-preview");

    assertThat(tree(written).at("/contents/1/parts/0/thoughtSignature").stringValue())
        .isEqualTo("skip_thought_signature_validator");
    assertThat(tree(written).at("/contents/1/parts/1").has("thoughtSignature")).isFalse();
    assertThat(losses(written))
        .containsExactly("foreign-signature:messages[1].content[0].signature", "substituted-signature:messages[1]");
    assertThat(tree(write(request, "gemini-2.5-pro")).at("/contents/1/parts/0").has("thoughtSignature"))
        .isFalse();
  }

  @Test
  void namesAndArguments_thatAreIllegal_areMadeLegal() {
    String longName = "mcp server/" + "x".repeat(70);
    CompletionRequest request =
        CompletionRequest.to("any")
            .message(Message.user("go"))
            .message(Message.of(Role.ASSISTANT, Part.ToolCall.of("1", longName, "{\"a\":")))
            .message(Message.of(Role.TOOL, result("1", "x")))
            .tool(function(longName))
            .tool(function("9lives"))
            .toolChoice(new ToolChoice.Named("9lives"))
            .build();

    Written written = write(request, "gemini-2.5-pro");

    String renamed = tree(written).at("/tools/0/functionDeclarations/0/name").stringValue();
    assertThat(renamed).matches("[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}").startsWith("mcp_server_xxx");
    assertThat(tree(written).at("/contents/1/parts/0/functionCall/name").stringValue()).isEqualTo(renamed);
    assertThat(tree(written).at("/contents/2/parts/0/functionResponse/name").stringValue())
        .isEqualTo(renamed);
    assertThat(tree(written).at("/contents/1/parts/0/functionCall/args"))
        .isEqualTo(Json.read("{\"unreadable_arguments\":\"{\\\"a\\\":\"}"));
    assertThat(tree(written).at("/toolConfig/functionCallingConfig/allowedFunctionNames/0").stringValue())
        .startsWith("_9lives_");
    assertThat(losses(written))
        .containsExactly("wrapped-arguments:messages[1].content[0].arguments");
  }

  @Test
  void toolChoices_areWritten_andImpossibleOnesRefused() {
    CompletionRequest.Builder request = CompletionRequest.to("any").message(Message.user("go"))
        .tool(function("f"));

    assertThat(
        tree(write(request.toolChoice(new ToolChoice.Required()).build(), "gemini-2.5-pro"))
            .path("toolConfig"))
        .isEqualTo(Json.read("{\"functionCallingConfig\":{\"mode\":\"ANY\"}}"));
    assertThat(
        tree(write(request.toolChoice(new ToolChoice.None()).build(), "gemini-2.5-pro")).path("toolConfig"))
        .isEqualTo(Json.read("{\"functionCallingConfig\":{\"mode\":\"NONE\"}}"));
    assertThat(
        tree(write(request.toolChoice(new ToolChoice.Auto()).build(), "gemini-2.5-pro")).has("toolConfig"))
            .isFalse();
    CompletionRequest unknown = request.toolChoice(new ToolChoice.Named("g")).build();
    assertThatThrownBy(() -> write(unknown, "gemini-2.5-pro")).isInstanceOf(Refusal.class)
        .hasMessageContaining("\"g\" must be called");
    CompletionRequest toolless =
        CompletionRequest.to("any").message(Message.user("go")).toolChoice(new ToolChoice.Required()).build();
    assertThatThrownBy(() -> write(toolless, "gemini-2.5-pro")).isInstanceOf(Refusal.class);
  }

  @Test
  void media_goInline_orByGooglesOwnAddress_orAreRefused() {
    CompletionRequest request =
        CompletionRequest.to("any")
            .message(
                Message.of(
                    Role.USER,
                    new Part.Image(new Media.ByUrl("data:image/gif;base64,R0lG", null), null, null),
                    new Part.Video(new Media.ByUrl("https://www.youtube.com/watch?v=1", null)),
                    new Part.Audio(new Media.Inline("audio/wav", "UklG")),
                    new Part.Document(new Media.ByUrl("gs://b/a.pdf", "application/pdf"), null, null)))
            .build();

    assertThat(tree(write(request, "gemini-2.5-pro")).at("/contents/0/parts"))
        .isEqualTo(
            Json.read(
                """
                [{"inlineData": {"mimeType": "image/gif", "data": "R0lG"}},
                 {"fileData": {"fileUri": "https://www.youtube.com/watch?v=1"}},
                 {"inlineData": {"mimeType": "audio/wav", "data": "UklG"}},
                 {"fileData": {"mimeType": "application/pdf", "fileUri": "gs://b/a.pdf"}}]
                """));

    for (Media media : List.of(
        new Media.ByUrl("https://example.org/a.png", null), new Media.ByFile("file-1"))) {
      CompletionRequest foreign =
          CompletionRequest.to("any").message(Message.of(Role.USER, new Part.Image(media, null, null)))
              .build();
      assertThatThrownBy(() -> write(foreign, "gemini-2.5-pro"))
          .isInstanceOfSatisfying(
              Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("messages[0].content[0]"));
    }
  }

  @Test
  void formats_areWrittenAsTheModelTakesThem() {
    CompletionRequest.Builder request =
        CompletionRequest.to("any")
            .message(Message.user("go"))
            .format(new AnswerFormat.JsonSchema("n", new RawJson(SCHEMA), true));

    assertThat(tree(write(request.build(), "gemini-2.5-pro")).at("/generationConfig/responseJsonSchema"))
        .isEqualTo(Json.read(SCHEMA));
    Written old = write(request.build(), "gemini-2.0-flash");
    assertThat(tree(old).at("/generationConfig/responseSchema"))
        .isEqualTo(Json.read("{\"type\":\"OBJECT\",\"properties\":{\"city\":{\"type\":\"STRING\"}}}"));
    assertThat(losses(old)).containsExactly("schema-keyword:format.schema.additionalProperties");
    request.tool(function("f"));
    assertThat(losses(write(request.build(), "gemini-2.5-pro")))
        .containsExactly("unsupported-combination:format");
    assertThat(write(request.build(), "gemini-3-flash-preview").losses()).isEmpty();
    assertThat(tree(write(request.format(new AnswerFormat.JsonObject()).build(), "gemini-3-flash-preview"))
            .at("/generationConfig/responseMimeType").stringValue())
        .isEqualTo("application/json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"contents": [{"role": "user", "parts": [{"text": "hi"}, {"inlineData": {"mimeType": "image/png",
          "data": "aGk="}, "mediaResolution": {"level": "LOW"}}]},
          {"role": "model", "parts": [{"text": "thinking", "thought": true}, {"text": "one",
            "thoughtSignature": "c2ln"},
             {"functionCall": {"name": "f", "args": {"a": 1}}, "thoughtSignature": "Zm4="}]},
          {"role": "user", "parts": [{"functionResponse": {"name": "f", "response": {"result": "x"}}}]},
          {"role": "model", "parts": [{"executableCode": {"language": "PYTHON", "code": "1"}},
            {"codeExecutionResult": {"outcome": "OUTCOME_OK"}}]}],
         "systemInstruction": {"parts": [{"text": "s"}]},
         "tools": [{"functionDeclarations": [{"name": "f", "parametersJsonSchema": {"type": "object"}}]},
           {"googleSearch": {}}],
         "toolConfig": {"functionCallingConfig": {"mode": "ANY", "allowedFunctionNames": ["f"]}},
         "safetySettings": [{"category": "A", "threshold": "B"}], "labels": {"team": "x"},
         "generationConfig": {"temperature": 1.0, "maxOutputTokens": 5, "responseModalities": ["TEXT"],
            "thinkingConfig": {"thinkingLevel": "LOW", "includeThoughts": true}}}""",
        """
        {"contents": [{"role": "user", "parts": [{"text": "hi"}]}],
         "toolConfig": {"functionCallingConfig": {"mode": "VALIDATED"},
           "retrievalConfig": {"languageCode": "en"}},
         "tools": [{"functionDeclarations": [{"name": "f", "parametersJsonSchema": {"type": "object"}}]}],
         "generationConfig": {"maxOutputTokens": 5, "responseMimeType": "application/json",
            "responseJsonSchema": {"type": "object"}, "thinkingConfig": {"includeThoughts": false}}}"""
      })
  void readingAndWriting_keepsAllOfGeminisOwn(String body) {
    ClientRequest request =
        new ClientRequest(body.getBytes(StandardCharsets.UTF_8), "m", ClientRequest.Framing.WHOLE);

    Written written = write(gemini.readRequest(request), "gemini-3-pro-preview");

    assertThat(tree(written)).isEqualTo(Json.read(body));
    assertThat(written.losses()).isEmpty();
  }

  @Test
  void extras_thatWouldMakeTheAnswerUnreadable_areLost() {
    ClientRequest request =
        new ClientRequest(
            """
            {"contents": [{"parts": [{"text": "hi"}]}], "generationConfig": {"candidateCount": 1},
             "toolConfig": {"functionCallingConfig": {"streamFunctionCallArguments": true}}}"""
                .getBytes(StandardCharsets.UTF_8),
            "m",
            ClientRequest.Framing.WHOLE);

    assertThat(losses(write(gemini.readRequest(request), "gemini-2.5-pro")))
        .containsExactly(
            "unsupported-field:toolConfig.functionCallingConfig.streamFunctionCallArguments");
  }
}
