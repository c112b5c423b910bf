// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.completion.AnswerFormat;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Loss;
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
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Targets;
import dev.auriga.dialect.openai.OpenAiChat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class GeminiRequestReaderTest {
  private final Dialect gemini = new Gemini();

  private CompletionRequest read(String body) {
    return gemini.readRequest(
        new ClientRequest(body.getBytes(StandardCharsets.UTF_8), "auto", ClientRequest.Framing.WHOLE));
  }

  private CompletionRequest readWith(String fields) {
    return read("{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]," + fields + "}");
  }

  private static JsonNode json(String text) {
    return Json.read(text);
  }

  @Test
  void turns_becomeMessages() {
    CompletionRequest request =
        read(
            """
            {"system_instruction": {"parts": [{"text": "Be brief."}, {"text": "Be kind."}]},
             "contents": [
               {"parts": [{"text": "Look:"}, {"inlineData": {"mimeType": "image/png", "data": "aGk="}},
                          {"fileData": {"mimeType": "application/pdf", "fileUri": "gs://bucket/a.pdf"}}]},
               {"role": "model", "parts": [
                  {"text": "I wonder", "thought": true},
                  {"text": "Nice.", "thoughtSignature": "c2ln"},
                  {"executableCode": {"language": "PYTHON", "code": "1"}}]}]}
            """);

    assertThat(request.model()).isEqualTo("auto");
    assertThat(request.streamed()).isFalse();
    assertThat(request.messages())
        .containsExactly(
            Message.of(Role.SYSTEM, Part.Text.of("Be brief."), Part.Text.of("Be kind.")),
            Message.of(
                Role.USER,
                Part.Text.of("Look:"),
                new Part.Image(new Media.Inline("image/png", "aGk="), null, null),
                new Part.Document(new Media.ByUrl("gs://bucket/a.pdf", "application/pdf"), null, null)),
            Message.of(
                Role.ASSISTANT,
                new Part.Thinking("I wonder", null),
                Part.Text.of("Nice."),
                new Part.Thinking("", new Opaque("gemini", "c2ln")),
                new Part.Unknown(
                    "gemini", new RawJson("{\"executableCode\":{\"language\":\"PYTHON\",\"code\":\"1\"}}"))));
  }

  @Test
  void callsWithoutIds_getOnesFromTheirPlace_andResponsesFindThemByNameAndOrder() {
    CompletionRequest request =
        read(
            """
            {"contents": [
               {"parts": [{"text": "weather?"}]},
               {"role": "model", "parts": [
                  {"functionCall": {"name": "weather", "args": {"city": "Rome"}}, "thoughtSignature": "c2ln"},
                  {"functionCall": {"name": "weather", "args": {"city": "Bonn"}}},
                  {"functionCall": {"id": "own", "name": "time"}}]},
               {"parts": [
                  {"functionResponse": {"name": "time", "response": {"output": "noon"}}},
                  {"functionResponse": {"name": "weather", "response": {"result": "sun"}}},
                  {"functionResponse": {"name": "weather", "response": {"error": "no data"}}},
                  {"text": "and?"}]}]}
            """);

    assertThat(request.messages().get(1).parts())
        .containsExactly(
            new Part.ToolCall(
                "call_1_0", "weather", "{\"city\":\"Rome\"}", new Opaque("gemini", "c2ln"), null),
            Part.ToolCall.of("call_1_1", "weather", "{\"city\":\"Bonn\"}"),
            Part.ToolCall.of("own", "time", "{}"));
    assertThat(request.messages().get(2))
        .isEqualTo(
            Message.of(
                Role.TOOL,
                new Part.ToolResult("own", "time", List.of(Part.Text.of("noon")), false, null),
                new Part.ToolResult("call_1_0", "weather", List.of(Part.Text.of("sun")), false, null),
                new Part.ToolResult("call_1_1", "weather", List.of(Part.Text.of("no data")), true, null)));
    assertThat(request.messages().get(3)).isEqualTo(Message.user("and?"));
  }

  @Test
  void aResponseThatIsAnObject_isItsJsonText() {
    CompletionRequest request =
        read(
            """
            {"contents": [{"parts": [
              {"functionResponse": {"name": "f", "response": {"a": 1, "result": "x"}}}]}]}
            """);

    assertThat(request.messages().getFirst().parts())
        .containsExactly(
            new Part.ToolResult(
                "call_0_0", "f", List.of(Part.Text.of("{\"a\":1,\"result\":\"x\"}")), false, null));
  }

  @Test
  void whatAPartHasBeside_isKeptBehindIt() {
    CompletionRequest request =
        read(
            "{\"contents\":[{\"parts\":[{\"file_data\":{\"file_uri\":\"gs://v\",\"mime_type\":\"video/mp4\"},"
                + "\"video_metadata\":{\"fps\":2}}]}]}");

    assertThat(request.messages().getFirst().parts())
        .containsExactly(
            new Part.Video(new Media.ByUrl("gs://v", "video/mp4")),
            new Part.Unknown("gemini", new RawJson("{\"videoMetadata\":{\"fps\":2}}")));
  }

  @Test
  void whatContentsAndPartsHaveBeside_isLostByItsPathElsewhere() {
    CompletionRequest request =
        read(
            """
            {"systemInstruction": {"parts": {"text": "s"}, "note": 1},
             "contents": [
              {"parts": [{"text": "q"}, {"inline_data": {"mime_type": "image/png", "data": "AA==", "display_name": "d"}}]},
              {"role": "model", "parts": [
                {"functionCall": {"id": "c", "name": "f", "args": {}, "will_continue": true, "unset": null}}], "x": "y"},
              {"parts": [
                {"functionResponse": {"id": "c", "name": "f", "response": {"result": "r"}, "scheduling": "SILENT"}}]}]}
            """);

    assertThat(OpenAiChat.strict().writeRequest(request, Targets.openAi("gpt-4o", 100, 100)).losses())
        .extracting(Loss::toString)
        .containsExactlyInAnyOrder(
            "foreign-field:systemInstruction.note",
            "foreign-field:contents[0].parts[1].inlineData.displayName",
            "foreign-field:contents[1].x",
            "foreign-field:contents[1].parts[0].functionCall.willContinue",
            "foreign-field:contents[2].parts[0].functionResponse.scheduling");
  }

  @Test
  void generationConfig_isReadInBothSpellings() {
    CompletionRequest request =
        readWith(
            """
            "generation_config": {"temperature": 0.5, "top_p": 0.9, "topK": 40, "seed": "7",
              "frequencyPenalty": 0.1, "presence_penalty": 0.2, "max_output_tokens": 99,
              "stop_sequences": ["END"], "candidateCount": 2, "responseModalities": ["TEXT"],
              "thinkingConfig": {"includeThoughts": false, "thinkingBudget": -1}},
            "safety_settings": [{"category": "A"}], "cachedContent": "cachedContents/1", "future": {"x": 1}
            """);

    assertThat(request.sampling()).isEqualTo(new Sampling(0.5, 0.9, 40, 7L, 0.1, 0.2));
    assertThat(request.maxTokens()).isEqualTo(99);
    assertThat(request.stopSequences()).containsExactly("END");
    assertThat(request.thinking()).isEqualTo(new Thinking.On());
    assertThat(request.extras())
        .containsOnly(
            Map.entry("generationConfig.candidateCount", new RawJson("2")),
            Map.entry("generationConfig.responseModalities", new RawJson("[\"TEXT\"]")),
            Map.entry("generationConfig.thinkingConfig.includeThoughts", new RawJson("false")),
            Map.entry("safetySettings", new RawJson("[{\"category\":\"A\"}]")),
            Map.entry("cachedContent", new RawJson("\"cachedContents/1\"")),
            Map.entry("future", new RawJson("{\"x\":1}")));
  }

  @Test
  void tools_ofGoogleStayHosted_andItsSchemasBecomeJsonSchema() {
    CompletionRequest request =
        readWith(
            """
            "tools": [{"googleSearch": {}}, {"functionDeclarations": [
              {"name": "a", "description": "does a", "parameters": {"type": "OBJECT", "required": ["q"],
                "properties": {"q": {"type": "STRING", "nullable": true, "enum": ["x"]},
                               "type": {"type": "ARRAY", "items": {"type": "INTEGER"}, "minItems": "1"}}}},
              {"name": "b", "parametersJsonSchema": {"type": "object",
                "properties": {"n": {"type": "number"}}}},
              {"name": "c"}]}]
            """);

    assertThat(request.tools()).hasSize(4);
    assertThat(request.tools().getFirst())
        .isEqualTo(new Tool.Hosted("gemini", "googleSearch", new RawJson("{\"googleSearch\":{}}")));
    Tool.Function a = (Tool.Function) request.tools().get(1);
    assertThat(a.description()).isEqualTo("does a");
    assertThat(Json.read(a.parameters()))
        .isEqualTo(
            json(
                """
                {"type": "object", "required": ["q"], "properties": {
                  "q": {"type": ["string", "null"], "enum": ["x", null]},
                  "type": {"type": "array", "items": {"type": "integer"}, "minItems": 1}}}
                """));
    assertThat(Json.read(((Tool.Function) request.tools().get(3)).parameters()))
        .isEqualTo(json("{\"type\":\"object\",\"properties\":{}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"mode\":\"AUTO\"} | Auto",
        "{\"mode\":\"NONE\"} | None",
        "{\"mode\":\"ANY\"} | Required",
        "{\"mode\":\"ANY\",\"allowed_function_names\":[\"a\"]} | Named",
        "{\"mode\":\"ANY\",\"allowedFunctionNames\":[\"a\",\"b\"]} | Required",
        "{\"mode\":\"VALIDATED\"} | Auto",
        "{} | Auto",
      })
  void toolConfig_becomesAChoice(String calling, String choice) {
    CompletionRequest request =
        readWith(
            "\"tools\":[{\"functionDeclarations\":[{\"name\":\"a\"},{\"name\":\"b\"},{\"name\":\"c\"}]}],"
                + "\"toolConfig\":{\"functionCallingConfig\":" + calling + "}");

    assertThat(request.toolChoice().getClass().getSimpleName()).isEqualTo(choice);
    assertThat(request.tools()).hasSize(calling.contains("\"b\"") ? 2 : 3);
    assertThat(request.extras().containsKey("toolConfig.functionCallingConfig.mode"))
        .isEqualTo(calling.contains("VALIDATED"));
    if (request.toolChoice() instanceof ToolChoice.Named named) {
      assertThat(named.name()).isEqualTo("a");
    }
  }

  @Test
  void formats_areReadFromMediaTypeAndSchema() {
    assertThat(readWith("\"generationConfig\":{\"responseMimeType\":\"application/json\"}").format())
        .isEqualTo(new AnswerFormat.JsonObject());
    assertThat(
            readWith(
                "\"generationConfig\":{\"responseMimeType\":\"application/json\",\"responseSchema\":"
                    + "{\"type\":\"STRING\"}}")
                .format())
        .isEqualTo(new AnswerFormat.JsonSchema("answer", new RawJson("{\"type\":\"string\"}"), null));
    CompletionRequest listed =
        readWith(
            "\"generationConfig\":{\"responseMimeType\":\"text/x.enum\",\"responseSchema\":"
                + "{\"type\":\"STRING\"}}");
    assertThat(listed.format()).isEqualTo(new AnswerFormat.Text());
    assertThat(listed.extras())
        .containsKeys("generationConfig.responseMimeType", "generationConfig.responseSchema");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"tools\":[{\"functionDeclarations\":[{}]}] | tools[0].functionDeclarations[0].name",
        "\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"SOME\"}} |"
            + " toolConfig.functionCallingConfig.mode",
        "\"generationConfig\":{\"temperature\":\"hot\"} | generationConfig.temperature",
        "\"generationConfig\":{\"stopSequences\":[1]} | generationConfig.stopSequences",
        "\"systemInstruction\":\"be nice\" | systemInstruction",
      })
  void aWrongField_isRefusedByItsPath(String fields, String path) {
    assertThatThrownBy(() -> readWith(fields))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo(path));
  }
}
