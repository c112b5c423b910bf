// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

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
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiRequestReaderTest {
  private static final String ASK = "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]";

  private static CompletionRequest read(String body) {
    return OpenAiChat.strict().readRequest(ClientRequest.of(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static CompletionRequest with(String fields) {
    return read("{\"model\":\"m\"," + ASK + "," + fields + "}");
  }

  private static List<Message> messages(String messages) {
    return read("{\"model\":\"m\",\"messages\":[" + messages + "]}").messages();
  }

  @Test
  void conversationWithEveryRole() {
    List<Message> messages =
        messages(
            """
            {"role": "system", "content": "s", "name": "ops"},
            {"role": "developer", "content": [
              {"type": "text", "text": "d1"}, {"type": "text", "text": "d2"}]},
            {"role": "user", "content": "u"},
            {"role": "assistant", "content": "", "reasoning_content": "hm", "tool_calls": [
              {"id": "c1", "type": "function", "function": {"name": "f", "arguments": ""}},
              {"id": "c2", "type": "function", "function": {"name": "g", "arguments": "{not json"},
               "extra_content": {"google": {"thought_signature": "c2ln"}}}]},
            {"role": "tool", "tool_call_id": "c2", "content": [{"type": "text", "text": "r2"}]},
            {"role": "tool", "tool_call_id": "c1", "content": "r1"},
            {"role": "assistant", "content": "a", "refusal": "no"},
            {"role": "user", "content": [{"type": "mystery", "x": 1}]}
            """);

    assertThat(messages)
        .containsExactly(
            new Message(Role.SYSTEM, List.of(Part.Text.of("s")), "ops"),
            Message.of(Role.DEVELOPER, Part.Text.of("d1"), Part.Text.of("d2")),
            Message.user("u"),
            Message.of(
                Role.ASSISTANT,
                new Part.Thinking("hm", null),
                Part.ToolCall.of("c1", "f", "{}"),
                new Part.ToolCall("c2", "g", "{not json", new Opaque("gemini", "c2ln"), null)),
            Message.of(
                Role.TOOL,
                new Part.ToolResult("c2", null, List.of(Part.Text.of("r2")), false, null),
                new Part.ToolResult("c1", null, List.of(Part.Text.of("r1")), false, null)),
            Message.of(Role.ASSISTANT, Part.Text.of("a"), new Part.Declined("no")),
            Message.of(
                Role.USER,
                new Part.Unknown("openai-chat", new RawJson("{\"type\":\"mystery\",\"x\":1}"))));
  }

  @Test
  void everyKindOfMedia() {
    Message user =
        messages(
                """
                {"role": "user", "content": [
                  {"type": "image_url", "image_url":
                    {"url": "data:image/PNG;base64,iVBO\\nRw==", "detail": "low"}},
                  {"type": "image_url", "image_url": {"url": "https://x/y.png"}},
                  {"type": "input_audio", "input_audio": {"data": "AAAA", "format": "mp3"}},
                  {"type": "video_url", "video_url": {"url": "https://x/v.mp4"}},
                  {"type": "file", "file":
                    {"filename": "a.pdf", "file_data": "data:application/pdf;base64,JVBE"}},
                  {"type": "file", "file": {"file_data": "JVBE"}},
                  {"type": "file", "file": {"file_id": "file-1"}}]}
                """)
            .getFirst();

    assertThat(user.parts())
        .containsExactly(
            new Part.Image(new Media.Inline("image/png", "iVBORw=="), "low", null),
            new Part.Image(new Media.ByUrl("https://x/y.png", null), null, null),
            new Part.Audio(new Media.Inline("audio/mpeg", "AAAA")),
            new Part.Video(new Media.ByUrl("https://x/v.mp4", null)),
            new Part.Document(new Media.Inline("application/pdf", "JVBE"), "a.pdf", null),
            new Part.Document(new Media.Inline("application/pdf", "JVBE"), null, null),
            new Part.Document(new Media.ByFile("file-1"), null, null));
  }

  @Test
  void cacheMarksAreReadFromPartsMessagesAndTools() {
    CompletionRequest request =
        read(
            """
            {"model": "m", "messages": [
              {"role": "system", "content": [
                {"type": "text", "text": "a", "cache_control": {"type": "ephemeral", "ttl": "1h"}},
                {"type": "text", "text": "b"}]},
              {"role": "user", "content": "u", "cache_control": {"type": "ephemeral"}},
              {"role": "assistant", "content": null, "tool_calls": [
                {"id": "c", "type": "function", "function": {"name": "f", "arguments": "{}"},
                 "cache_control": {"type": "ephemeral"}}]},
              {"role": "tool", "tool_call_id": "c", "content": "r", "cache_control": {"type": "ephemeral"}}],
             "tools": [
               {"type": "function", "function": {"name": "f"}, "cache_control": {"type": "ephemeral"}}]}
            """);
    CacheMark mark = new CacheMark(null);

    assertThat(request.messages().get(0).parts())
        .containsExactly(new Part.Text("a", new CacheMark("1h")), Part.Text.of("b"));
    assertThat(request.messages().get(1).parts()).containsExactly(new Part.Text("u", mark));
    assertThat(request.messages().get(2).parts())
        .containsExactly(new Part.ToolCall("c", "f", "{}", null, mark));
    assertThat(request.messages().get(3).parts())
        .containsExactly(new Part.ToolResult("c", null, List.of(Part.Text.of("r")), false, mark));
    assertThat(request.tools().getFirst())
        .isInstanceOfSatisfying(
            Tool.Function.class, function -> assertThat(function.cache()).isEqualTo(mark));
  }

  @Test
  void deprecatedFunctionsAreReadLikeTools() {
    CompletionRequest request =
        read(
            """
            {"model": "m", "functions": [{"name": "f", "description": "d", "parameters": {"type": "object"}}],
             "function_call": {"name": "f"},
             "messages": [
               {"role": "user", "content": "u"},
               {"role": "assistant", "content": null, "function_call": {"name": "f", "arguments": "{}"}},
               {"role": "function", "name": "f", "content": "r"}]}
            """);

    assertThat(request.tools())
        .containsExactly(new Tool.Function("f", "d", new RawJson("{\"type\":\"object\"}"), null, null));
    assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Named("f"));
    assertThat(request.messages().get(1).parts())
        .containsExactly(Part.ToolCall.of("call_function_1", "f", "{}"));
    assertThat(request.messages().get(2).parts())
        .containsExactly(
            new Part.ToolResult("call_function_1", "f", List.of(Part.Text.of("r")), false, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"auto\" | Auto[]",
        "\"none\" | None[]",
        "\"required\" | Required[]",
        "null | Auto[]",
        "{\"type\":\"function\",\"function\":{\"name\":\"g\"}} | Named[name=g]",
        "{\"type\":\"custom\",\"custom\":{\"name\":\"c\"}} | Named[name=c]",
      })
  void toolChoiceInAllItsForms(String choice, String expected) {
    assertThat(with("\"tool_choice\":" + choice).toolChoice()).hasToString(expected);
  }

  @Test
  void allowedToolsLeaveTheOthersOut() {
    CompletionRequest request =
        with(
            "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}},"
                + "{\"type\":\"function\",\"function\":{\"name\":\"g\",\"strict\":true}},"
                + "{\"type\":\"custom\",\"custom\":{\"name\":\"c\"}}],"
                + "\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"required\","
                + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"g\"}},"
                + "{\"type\":\"custom\",\"custom\":{\"name\":\"c\"}}]}}");

    assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Required());
    assertThat(request.tools())
        .containsExactly(
            new Tool.Function(
                "g", null, new RawJson("{\"type\":\"object\",\"properties\":{}}"), true, null),
            new Tool.Function(
                "c",
                null,
                new RawJson(
                    "{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\"}},\"required\":[\"input\"],"
                        + "\"additionalProperties\":false}"),
                null,
                null));
  }

  @Test
  void parametersAndExtras() {
    CompletionRequest request =
        with(
            "\"temperature\":0.5,\"top_p\":1,\"top_k\":40,\"seed\":7,\"frequency_penalty\":-1,"
                + "\"presence_penalty\":2,\"stop\":[\"a\",\"b\"],\"max_tokens\":5,"
                + "\"max_completion_tokens\":6,\"parallel_tool_calls\":false,\"user\":\"u1\",\"stream\":true,"
                + "\"stream_options\":{\"include_usage\":true},\"n\":1,\"service_tier\":\"flex\","
                + "\"logit_bias\":{\"5\":1},\"safety_identifier\":\"s\",\"logprobs\":null,\"brand_new\":[1]");

    assertThat(request.sampling()).isEqualTo(new Sampling(0.5, 1.0, 40, 7L, -1.0, 2.0));
    assertThat(request.stopSequences()).containsExactly("a", "b");
    assertThat(request.maxTokens()).isEqualTo(6);
    assertThat(request.parallelToolCalls()).isFalse();
    assertThat(request.user()).isEqualTo("u1");
    assertThat(request.streamed()).isTrue();
    assertThat(request.extras())
        .containsOnlyKeys("service_tier", "logit_bias", "safety_identifier", "brand_new")
        .containsEntry("logit_bias", new RawJson("{\"5\":1}"));
  }

  @Test
  void formsThatMeanTheSame() {
    assertThat(with("\"stop\":\"a\"").stopSequences()).containsExactly("a");
    assertThat(with("\"safety_identifier\":\"s\"").user()).isEqualTo("s");
    assertThat(with("\"safety_identifier\":\"s\"").extras()).isEmpty();
    assertThat(with("\"n\":2").extras()).containsOnlyKeys("n");
    assertThat(with("\"top_k\":-1").sampling().topK()).isNull();
    assertThat(with("\"reasoning_effort\":\"none\"").thinking()).isEqualTo(new Thinking.Off());
    assertThat(with("\"reasoning_effort\":\"xhigh\"").thinking()).isEqualTo(new Thinking.Effort("xhigh"));
    assertThat(with("\"reasoning_effort\":\"low\",\"thinking\":{\"type\":\"enabled\","
        + "\"budget_tokens\":9}").thinking())
        .isEqualTo(new Thinking.Budget(9));
  }

  @Test
  void answerFormatInItsThreeForms() {
    assertThat(with("\"response_format\":{\"type\":\"text\"}").format()).isEqualTo(new AnswerFormat.Text());
    assertThat(with("\"response_format\":{\"type\":\"json_object\"}").format())
        .isEqualTo(new AnswerFormat.JsonObject());
    assertThat(
            with("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\","
                + "\"strict\":true,"
                    + "\"description\":\"d\",\"schema\":{\"type\":\"object\"}}}").format())
        .isEqualTo(
            new AnswerFormat.JsonSchema(
                "n", new RawJson("{\"type\":\"object\",\"description\":\"d\"}"), true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"role\":\"user\"} | messages[0].content",
        "{\"role\":\"user\",\"content\":3} | messages[0].content",
        "{\"role\":\"wizard\",\"content\":\"x\"} | messages[0].role",
        "{\"content\":\"x\"} | messages[0].role",
        "{\"role\":\"tool\",\"content\":\"x\"} | messages[0].tool_call_id",
        "{\"role\":\"user\",\"content\":[{\"text\":\"x\"}]} | messages[0].content[0].type",
        "{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]} | messages[0].content[0].text",
        "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
            + "\"image_url\":\"u\"}]} | messages[0].content[0].image_url",
        "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
            + "\"image_url\":{\"url\":\"data:image/png,raw\"}}]} | messages[0].content[0].image_url.url",
        "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":1,"
            + "\"function\":{\"name\":\"f\"}}]} | messages[0].tool_calls[0].id",
        "{\"role\":\"assistant\",\"tool_calls\":{}} | messages[0].tool_calls",
      })
  void wrongMessageIsRefusedByItsPath(String message, String field) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> messages(message))
        .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID))
        .satisfies(refusal -> assertThat(refusal.field()).isEqualTo(field));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"temperature\":\"hot\" | temperature", "\"stop\":[1] | stop", "\"seed\":1.5 | seed",
        "\"tools\":[{\"type\":\"function\"}] | tools[0].function",
        "\"tool_choice\":\"maybe\" | tool_choice", "\"tool_choice\":{\"type\":\"x\"} | tool_choice.type",
        "\"response_format\":{\"type\":\"xml\"} | response_format.type", "\"user\":1 | user",
        "\"reasoning_effort\":1 | reasoning_effort", "\"parallel_tool_calls\":\"yes\" | parallel_tool_calls",
      })
  void wrongFieldIsRefusedByItsPath(String fields, String field) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> with(fields))
        .satisfies(refusal -> assertThat(refusal.field()).isEqualTo(field));
  }
}
