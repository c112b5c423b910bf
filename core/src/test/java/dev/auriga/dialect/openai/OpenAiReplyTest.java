// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.auriga.completion.Completion;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.BadReply;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Glance;
import dev.auriga.dialect.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiReplyTest {
  private static final ClientRequest ASKED =
      ClientRequest.of("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  private final OpenAiChat dialect =
      OpenAiChat.strict(InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000)));

  private static byte[] reply(String message, String finish, String usage) {
    return ("{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4o-2024\","
            + "\"choices\":[{\"index\":0,\"message\":" + message + ",\"logprobs\":null,\"finish_re"
            + "ason\":" + finish
            + "}],\"usage\":" + usage + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private Completion read(String message, String finish) {
    byte[] body = reply(message, finish, "null");
    Completion completion = dialect.readReply(body);
    Glance glance = dialect.glance(body);
    assertThat(glance.stop()).isEqualTo(completion.stop());
    assertThat(glance.hasContent()).isEqualTo(!completion.parts().isEmpty());
    assertThat(glance.usage()).isNull();
    return completion;
  }

  @Test
  void everyKindOfPart() {
    Completion completion =
        read(
            """
            {"role": "assistant", "content": "t", "refusal": "r", "reasoning_content": "h", "annotations": [],
             "tool_calls": [
               {"id": "c1", "type": "function", "function": {"name": "f", "arguments": ""}},
               {"id": "", "type": "function", "function": {"name": "g", "arguments": {"x": 1}},
                "extra_content": {"google": {"thought_signature": "s"}}},
               {"id": "c3", "type": "custom", "custom": {"name": "c", "input": "i"}}]}
            """,
            "\"stop\"");

    assertThat(completion.parts())
        .containsExactly(
            new Part.Thinking("h", null),
            Part.Text.of("t"),
            new Part.Declined("r"),
            Part.ToolCall.of("c1", "f", "{}"),
            new Part.ToolCall("call_r3660c99fcc6707ac081d_4", "g", "{\"x\":1}", new Opaque("gemini", "s"), null),
            new Part.Unknown(
                "openai-chat",
                new RawJson("{\"id\":\"c3\",\"type\":\"custom\",\"custom\":{\"name\":\"c\","
                    + "\"input\":\"i\"}}")));
    assertThat(completion.stop()).isEqualTo(StopReason.Known.TOOL_CALLS);
    assertThat(completion.id()).isEqualTo("chatcmpl-1");
    assertThat(completion.model()).isEqualTo("gpt-4o-2024");
  }

  @Test
  void contentInParts() {
    assertThat(read("{\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\","
        + "\"text\":\"b\"}]}", "null").parts())
        .containsExactly(Part.Text.of("a"), Part.Text.of("b"));
  }

  @Test
  void emptyAnswerHasNoContent() {
    assertThat(read("{\"content\":\"\",\"refusal\":null,\"tool_calls\":[]}", "\"length\"").parts()).isEmpty();
  }

  @Test
  void choiceThatAzureFilteredHasNoMessage() {
    byte[] body =
        ("{\"choices\":[{\"content_filter_results\":{},\"finish_reason\":\"content_filter\","
                + "\"index\":0}],\"model\":\"m\"}")
            .getBytes(StandardCharsets.UTF_8);

    assertThat(dialect.readReply(body).stop()).isEqualTo(StopReason.Known.FILTERED);
    assertThat(dialect.glance(body)).isEqualTo(new Glance("m", null, StopReason.Known.FILTERED, false));
  }

  @ParameterizedTest
  @CsvFileSource(
      resources = "openai-usage.csv",
      delimiter = '|',
      quoteCharacter = '\0',
      maxCharsPerColumn = 1000)
  void usageBecomesDisjoint(String usage, String expected) {
    byte[] body = reply("{\"content\":\"x\"}", "\"stop\"", usage);
    String[] counts = expected.split(",");
    Usage buckets =
        new Usage(
            Long.parseLong(counts[0]), Long.parseLong(counts[1]), Long.parseLong(counts[2]), 0,
            Long.parseLong(counts[3]), Long.parseLong(counts[4]));

    assertThat(dialect.readReply(body).usage()).isEqualTo(buckets);
    assertThat(dialect.glance(body).usage()).isEqualTo(buckets);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"error\":{\"message\":\"m\",\"type\":\"insufficient_quota\"}} | QUOTA_EXHAUSTED",
        "{\"error\":\"m\",\"choices\":[]} | UNKNOWN",
        "{\"object\":\"error\",\"message\":\"m\",\"code\":429} | RATE_LIMITED",
        "{\"choices\":[{\"finish_reason\":\"error\",\"message\":{\"content\":\"\"},"
            + "\"error\":{\"code\":503,\"message\":\"m\"}}]} | OVERLOADED",
        "{\"choices\":[]} | UNKNOWN",
        "{\"choices\":null} | UNKNOWN",
        "{} | UNKNOWN",
        "{\"choices\":[{\"message\":{\"content\":\"x | BROKEN_STREAM",
        "<html></html> | BROKEN_STREAM",
      })
  void replyThatIsNoneIsAFailure(String body, FailureKind kind) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

    assertThatExceptionOfType(BadReply.class)
        .isThrownBy(() -> dialect.readReply(bytes))
        .satisfies(bad -> assertThat(bad.failure().kind()).isEqualTo(kind));
    assertThatExceptionOfType(BadReply.class)
        .isThrownBy(() -> dialect.glance(bytes))
        .satisfies(bad -> assertThat(bad.failure().kind()).isEqualTo(kind));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "7", "null"})
  void whatIsNoObjectIsAFailure(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

    assertThatExceptionOfType(BadReply.class).isThrownBy(() -> dialect.readReply(bytes));
    assertThatExceptionOfType(BadReply.class).isThrownBy(() -> dialect.glance(bytes));
  }

  @Test
  void answerOfAnotherDialectIsWrittenWhole() {
    Completion completion =
        new Completion(
            "msg_01",
            "claude-sonnet-4-5",
            List.of(
                new Part.Thinking("hm", new Opaque("anthropic-messages", "sig")),
                new Part.RedactedThinking(new Opaque("anthropic-messages", "x")),
                Part.Text.of("a"),
                Part.Text.of("b"),
                new Part.ToolCall("toolu_1", "f", "{}", new Opaque("gemini", "s"), null),
                new Part.Unknown("anthropic-messages", RawJson.EMPTY_OBJECT)),
            StopReason.Known.TOOL_CALLS,
            null,
            new Usage(1, 2, 3, 4, 5, 6));

    assertThat(Json.read(dialect.writeReply(completion, ASKED).body()))
        .isEqualTo(
            Json.read(
                """
                {"id": "chatcmpl-msg_01", "object": "chat.completion", "created": 1700000000,
                 "model": "claude-sonnet-4-5",
                 "choices": [{"index": 0,
                   "message": {"role": "assistant", "content": "ab", "refusal": null,
                     "reasoning_content": "hm",
                     "tool_calls": [{"id": "toolu_1", "type": "function",
                       "function": {"name": "f", "arguments": "{}"},
                       "extra_content": {"google": {"thought_signature": "s"}}}]},
                   "logprobs": null, "finish_reason": "tool_calls"}],
                 "usage": {"prompt_tokens": 10, "completion_tokens": 11, "total_tokens": 21,
                   "prompt_tokens_details": {"cached_tokens": 2, "cache_write_tokens": 7},
                   "completion_tokens_details": {"reasoning_tokens": 6}}}
                """));
  }

  @ParameterizedTest
  @CsvSource({
    "END,stop", "MAX_TOKENS,length", "CONTEXT_FULL,length", "STOP_SEQUENCE,stop",
    "TOOL_CALLS,tool_calls", "FILTERED,content_filter", "PAUSED,length",
  })
  void everyStopHasItsFinishReason(StopReason.Known stop, String finish) {
    byte[] body = dialect.writeReply(new Completion("i", "m", List.of(), stop, null, Usage.NONE), ASKED).body();

    assertThat(Json.read(body).at("/choices/0/finish_reason").stringValue()).isEqualTo(finish);
    assertThat(Json.read(body).at("/choices/0/message/content").stringValue()).isEmpty();
  }
}
