// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import dev.auriga.completion.Thinking;
import dev.auriga.completion.Tool;
import dev.auriga.completion.ToolChoice;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Targets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsesRequestReaderTest {
  private final OpenAiResponses dialect = new OpenAiResponses();

  private CompletionRequest read(String body) {
    return dialect.readRequest(ClientRequest.of(body.getBytes(StandardCharsets.UTF_8)));
  }

  private List<Message> input(String items) {
    return read("{\"model\":\"m\",\"input\":" + items + "}").messages();
  }

  @Test
  void settingsAreRead() {
    CompletionRequest request =
        read(
            """
            {"model":"auto","input":"Hi","instructions":"Be kind.","stream":true,
             "tools":[{"type":"function","name":"f","description":"Does.","parameters":{"type":"object"},"strict":true},
                      {"type":"function","name":"g"},{"type":"web_search"},{"type":"custom","name":"grammar"}],
             "tool_choice":{"type":"function","name":"f"},"parallel_tool_calls":false,
             "max_output_tokens":300,"temperature":0.5,"top_p":0.9,
             "reasoning":{"effort":"high","summary":"auto"},
             "text":{"format":{"type":"json_schema","name":"n","schema":{"type":"object"},"strict":true,
                     "description":"d"},"verbosity":"low"},
             "store":false,"include":["reasoning.encrypted_content","web_search_call.results"],
             "metadata":{"a":"b"},"truncation":"disabled","background":false,"previous_response_id":null,
             "safety_identifier":"u1","stream_options":{"include_obfuscation":false},"invented":1}
            """);

    assertThat(request.messages()).containsExactly(Message.system("Be kind."), Message.user("Hi"));
    assertThat(request.tools())
        .containsExactly(
            new Tool.Function("f", "Does.", new RawJson("{\"type\":\"object\"}"), true, null),
            new Tool.Function(
                "g", null, new RawJson("{\"type\":\"object\",\"properties\":{}}"), null, null),
            new Tool.Hosted("openai-responses", "web_search", new RawJson("{\"type\":\"web_search\"}")),
            new Tool.Function(
                "grammar",
                null,
                new RawJson(
                    "{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\"}},\"required\":[\"input\"],"
                        + "\"additionalProperties\":false}"),
                null,
                null));
    assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Named("f"));
    assertThat(request.parallelToolCalls()).isFalse();
    assertThat(request.maxTokens()).isEqualTo(300);
    assertThat(request.sampling()).isEqualTo(new Sampling(0.5, 0.9, null, null, null, null));
    assertThat(request.thinking()).isEqualTo(new Thinking.Effort("high"));
    assertThat(request.format())
        .isEqualTo(
            new AnswerFormat.JsonSchema(
                "n", new RawJson("{\"type\":\"object\",\"description\":\"d\"}"), true));
    assertThat(request.user()).isEqualTo("u1");
    assertThat(request.streamed()).isTrue();
    assertThat(request.extras())
        .containsOnlyKeys("reasoning.summary", "verbosity", "include", "metadata", "invented")
        .containsEntry("include", new RawJson("[\"web_search_call.results\"]"))
        .containsEntry("reasoning.summary", new RawJson("\"auto\""))
        .containsEntry("verbosity", new RawJson("\"low\""));
  }

  @Test
  void itemsOfOneTurnAreOneMessage() {
    List<Message> messages =
        input(
            """
            [{"role":"user","content":"Weather?"},
             {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"A"},
              {"type":"summary_text","text":"B"}],"encrypted_content":"gAAA"},
             {"type":"message","id":"msg_1","role":"assistant","status":"completed",
              "content":[{"type":"output_text","text":"Let me look.","annotations":[]}]},
             {"type":"function_call","call_id":"c1","name":"f","arguments":"{\\"a\\":1}"},
             {"type":"function_call","call_id":"c2","name":"f","arguments":""},
             {"type":"function_call_output","call_id":"c1","output":"sun"},
             {"type":"function_call_output","call_id":"c2","output":[{"type":"input_text","text":"rain"},
              {"type":"input_image","image_url":"data:image/png;base64,AAAA","detail":"low"}]},
             {"type":"reasoning","id":"rs_2","summary":[],"encrypted_content":"gBBB"},
             {"role":"assistant","content":[{"type":"refusal","refusal":"No."}]}]
            """);

    assertThat(messages)
        .containsExactly(
            Message.user("Weather?"),
            Message.of(
                Role.ASSISTANT,
                new Part.Thinking("A\n\nB", new Opaque("openai-responses", "rs_1.gAAA")),
                Part.Text.of("Let me look."),
                Part.ToolCall.of("c1", "f", "{\"a\":1}"),
                Part.ToolCall.of("c2", "f", "{}")),
            Message.of(
                Role.TOOL,
                new Part.ToolResult("c1", null, List.of(Part.Text.of("sun")), false, null),
                new Part.ToolResult(
                    "c2",
                    null,
                    List.of(
                        Part.Text.of("rain"),
                        new Part.Image(new Media.Inline("image/png", "AAAA"), "low", null)),
                    false,
                    null)),
            Message.of(
                Role.ASSISTANT,
                new Part.RedactedThinking(new Opaque("openai-responses", "rs_2.gBBB")),
                new Part.Declined("No.")));
  }

  @Test
  void contentPartsAreRead() {
    List<Message> messages =
        input(
            """
            [{"role":"developer","content":"mind"},
             {"role":"user","content":[
               {"type":"input_text","text":"look","prompt_cache_breakpoint":{}},
               {"type":"input_image","image_url":"https://x/y.png"},
               {"type":"input_image","file_id":"file-1","detail":"high"},
               {"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,JVBE"},
               {"type":"input_file","file_url":"https://x/a.pdf"},
               {"type":"input_file","file_id":"file-2"},
               {"type":"input_audio","input_audio":{"data":"UklG","format":"wav"}},
               {"type":"input_video","video_url":"https://x/v.mp4"},
               {"type":"hologram","x":1}]}]
            """);

    assertThat(messages)
        .containsExactly(
            Message.of(Role.DEVELOPER, Part.Text.of("mind")),
            Message.of(
                Role.USER,
                new Part.Text("look", new CacheMark(null)),
                new Part.Image(new Media.ByUrl("https://x/y.png", null), null, null),
                new Part.Image(new Media.ByFile("file-1"), "high", null),
                new Part.Document(new Media.Inline("application/pdf", "JVBE"), "a.pdf", null),
                new Part.Document(new Media.ByUrl("https://x/a.pdf", null), null, null),
                new Part.Document(new Media.ByFile("file-2"), null, null),
                new Part.Audio(new Media.Inline("audio/wav", "UklG")),
                new Part.Video(new Media.ByUrl("https://x/v.mp4", null)),
                new Part.Unknown(
                    "openai-responses",
                    new RawJson(
                        "{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"hologram\",\"x\":1}]}"))));
  }

  @Test
  void unknownItemsAreKeptWhereTheyStood() {
    String call = "{\"type\":\"shell_call\",\"id\":\"sh_1\",\"call_id\":\"c\"}";
    String output = "{\"type\":\"shell_call_output\",\"call_id\":\"c\"}";
    String search = "{\"type\":\"web_search_call\",\"id\":\"ws_1\"}";

    List<Message> messages =
        input("[{\"role\":\"user\",\"content\":\"x\"}," + search + "," + call + "," + output + "]");

    assertThat(messages.subList(1, 3))
        .containsExactly(
            Message.of(
                Role.ASSISTANT,
                new Part.Unknown("openai-responses", new RawJson(search)),
                new Part.Unknown("openai-responses", new RawJson(call))),
            Message.of(Role.TOOL, new Part.Unknown("openai-responses", new RawJson(output))));
  }

  @Test
  void wrappedSignaturesAreWhoseTheyWere() {
    List<Message> messages =
        input(
            """
            [{"role":"user","content":"x"},
             {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"hm"}],
              "encrypted_content":"auriga-signature.anthropic-messages.thought.a.b"},
             {"type":"reasoning","id":"rs_2","summary":[],
              "encrypted_content":"auriga-signature.anthropic-messages.redacted.zz"},
             {"type":"reasoning","id":"rs_3","summary":[{"type":"summary_text","text":"loose"}],
              "encrypted_content":"auriga-signature.none.thought."},
             {"type":"reasoning","id":"rs_4","summary":[],
              "encrypted_content":"auriga-signature.gemini.call.sig"},
             {"type":"function_call","call_id":"c1","name":"f","arguments":"{}"}]
            """);

    assertThat(messages.get(1))
        .isEqualTo(
            Message.of(
                Role.ASSISTANT,
                new Part.Thinking("hm", new Opaque("anthropic-messages", "a.b")),
                new Part.RedactedThinking(new Opaque("anthropic-messages", "zz")),
                new Part.Thinking("loose", null),
                new Part.ToolCall("c1", "f", "{}", new Opaque("gemini", "sig"), null)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"none\"' | None", "'\"required\"' | Required", "'\"auto\"' | Auto", "'null' | Auto",
        "'{\"type\":\"web_search\"}' | Named[name=web_search]",
        "'{\"type\":\"custom\",\"name\":\"c\"}' | Named[name=c]",
        "'{\"type\":\"mcp\",\"server_label\":\"s\",\"name\":\"t\"}' | Named[name=mcp]",
        "'{\"type\":\"allowed_tools\",\"mode\":\"required\",\"tools\":[{\"type\":\"function\",\"name\":\"f\"}]}' | Required",
      })
  void toolChoiceIsRead(String choice, String expected) {
    CompletionRequest request =
        read(
            "{\"model\":\"m\",\"input\":\"x\",\"tools\":[{\"type\":\"function\",\"name\":\"f\"},"
                + "{\"type\":\"web_search\"}],\"tool_choice\":" + choice + "}");

    assertThat(request.toolChoice().toString()).startsWith(expected);
    assertThat(request.tools()).hasSize(choice.contains("allowed_tools") ? 1 : 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{\"input\":\"x\"}' | model", "'{\"model\":\"m\"}' | input",
        "'{\"model\":\"m\",\"input\":[]}' | input", "'{\"model\":\"m\",\"input\":\"\"}' | input",
        "'{\"model\":\"m\",\"input\":5}' | input", "'{\"model\":\"m\",\"input\":[7]}' | input[0]",
        "'{\"model\":\"m\",\"input\":[{\"role\":\"king\",\"content\":\"x\"}]}' | input[0].role",
        "'{\"model\":\"m\",\"input\":[{\"role\":\"user\"}]}' | input[0].content",
        "'{\"model\":\"m\",\"input\":[{\"type\":\"function_call\",\"name\":\"f\"}]}' | input[0].call_id",
        "'{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\"}]}]}' | input[0].content[0].text",
        "'{\"model\":\"m\",\"input\":\"x\",\"max_output_tokens\":-1}' | max_output_tokens",
        "'{\"model\":\"m\",\"input\":\"x\",\"reasoning\":{\"effort\":3}}' | reasoning.effort",
        "'{\"model\":\"m\",\"input\":\"x\",\"tool_choice\":\"maybe\"}' | tool_choice",
        "'{\"model\":\"m\",\"input\":\"x\",\"text\":{\"format\":{\"type\":\"xml\"}}}' | text.format.type",
        "'{\"model\":\"m\",\"input\":\"x\",\"previous_response_id\":\"resp_1\"}' | previous_response_id",
        "'{\"model\":\"m\",\"input\":\"x\",\"conversation\":{\"id\":\"conv_1\"}}' | conversation",
        "'{\"model\":\"m\",\"input\":\"x\",\"background\":true}' | background",
      })
  void wrongFieldsAreNamed(String body, String field) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> read(body))
        .satisfies(refusal -> assertThat(refusal.field()).isEqualTo(field))
        .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID));
  }

  @Test
  void storedStateIsRefusedWithWhatToDo_inTheOutlineToo() {
    byte[] body =
        "{\"model\":\"m\",\"input\":\"x\",\"previous_response_id\":\"resp_1\"}".getBytes(StandardCharsets.UTF_8);

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> dialect.scan(ClientRequest.of(body)).outline())
        .withMessageContaining("previous_response_id")
        .withMessageContaining("send the whole history as input")
        .withMessageContaining("reasoning.encrypted_content");
  }

  /// What is read and written for OpenAI again is read the same.
  @Test
  void roundTripKeepsTheConversation() {
    String body =
        """
        {"model":"m","input":[{"role":"user","content":[{"type":"input_text","text":"a"},
          {"type":"input_image","image_url":"https://x/y.png","detail":"low"}]},
          {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"t"}],"encrypted_content":"gA.b"},
          {"type":"function_call","call_id":"c1","name":"f","arguments":"{}"},
          {"type":"function_call_output","call_id":"c1","output":"ok"},
          {"role":"system","content":"late"},
          {"type":"web_search_call","id":"ws_1","status":"completed"},
          {"role":"assistant","content":"done"},{"role":"user","content":"more"}]}
        """;
    CompletionRequest read = read(body);

    byte[] written =
        dialect.writeRequest(read, Targets.openAi("gpt-5", 9, 9)).body();

    assertThat(dialect.readRequest(ClientRequest.of(written)).messages()).isEqualTo(read.messages());
    assertThat(Json.read(written).at("/input/1"))
        .isEqualTo(
            Json.read(
                "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"t\"}],"
                    + "\"encrypted_content\":\"gA.b\"}"));
  }
}
