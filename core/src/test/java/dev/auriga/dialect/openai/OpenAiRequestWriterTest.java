// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class OpenAiRequestWriterTest {
  private static final Tool WEATHER =
      new Tool.Function("weather", "Tells it.", new RawJson("{\"type\":\"object\"}"), null, null);

  private final OpenAiChat dialect = OpenAiChat.strict();

  private Written write(CompletionRequest request, String model, Target.Host host) {
    return dialect.writeRequest(request, Targets.openAi(model, host, 4096, 8000));
  }

  private Written write(CompletionRequest.Builder request, String model) {
    return write(request.build(), model, Target.Host.VENDOR);
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

  @ParameterizedTest
  @CsvSource({
    "gpt-4o, unsaid, 4096", "gpt-4o, 2000, 4096", "gpt-5, unsaid, 12096", "gpt-5, off, 4096",
    "gpt-5, 2000, 6096", "gpt-5, high, 12096"
  })
  void withoutALimit_theUsualRoomIsSet_andThinkersGetTheirsOnTop(String model, String thinking, int tokens) {
    Written written = write(ask().thinking(thinkingOf(thinking)), model);
    assertThat(tree(written).path("max_completion_tokens").intValue()).isEqualTo(tokens);
  }

  private static void assertBody(Written written, String expected) {
    assertThat(tree(written)).isEqualTo(Json.read(expected));
  }

  @Test
  void conversationOfAnotherDialect() {
    CompletionRequest request =
        CompletionRequest.to("auto")
            .message(Message.of(Role.SYSTEM, Part.Text.of("one"), Part.Text.of("two")))
            .message(Message.user("hi"))
            .message(Message.of(Role.DEVELOPER, Part.Text.of("mind")))
            .message(
                Message.of(
                    Role.ASSISTANT,
                    Part.Text.of("let me see"),
                    Part.Text.of(""),
                    Part.ToolCall.of("toolu_1", "weather", ""),
                    Part.ToolCall.of("toolu_2", "weather", "{bad")))
            .message(
                Message.of(
                    Role.TOOL,
                    new Part.ToolResult("toolu_2", null, List.of(Part.Text.of("boom")), true, null),
                    new Part.ToolResult("toolu_1", null, List.of(), false, null)))
            .tool(WEATHER)
            .toolChoice(new ToolChoice.Named("weather"))
            .parallelToolCalls(false)
            .maxTokens(100)
            .sampling(new Sampling(0.3, 0.9, null, 5L, 1.0, -1.0))
            .stopSequences(List.of("END"))
            .user("u")
            .streamed(true)
            .build();

    Written written = write(request, "gpt-4o", Target.Host.VENDOR);
    assertBody(
        written,
        """
        {"model": "gpt-4o",
         "messages": [
           {"role": "system", "content": [{"type": "text", "text": "one"}, {"type": "text", "text": "two"}]},
           {"role": "user", "content": "hi"},
           {"role": "developer", "content": "mind"},
           {"role": "assistant", "content": "let me see", "tool_calls": [
             {"id": "toolu_1", "type": "function", "function": {"name": "weather", "arguments": "{}"}},
             {"id": "toolu_2", "type": "function", "function": {"name": "weather", "arguments": "{bad"}}]},
           {"role": "tool", "tool_call_id": "toolu_1", "content": ""},
           {"role": "tool", "tool_call_id": "toolu_2", "content": "Error: boom"}],
         "tools": [{"type": "function", "function":
           {"name": "weather", "description": "Tells it.", "parameters": {"type": "object"}}}],
         "tool_choice": {"type": "function", "function": {"name": "weather"}},
         "parallel_tool_calls": false, "max_completion_tokens": 100,
         "temperature": 0.3, "top_p": 0.9, "frequency_penalty": 1.0, "presence_penalty": -1.0, "seed": 5,
         "stop": ["END"], "user": "u", "stream": true, "stream_options": {"include_usage": true}}
        """);
    assertThat(written.losses()).isEmpty();
  }

  @Test
  void compatibleServersGetTheWordsTheyKnow() {
    CompletionRequest request =
        ask()
            .message(Message.of(Role.DEVELOPER, Part.Text.of("mind")))
            .message(Message.of(Role.ASSISTANT, new Part.Thinking("hm", new Opaque("gemini", "s")),
                Part.ToolCall.of("c", "weather", "{}")))
            .message(Message.of(Role.TOOL,
                new Part.ToolResult("c", null, List.of(Part.Text.of("r")), false, null)))
            .maxTokens(7)
            .sampling(new Sampling(null, null, 40, null, null, null))
            .build();

    Written written = write(request, "qwen3", Target.Host.COMPATIBLE);
    JsonNode body = tree(written);
    assertThat(body.path("max_tokens").intValue()).isEqualTo(7);
    assertThat(body.path("top_k").intValue()).isEqualTo(40);
    assertThat(body.at("/messages/1/role").stringValue()).isEqualTo("system");
    assertThat(body.at("/messages/2/reasoning_content").stringValue()).isEqualTo("hm");
    assertThat(losses(written)).containsExactly("foreign-signature:messages[2].content[0].signature");
  }

  @Test
  void thinkingOfEarlierTurnsIsNotSentBack() {
    CompletionRequest.Builder request =
        ask()
            .message(Message.of(Role.ASSISTANT, new Part.Thinking("old", null), Part.Text.of("a")))
            .message(Message.user("y"));

    for (Target.Host host : Target.Host.values()) {
      Written written = write(request.build(), "m", host);
      assertThat(tree(written).at("/messages/1")).isEqualTo(Json.read("{\"role\":\"assistant\","
          + "\"content\":\"a\"}"));
      assertThat(losses(written)).containsExactly("unsupported-part:messages[1].content[0]");
    }
  }

  @Test
  void whatNoOtherProviderMaySeeIsStripped_andTheTurnStaysLegal() {
    Written written =
        write(
            ask()
                .message(
                    Message.of(
                        Role.ASSISTANT,
                        new Part.Thinking("", new Opaque("anthropic-messages", "sig")),
                        new Part.RedactedThinking(new Opaque("anthropic-messages", "enc")),
                        new Part.ToolCall(
                            "c", "weather", "{}", new Opaque("gemini", "g"), new CacheMark(null))))
                .message(
                    Message.of(Role.TOOL, new Part.ToolResult("c", null,
                        List.of(new Part.Text("r", new CacheMark("1h"))), false, null)))
                .message(Message.of(Role.ASSISTANT, new Part.Thinking("only", null)))
                .message(Message.user("y")),
            "gpt-4o");

    assertBody(
        written,
        """
        {"model": "gpt-4o", "max_completion_tokens": 4096, "messages": [
          {"role": "user", "content": "x"},
          {"role": "assistant", "content": null, "tool_calls": [
            {"id": "c", "type": "function", "function": {"name": "weather", "arguments": "{}"}}]},
          {"role": "tool", "tool_call_id": "c", "content": "r"},
          {"role": "user", "content": "y"}]}
        """);
    assertThat(losses(written))
        .containsExactlyInAnyOrder(
            "foreign-signature:messages[1].content[0]",
            "foreign-signature:messages[1].content[1]",
            "unsupported-field:messages[1].content[2].cache",
            "foreign-signature:messages[1].content[2].signature",
            "unsupported-field:messages[2].content[0].content[0].cache",
            "unsupported-part:messages[3].content[0]");
  }

  @Test
  void orphansNeverGoOn() {
    Written written =
        write(
            CompletionRequest.to("m")
                .message(Message.of(Role.TOOL,
                    new Part.ToolResult("gone", null, List.of(Part.Text.of("r")), false, null)))
                .message(
                    Message.of(
                        Role.ASSISTANT,
                        Part.ToolCall.of("a", "f", "{}"),
                        Part.ToolCall.of("b", "f", "{}")))
                .message(Message.user("meanwhile"))
                .message(Message.of(Role.TOOL,
                    new Part.ToolResult("b", null, List.of(Part.Text.of("late")), false, null),
                    new Part.ToolResult("b", null, List.of(Part.Text.of("twice")), false, null))),
            "gpt-4o");

    assertThat(tree(written).path("messages"))
        .isEqualTo(
            Json.read(
                """
                [{"role": "assistant", "content": null, "tool_calls": [
                   {"id": "a", "type": "function", "function": {"name": "f", "arguments": "{}"}},
                   {"id": "b", "type": "function", "function": {"name": "f", "arguments": "{}"}}]},
                 {"role": "tool", "tool_call_id": "a",
                  "content": "Error: the result of this call is missing"},
                 {"role": "tool", "tool_call_id": "b", "content": "late"},
                 {"role": "user", "content": "meanwhile"}]
                """));
    assertThat(losses(written))
        .containsExactlyInAnyOrder(
            "orphan-result:messages[0].content[0]",
            "orphan-call:messages[1].content[0]",
            "orphan-result:messages[3].content[1]");
  }

  @Test
  void mediaInResultsFollowBehindAllResultsOfTheTurn() {
    Part image = new Part.Image(new Media.Inline("image/png", "iVBO"), null, null);
    Written written =
        write(
            ask()
                .message(
                    Message.of(
                        Role.ASSISTANT,
                        Part.ToolCall.of("a", "f", "{}"),
                        Part.ToolCall.of("b", "f", "{}")))
                .message(Message.of(Role.TOOL,
                    new Part.ToolResult("a", null, List.of(image), false, null),
                    new Part.ToolResult("b", null, List.of(Part.Text.of("r")), false, null))),
            "gpt-4o");

    assertThat(tree(written).path("messages").valueStream().skip(2).toList())
        .isEqualTo(
            Json.read(
                    """
                    [{"role": "tool", "tool_call_id": "a",
                      "content": "The result is attached to the next user message."},
                     {"role": "tool", "tool_call_id": "b", "content": "r"},
                     {"role": "user", "content": [
                       {"type": "text", "text": "Attached to the result of a:"},
                       {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBO"}}]}]
                    """)
                .valueStream()
                .toList());
    assertThat(written.losses()).isEmpty();
  }

  private static final String CLOSED = "{\"type\":\"object\",\"additionalProperties\":false}";

  @Test
  void mediaOfTheUserThatAreNotTaken_areRefused() {
    for (Part part :
        List.of(
            new Part.Image(new Media.ByUrl("gs://b/y", "image/png"), null, null),
            new Part.Image(new Media.ByFile("file_01"), null, null),
            new Part.Audio(new Media.Inline("audio/ogg", "AA")),
            new Part.Video(new Media.ByUrl("https://x/v", null)),
            new Part.Document(new Media.ByFile("files/abc"), null, null),
            new Part.Document(new Media.ByUrl("https://x/d.pdf", null), null, null))) {
      CompletionRequest request =
          CompletionRequest.to("m").message(Message.of(Role.USER, Part.Text.of("look"), part)).build();
      assertThatThrownBy(() -> write(request, "gpt-4o", Target.Host.VENDOR))
          .isInstanceOfSatisfying(
              Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("messages[0].content[1]"));
    }
  }

  @Test
  void mediaOfTheUser() {
    Written written =
        write(
            CompletionRequest.to("m")
                .message(
                    Message.of(
                        Role.USER,
                        Part.Text.of(""),
                        new Part.Image(new Media.ByUrl("https://x/y", "image/png"), "high", null),
                        new Part.Audio(new Media.Inline("audio/mpeg", "AA")),
                        new Part.Document(new Media.Inline("application/pdf", "JV"), "t.pdf", null),
                        new Part.Document(new Media.Inline("text/plain", "aGk="), "T", null),
                        new Part.Document(new Media.ByFile("file-9"), null, null),
                        new Part.Unknown("gemini", RawJson.EMPTY_OBJECT),
                        new Part.Unknown("openai-chat", new RawJson("{\"type\":\"mystery\"}")))),
            "gpt-4o");

    assertThat(tree(written).at("/messages/0/content"))
        .isEqualTo(
            Json.read(
                """
                [{"type": "image_url", "image_url": {"url": "https://x/y", "detail": "high"}},
                 {"type": "input_audio", "input_audio": {"data": "AA", "format": "mp3"}},
                 {"type": "file", "file":
                   {"filename": "t.pdf", "file_data": "data:application/pdf;base64,JV"}},
                 {"type": "text", "text": "T\\n\\nhi"},
                 {"type": "file", "file": {"file_id": "file-9"}},
                 {"type": "mystery"}]
                """));
    assertThat(losses(written))
        .containsExactly("foreign-part:messages[0].content[6]");
  }

  @Test
  void nothingLeftToSayIsRefused_notSentEmpty() {
    CompletionRequest request =
        CompletionRequest.to("m")
            .message(Message.of(Role.USER, new Part.Video(new Media.ByFile("files/v"))))
            .build();

    assertThatExceptionOfType(Refusal.class).isThrownBy(() -> write(request, "gpt-4o", Target.Host.VENDOR));
  }

  @Test
  void emptyUserTextStaysWhereItIsAllThereIs() {
    Written written = write(CompletionRequest.to("m").message(Message.user("")), "gpt-4o");

    assertThat(tree(written).at("/messages/0/content").stringValue()).isEmpty();
  }

  @Test
  void declinationGoesBackAsRefusal() {
    CompletionRequest request =
        ask().message(Message.of(Role.ASSISTANT, new Part.Declined("no"))).message(Message.user("w"
            + "hy")).build();

    assertThat(tree(write(request, "gpt-4o", Target.Host.VENDOR)).at("/messages/1"))
        .isEqualTo(Json.read("{\"role\":\"assistant\",\"content\":null,\"refusal\":\"no\"}"));
    assertThat(tree(write(request, "llama", Target.Host.COMPATIBLE)).at("/messages/1"))
        .isEqualTo(Json.read("{\"role\":\"assistant\",\"content\":\"no\"}"));
  }

  @Test
  void prefillIsReported() {
    assertThat(losses(write(ask().message(Message.assistant("{")), "gpt-4o")))
        .containsExactly("unsupported-prefill:messages[1]");
  }

  @Test
  void longCallIdsAreShortenedTheSameWayOnBothSides() {
    String id = "toolu_" + "x".repeat(60);
    Written written =
        write(
            ask()
                .message(
                    Message.of(
                        Role.ASSISTANT,
                        Part.ToolCall.of(id, "f", "{}"),
                        Part.ToolCall.of(id + "y", "f", "{}")))
                .message(Message.of(Role.TOOL,
                    new Part.ToolResult(id, null, List.of(), false, null),
                    new Part.ToolResult(id + "y", null, List.of(), false, null))),
            "gpt-4o");

    JsonNode messages = tree(written).path("messages");
    String first = messages.at("/1/tool_calls/0/id").stringValue();
    String second = messages.at("/1/tool_calls/1/id").stringValue();
    assertThat(first).hasSizeLessThanOrEqualTo(40).startsWith("toolu_").isNotEqualTo(second);
    assertThat(messages.at("/2/tool_call_id").stringValue()).isEqualTo(first);
    assertThat(messages.at("/3/tool_call_id").stringValue()).isEqualTo(second);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // model | thinking | effort | losses
        "gpt-4o | off | | ",
        "gpt-4o | on | | unsupported-by-model:thinking",
        "gpt-4.1-mini | 20000 | | unsupported-by-model:thinking",
        "gpt-35-turbo | high | | unsupported-by-model:thinking",
        "gpt-5-chat-latest | high | | unsupported-by-model:thinking",
        "gpt-5 | unsaid | | ",
        "gpt-5 | on | medium | ",
        "gpt-5-mini-2025-08-07 | off | minimal | clamped:thinking",
        "gpt-5 | 500 | minimal | approximated:thinking",
        "gpt-5.1 | 500 | low | approximated:thinking",
        "gpt-5 | 4000 | low | approximated:thinking",
        "gpt-5 | 8000 | medium | approximated:thinking",
        "gpt-5 | 20000 | high | approximated:thinking",
        "gpt-5 | 0 | minimal | clamped:thinking",
        "gpt-5 | xhigh | high | clamped:thinking",
        "gpt-5-pro | low | high | clamped:thinking",
        "gpt-5-codex | minimal | low | clamped:thinking",
        "gpt-5.2-codex | xhigh | xhigh | ",
        "gpt-5.1 | off | none | ",
        "gpt-5.2 | max | xhigh | clamped:thinking",
        "gpt-6-astra | max | max | ",
        "o3-mini | off | low | clamped:thinking",
        "openai/o4-mini | high | high | ",
        "prod-gpt-5-nano | high | high | ",
        "gpt-oss-120b | high | high | ",
        "my-deployment | 20000 | high | approximated:thinking",
        "my-deployment | off | | unsupported-value:thinking",
      })
  void thinkingByFamily(String model, String thinking, String effort, String losses) {
    Written written = write(ask().thinking(thinkingOf(thinking)), model);

    assertThat(tree(written).path("reasoning_effort").asString(null)).isEqualTo(effort);
    assertThat(String.join(",", losses(written))).isEqualTo(losses == null ? "" : losses);
    assertThat(tree(written).has("thinking")).isFalse();
  }

  private static Thinking thinkingOf(String word) {
    return switch (word) {
      case "unsaid" -> new Thinking.Unsaid();
      case "off" -> new Thinking.Off();
      case "on" -> new Thinking.On();
      default ->
          Character.isDigit(word.charAt(0))
              ? new Thinking.Budget(Integer.parseInt(word))
              : new Thinking.Effort(word);
    };
  }

  @Test
  void modelThatThinksOnlyWhenTold_isSampledUnlessItIs() {
    CompletionRequest.Builder request = ask().sampling(new Sampling(0.1, null, null, null, null, null));

    assertThat(losses(write(request, "gpt-5.1"))).isEmpty();
    assertThat(tree(write(request, "gpt-5.1")).path("temperature").doubleValue()).isEqualTo(0.1);
    assertThat(losses(write(request.thinking(new Thinking.On()), "gpt-5.1")))
        .containsExactly("unsupported-by-model:temperature");
  }

  @ParameterizedTest
  @ValueSource(strings = {"o1", "o3-mini", "gpt-5", "gpt-5-mini", "gpt-6-luna"})
  void thinkersTakeNoSampling(String model) {
    Written written =
        write(
            ask()
                .sampling(new Sampling(0.1, 0.2, null, 3L, 0.4, 0.5))
                .stopSequences(List.of("x"))
                .extras(Map.of("logit_bias", new RawJson("{}"))),
            model);

    assertThat(tree(written).propertyNames()).containsExactlyInAnyOrder("model", "messages", "max_completion_tokens", "seed");
    assertThat(losses(written))
        .containsExactlyInAnyOrder(
            "unsupported-by-model:temperature", "unsupported-by-model:topP",
            "unsupported-by-model:frequencyPenalty", "unsupported-by-model:presencePenalty",
            "unsupported-by-model:stopSequences", "unsupported-by-model:logit_bias");
  }

  @Test
  void samplingIsTaken_whenThinkingIsOffAltogether() {
    Written written =
        write(
            ask()
                .thinking(new Thinking.Off())
                .sampling(new Sampling(0.1, 0.2, null, null, 0.3, null)),
            "gpt-5.2");

    assertThat(tree(written).path("temperature").doubleValue()).isEqualTo(0.1);
    assertThat(losses(written)).containsExactly("unsupported-by-model:frequencyPenalty");
  }

  @Test
  void newestModelsTakeToolsOnlyWithoutReasoning() {
    Written unsaid = write(ask().tool(WEATHER), "gpt-5.6-sol");
    assertThat(tree(unsaid).path("reasoning_effort").stringValue()).isEqualTo("none");
    assertThat(unsaid.losses()).isEmpty();

    Written wished = write(ask().tool(WEATHER).thinking(new Thinking.Budget(9000)), "gpt-6-astra");
    assertThat(tree(wished).path("reasoning_effort").stringValue()).isEqualTo("none");
    assertThat(losses(wished)).containsExactly("unsupported-combination:thinking");
  }

  @Test
  void valuesOutOfRangeAreClamped() {
    Written written =
        write(
            ask()
                .sampling(new Sampling(2.5, 1.5, 5, null, 3.0, -3.0))
                .maxTokens(0)
                .stopSequences(List.of("a", "b", "c", "d", "e")),
            "gpt-4o");

    JsonNode body = tree(written);
    assertThat(body.path("temperature").doubleValue()).isEqualTo(2);
    assertThat(body.path("max_completion_tokens").intValue()).isEqualTo(1);
    assertThat(body.path("stop").size()).isEqualTo(4);
    assertThat(losses(written))
        .containsExactlyInAnyOrder(
            "clamped:temperature", "clamped:topP", "clamped:frequencyPenalty",
            "clamped:presencePenalty", "unsupported-field:topK", "clamped:maxTokens",
            "clamped:stopSequences[4]");
  }

  @Test
  void foreignToolsAreLeftOut_andAChoiceOfThemToo() {
    Written written =
        write(
            ask()
                .tool(WEATHER)
                .tool(new Tool.Hosted("anthropic-messages", "web_search", RawJson.EMPTY_OBJECT))
                .tool(new Tool.Hosted("openai-chat", "c", new RawJson("{\"type\":\"custom\","
                    + "\"custom\":{\"name\":\"c\"}}")))
                .toolChoice(new ToolChoice.Named("web_search")),
            "gpt-4o");

    assertThat(tree(written).path("tools").size()).isEqualTo(2);
    assertThat(tree(written).has("tool_choice")).isFalse();
    assertThat(losses(written)).containsExactly("foreign-tool:tools[1]", "foreign-tool:toolChoice");
    assertThat(
            tree(write(
                    ask()
                        .tool(new Tool.Hosted("openai-chat", "c",
                            new RawJson("{\"type\":\"custom\",\"custom\":{\"name\":\"c\"}}")))
                        .toolChoice(new ToolChoice.Named("c")),
                    "gpt-4o"))
                .path("tool_choice"))
        .isEqualTo(Json.read("{\"type\":\"custom\",\"custom\":{\"name\":\"c\"}}"));
  }

  @Test
  void extrasGoOnOnlyWhereTheyAreOpenAis() {
    Written written =
        write(
            ask()
                .extras(
                    Map.of(
                        "service_tier", new RawJson("\"standard_only\""),
                        "metadata", new RawJson("{\"user_id\":\"u\"}"),
                        "container", new RawJson("{}"),
                        "min_p", new RawJson("0.1"),
                        "verbosity", new RawJson("\"low\""))),
            "gpt-4o");

    assertThat(tree(written).path("verbosity").stringValue()).isEqualTo("low");
    assertThat(losses(written))
        .containsExactly(
            "foreign-field:container", "foreign-field:metadata", "foreign-field:min_p");
    assertThat(tree(written).path("service_tier").stringValue()).isEqualTo("default");
  }

  @Test
  void answerFormats() {
    AnswerFormat schema =
        new AnswerFormat.JsonSchema("my answer!", new RawJson(CLOSED), true);

    assertThat(tree(write(ask().format(schema), "gpt-4o")).path("response_format"))
        .isEqualTo(
            Json.read(
                "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"my_answer_\","
                    + "\"schema\":" + CLOSED + ",\"strict\":true}}"));
    assertThat(tree(write(ask().format(new AnswerFormat.JsonObject()), "gpt-4o")).at("/response_fo"
        + "rmat/type").stringValue())
        .isEqualTo("json_object");
  }

  /// Reading, writing and reading again is the same request, but for the model's name.
  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"model": "m", "messages": [{"role": "user", "content": "x"}]}
        """,
        """
        {"model": "m", "messages": [
           {"role": "system", "content": "s", "name": "ops"},
           {"role": "user", "content": [
             {"type": "text", "text": "a"},
             {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA==", "detail": "low"}},
             {"type": "input_audio", "input_audio": {"data": "AA==", "format": "wav"}},
             {"type": "file", "file": {"filename": "a.pdf", "file_data": "data:application/pdf;base64,AA=="}},
             {"type": "mystery", "deep": [1, {"x": null}]}]},
           {"role": "assistant", "content": "t", "tool_calls": [
             {"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{\\"a\\": 1 }"}}]},
           {"role": "tool", "tool_call_id": "c1", "content": "r"},
           {"role": "assistant", "content": null, "refusal": "no"},
           {"role": "developer", "content": "d"},
           {"role": "user", "content": "y"}],
         "tools": [{"type": "function", "function": {"name": "f", "description": "d",
            "parameters": {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"], "additionalProperties": false},
            "strict": true}},
           {"type": "custom", "custom": {"name": "c", "format": {"type": "text"}}}],
         "tool_choice": "required", "parallel_tool_calls": true, "max_completion_tokens": 9,
         "temperature": 0.7, "top_p": 0.5, "seed": 1, "frequency_penalty": 0.1, "presence_penalty": 0.2,
         "stop": ["a"], "user": "u", "stream": true, "service_tier": "flex", "logit_bias": {"1": 2},
         "metadata": {"k": "v"}, "store": true, "logprobs": true, "top_logprobs": 3, "verbosity": "low",
         "prompt_cache_key": "k", "prediction": {"type": "content", "content": "p"},
         "response_format": {"type": "json_schema", "json_schema":
            {"name": "n", "schema": {"type": "object"}, "strict": false}}}
        """,
      })
  void ownRequestKeepsItsMeaning(String body) {
    CompletionRequest read =
        dialect.readRequest(ClientRequest.of(body.getBytes(StandardCharsets.UTF_8)));
    Written written = write(read, "gpt-4o", Target.Host.VENDOR);

    assertThat(written.losses()).isEmpty();
    assertThat(dialect.readRequest(ClientRequest.of(written.body())))
        .isEqualTo(
            read.toBuilder().model("gpt-4o").maxTokens(read.maxTokens() == null ? 4096 : read.maxTokens()).build());
  }
}
