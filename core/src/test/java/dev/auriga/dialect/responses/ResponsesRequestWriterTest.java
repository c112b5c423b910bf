// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Targets;
import dev.auriga.dialect.Written;
import dev.auriga.dialect.openai.OpenAiChat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ResponsesRequestWriterTest {
  private static final Tool WEATHER =
      new Tool.Function("weather", "Tells it.", new RawJson("{\"type\":\"object\"}"), null, null);

  private final OpenAiResponses dialect = new OpenAiResponses();

  private Written write(CompletionRequest.Builder request, String model) {
    return dialect.writeRequest(request.build(), Targets.openAi(model, 4096, 8000));
  }

  private static CompletionRequest.Builder ask() {
    return CompletionRequest.to("route").message(Message.user("x"));
  }

  private static JsonNode tree(Written written) {
    return Json.read(written.body());
  }

  private static List<String> losses(Written written) {
    return written.losses().stream().map(Object::toString).toList();
  }

  private static void assertBody(Written written, String expected) {
    assertThat(tree(written)).isEqualTo(Json.read(expected));
  }

  @Test
  void conversationOfAnotherDialect() {
    Written written =
        write(
            CompletionRequest.to("auto")
                .message(Message.of(Role.SYSTEM, Part.Text.of("one"), Part.Text.of("two")))
                .message(Message.user("hi"))
                .message(
                    Message.of(
                        Role.ASSISTANT,
                        new Part.Thinking("hm", new Opaque("anthropic-messages", "sig")),
                        Part.Text.of("I look."),
                        Part.Text.of(""),
                        Part.ToolCall.of("c1", "weather", "")))
                .message(
                    Message.of(
                        Role.TOOL,
                        new Part.ToolResult(
                            "c1",
                            null,
                            List.of(
                                Part.Text.of("broken"),
                                new Part.Image(new Media.Inline("image/png", "AAAA"), null, null)),
                            true,
                            null)))
                .message(Message.of(Role.DEVELOPER, Part.Text.of("mind")))
                .message(Message.user("and?"))
                .tool(WEATHER)
                .toolChoice(new ToolChoice.Named("weather"))
                .parallelToolCalls(false)
                .streamed(true)
                .maxTokens(100)
                .user("u"),
            "gpt-4o");

    assertBody(
        written,
        """
        {"model":"gpt-4o","store":false,"stream":true,"max_output_tokens":100,"user":"u",
         "parallel_tool_calls":false,"tool_choice":{"type":"function","name":"weather"},
         "tools":[{"type":"function","name":"weather","description":"Tells it.",
                   "parameters":{"type":"object"},"strict":false}],
         "input":[
          {"type":"message","role":"system","content":[{"type":"input_text","text":"one"},{"type":"input_text","text":"two"}]},
          {"type":"message","role":"user","content":"hi"},
          {"type":"message","role":"assistant","content":"I look."},
          {"type":"function_call","call_id":"c1","name":"weather","arguments":"{}"},
          {"type":"function_call_output","call_id":"c1","output":[{"type":"input_text","text":"Error: broken"},
            {"type":"input_image","image_url":"data:image/png;base64,AAAA","detail":"auto"}]},
          {"type":"message","role":"developer","content":"mind"},
          {"type":"message","role":"user","content":"and?"}]}
        """);
    assertThat(losses(written))
        .containsExactly("foreign-signature:messages[2].content[0]");
  }

  @Test
  void ownReasoningGoesBackBeforeWhatFollowedIt_andNeverAlone() {
    Opaque first = new Opaque("openai-responses", "rs_1.gAA.A");
    Opaque second = new Opaque("openai-responses", "rs_2.gBBB");
    Written written =
        write(
            ask()
                .message(
                    Message.of(
                        Role.ASSISTANT,
                        new Part.Thinking("sum", first),
                        Part.ToolCall.of("c1", "weather", "{}")))
                .message(
                    Message.of(
                        Role.TOOL,
                        new Part.ToolResult("c1", null, List.of(Part.Text.of("ok")), false, null)))
                .message(Message.of(Role.ASSISTANT, new Part.RedactedThinking(second)))
                .message(Message.user("go on")),
            "gpt-5");

    assertThat(tree(written).path("input").valueStream().map(item -> item.path("type").asString("")))
        .containsExactly("message", "reasoning", "function_call", "function_call_output", "message");
    assertThat(tree(written).at("/input/1"))
        .isEqualTo(
            Json.read(
                "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"encrypted_content\":\"gAA.A\","
                    + "\"summary\":[{\"type\":\"summary_text\",\"text\":\"sum\"}]}"));
    assertThat(losses(written)).containsExactly("orphan-thinking:messages[3].content[0]");
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-4o, unsaid, , false, 4096, ''", "gpt-4o, high, , false, 4096, unsupported-by-model:thinking",
    "gpt-5, unsaid, , true, 12096, ''", "gpt-5, off, minimal, true, 4096, clamped:thinking",
    "gpt-5.1, off, none, false, 4096, ''", "gpt-5, 2000, low, true, 6096, approximated:thinking",
    "gpt-5.6-sol, minimal, low, true, 12096, clamped:thinking", "gpt-6-astra, on, medium, true, 12096, ''",
    "my-deployment, high, high, true, 12096, ''", "my-deployment, off, , false, 4096, unsupported-value:thinking",
  })
  void thinkingByFamily(
      String model, String wish, String effort, boolean encrypted, int tokens, String loss) {
    Thinking thinking =
        switch (wish) {
          case "unsaid" -> new Thinking.Unsaid();
          case "off" -> new Thinking.Off();
          case "on" -> new Thinking.On();
          case "2000" -> new Thinking.Budget(2000);
          default -> new Thinking.Effort(wish);
        };
    Written written = write(ask().thinking(thinking).tool(WEATHER), model);

    assertThat(tree(written).at("/reasoning/effort").asString(null)).isEqualTo(effort);
    assertThat(tree(written).has("include")).isEqualTo(encrypted);
    assertThat(tree(written).path("max_output_tokens").intValue()).isEqualTo(tokens);
    assertThat(losses(written)).isEqualTo(loss.isEmpty() ? List.of() : List.of(loss));
  }

  @Test
  void samplingIsForModelsThatDoNotThink() {
    Sampling sampling = new Sampling(3.0, 0.5, 40, 7L, 0.1, 0.2);

    Written plain = write(ask().sampling(sampling).stopSequences(List.of("END")), "gpt-4o");
    assertThat(tree(plain).path("temperature").doubleValue()).isEqualTo(2.0);
    assertThat(tree(plain).path("top_p").doubleValue()).isEqualTo(0.5);
    assertThat(losses(plain))
        .containsExactlyInAnyOrder(
            "clamped:temperature", "unsupported-field:frequencyPenalty",
            "unsupported-field:presencePenalty", "unsupported-field:seed", "unsupported-field:topK",
            "unsupported-field:stopSequences");

    Written thinker = write(ask().sampling(sampling), "gpt-5");
    assertThat(tree(thinker).has("temperature")).isFalse();
    assertThat(losses(thinker)).contains("unsupported-by-model:temperature", "unsupported-by-model:topP");

    Written open =
        dialect.writeRequest(
            ask().sampling(sampling).build(), Targets.openAi("llama", Target.Host.COMPATIBLE, 9, 9));
    assertThat(tree(open).path("presence_penalty").doubleValue()).isEqualTo(0.2);
    assertThat(tree(open).path("max_output_tokens").intValue()).isEqualTo(9);
  }

  @Test
  void tooFewTokensAreRaisedToTheLeastThatIsTaken() {
    Written written = write(ask().maxTokens(1), "gpt-4o");

    assertThat(tree(written).path("max_output_tokens").intValue()).isEqualTo(16);
    assertThat(losses(written)).containsExactly("clamped:maxTokens");
  }

  @Test
  void longCallIdsAreShortenedAlikeInCallAndOutput() {
    String id = "x".repeat(80);
    Written written =
        write(
            ask()
                .message(Message.of(Role.ASSISTANT, new Part.ToolCall(id, "f", "{}", new Opaque("gemini", "s"), null)))
                .message(
                    Message.of(
                        Role.TOOL,
                        new Part.ToolResult(id, null, List.of(), false, null),
                        new Part.ToolResult("orphan", null, List.of(), false, null)))
                .message(Message.user("y")),
            "gpt-4o");

    String shortened = tree(written).at("/input/1/call_id").stringValue();
    assertThat(shortened).hasSize(64).startsWith("xxxx");
    assertThat(tree(written).at("/input/2/call_id").stringValue()).isEqualTo(shortened);
    assertThat(tree(written).at("/input/2/output").stringValue()).isEmpty();
    assertThat(tree(written).path("input")).hasSize(4);
    assertThat(losses(written))
        .containsExactlyInAnyOrder(
            "foreign-signature:messages[1].content[0].signature", "orphan-result:messages[2].content[1]");
  }

  private static final String CLOSED = "{\"type\":\"object\",\"additionalProperties\":false}";

  @Test
  void mediaAreWrittenOrReported() {
    Written written =
        write(
            CompletionRequest.to("r")
                .message(
                    new Message(
                        Role.USER,
                        List.of(
                            new Part.Text("look", new CacheMark("5m")),
                            new Part.Image(new Media.ByUrl("https://x/y.png", null), "high", null),
                            new Part.Document(new Media.Inline("application/pdf", "JVBE"), null, null),
                            new Part.Document(new Media.ByUrl("https://x/a.pdf", null), "t", null),
                            new Part.Document(new Media.Inline("text/plain", "aGk="), "note", null),
                            new Part.Audio(new Media.Inline("audio/mpeg", "SUQz")),
                            new Part.Unknown("gemini", new RawJson("{}"))),
                        "bob")),
            "gpt-4o");

    assertThat(tree(written).at("/input/0/content"))
        .isEqualTo(Json.read("[{\"type\":\"input_text\",\"text\":\"look\"},"
            + "{\"type\":\"input_image\",\"image_url\":\"https://x/y.png\",\"detail\":\"high\"},"
            + "{\"type\":\"input_file\",\"filename\":\"document.pdf\",\"file_data\":\"data:application/pdf;base64,JVBE\"},"
            + "{\"type\":\"input_file\",\"file_url\":\"https://x/a.pdf\"},"
            + "{\"type\":\"input_text\",\"text\":\"note\\n\\nhi\"},"
            + "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"SUQz\",\"format\":\"mp3\"}}]"));
    assertThat(losses(written))
        .containsExactlyInAnyOrder(
            "unsupported-field:messages[0].name", "unsupported-field:messages[0].content[0].cache",
            "foreign-part:messages[0].content[6]");
  }

  @Test
  void mediaOfTheUserThatAreNotTaken_areRefused() {
    for (Part part :
        List.of(
            new Part.Image(new Media.ByUrl("gs://b/c", null), null, null),
            new Part.Video(new Media.ByUrl("https://x/v.mp4", null)))) {
      CompletionRequest.Builder request =
          CompletionRequest.to("r").message(Message.of(Role.USER, Part.Text.of("look"), part));
      assertThatThrownBy(() -> write(request, "gpt-4o"))
          .isInstanceOfSatisfying(
              Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("messages[0].content[1]"));
    }
  }

  @Test
  void toolsFormatsAndExtras() {
    Written written =
        write(
            ask()
                .tool(new Tool.Function("s", null, new RawJson("{}"), true, null))
                .tool(new Tool.Hosted("openai-responses", "web_search", new RawJson("{\"type\":\"web_search\"}")))
                .tool(new Tool.Hosted("anthropic-messages", "bash", new RawJson("{}")))
                .toolChoice(new ToolChoice.Named("web_search"))
                .format(new AnswerFormat.JsonSchema("my name", new RawJson(CLOSED), true))
                .extras(
                    Map.of(
                        "verbosity", new RawJson("\"low\""),
                        "reasoning.summary", new RawJson("\"auto\""),
                        "include", new RawJson("[\"web_search_call.results\"]"),
                        "metadata", new RawJson("{\"a\":\"b\"}"),
                        "service_tier", new RawJson("\"flex\""),
                        "store", new RawJson("true"),
                        "logit_bias", new RawJson("{}")))
                .logprobs(3),
            "gpt-5");

    JsonNode body = tree(written);
    assertThat(body.at("/tools/0/strict").booleanValue()).isTrue();
    assertThat(body.path("tool_choice")).isEqualTo(Json.read("{\"type\":\"web_search\"}"));
    assertThat(body.path("text"))
        .isEqualTo(
            Json.read(
                "{\"format\":{\"type\":\"json_schema\",\"name\":\"my_name\",\"schema\":" + CLOSED
                    + ",\"strict\":true},\"verbosity\":\"low\"}"));
    assertThat(body.path("reasoning")).isEqualTo(Json.read("{\"summary\":\"auto\"}"));
    assertThat(body.path("include"))
        .isEqualTo(Json.read("[\"reasoning.encrypted_content\",\"web_search_call.results\"]"));
    assertThat(body.path("metadata")).isEqualTo(Json.read("{\"a\":\"b\"}"));
    assertThat(body.path("service_tier").stringValue()).isEqualTo("flex");
    assertThat(body.path("store").booleanValue()).isFalse();
    assertThat(losses(written))
        .containsExactlyInAnyOrder(
            "foreign-tool:tools[2]", "unsupported-field:store", "foreign-field:logit_bias",
            "unsupported-by-model:logprobs");
  }

  /// A Chat Completions client whose model takes tools with reasoning only here.
  @Test
  void chatRequestWithToolsAndReasoning_losesNothing() {
    String chat =
        """
        {"model":"r","reasoning_effort":"high","max_completion_tokens":900,"verbosity":"low",
         "messages":[{"role":"system","content":"s"},{"role":"user","content":"u"},
          {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",
            "function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c1","content":"ok"}],
         "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],
         "tool_choice":"required","response_format":{"type":"json_object"}}
        """;
    CompletionRequest request =
        OpenAiChat.strict().readRequest(ClientRequest.of(chat.getBytes(StandardCharsets.UTF_8)));

    Written written =
        dialect.writeRequest(request, Targets.openAi("gpt-6-sol", 4096, 8000));

    assertThat(losses(written)).isEmpty();
    assertThat(tree(written).at("/reasoning/effort").stringValue()).isEqualTo("high");
    assertThat(tree(written).path("tool_choice").stringValue()).isEqualTo("required");
  }

  @Test
  void whatIsWrittenFitsTheSpecification() {
    SpecJudge openAi = SpecJudge.of("openai.json");
    Written written =
        write(
            ask()
                .message(
                    Message.of(
                        Role.ASSISTANT,
                        new Part.Thinking("t", new Opaque("openai-responses", "rs_1.g")),
                        Part.Text.of("a"),
                        new Part.Declined("no"),
                        Part.ToolCall.of("c1", "weather", "{}")))
                .message(
                    Message.of(
                        Role.TOOL,
                        new Part.ToolResult(
                            "c1",
                            null,
                            List.of(
                                Part.Text.of("x"),
                                new Part.Image(new Media.ByUrl("https://x/y.png", null), null, null)),
                            false,
                            null)))
                .message(Message.user("b"))
                .tool(WEATHER)
                .maxTokens(1),
            "gpt-5");

    assertThat(openAi.faults(tree(written), "CreateResponse")).isEmpty();
    for (JsonNode item : tree(written).path("input").values()) {
      boolean message = item.path("type").asString("").equals("message") && !item.has("id");
      assertThat(openAi.faults(item, message ? "EasyInputMessage" : "Item")).as(item.toString()).isEmpty();
    }
  }

  @Test
  void nothingLeftToSayIsRefused() {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(
            () ->
                write(
                    CompletionRequest.to("r")
                        .message(
                            Message.of(Role.USER, new Part.Video(new Media.ByUrl("https://x/v", null)))),
                    "gpt-4o"));
  }
}
