// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.completion.Completion;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.BadReply;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Glance;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.StreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiRepliesTest {
  private static final ClientRequest ASKED =
      ClientRequest.of("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  private final Dialect gemini = new Gemini();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] candidate(String parts, String finishReason) {
    return bytes(
        """
        {"candidates": [{"content": {"role": "model", "parts": [%s]}, "finishReason": "%s"}],
          "responseId": "r1"}
        """
            .formatted(parts, finishReason));
  }

  /// Whole and streamed alike.
  @Test
  void whatACallHasBeside_isToldAsUnread() {
    byte[] body = candidate("{\"functionCall\": {\"name\": \"f\", \"args\": {}, \"willContinue\": true}}", "STOP");
    StreamReader stream = gemini.readStream();
    stream.read(SseEvent.of(Json.read(body).toString()), _ -> {});

    List<Loss> unread =
        List.of(new Loss(Loss.Reason.FOREIGN_FIELD, "candidates[0].content.parts.functionCall.willContinue"));
    assertThat(gemini.readReply(body).unread()).isEqualTo(unread);
    assertThat(stream.losses()).isEqualTo(unread);
  }

  @Test
  void aReply_isReadWhole_withItsFirstCandidate() {
    byte[] body =
        bytes(
            """
            {"candidates": [
               {"index": 1, "content": {"parts": [{"text": "other"}]}, "finishReason": "MAX_TOKENS"},
               {"content": {"role": "model", "parts": [
                 {"text": "let me ", "thought": true}, {"text": "see", "thought": true},
                 {"text": "Two "}, {"text": "calls.", "thoughtSignature": "dGV4dA=="},
                 {"functionCall": {"name": "f", "args": {"x": 1}}, "thoughtSignature": "c2ln"},
                 {"functionCall": {"name": "g", "id": "own"}},
                 {"executableCode": {"code": "1"}}]}, "finishReason": "STOP"}],
             "usageMetadata": {"promptTokenCount": 100, "cachedContentTokenCount": 40,
               "toolUsePromptTokenCount": 7,
               "candidatesTokenCount": 20, "thoughtsTokenCount": 30, "totalTokenCount": 157},
             "modelVersion": "gemini-3-pro", "responseId": "abc"}
            """);

    Completion completion = gemini.readReply(body);

    assertThat(completion)
        .isEqualTo(
            new Completion(
                "abc",
                "gemini-3-pro",
                List.of(
                    new Part.Thinking("let me see", null),
                    Part.Text.of("Two calls."),
                    new Part.Thinking("", new Opaque("gemini", "dGV4dA==")),
                    new Part.ToolCall("call_abc_0", "f", "{\"x\":1}", new Opaque("gemini", "c2ln"), null),
                    Part.ToolCall.of("own", "g", "{}"),
                    new Part.Unknown("gemini", new RawJson("{\"executableCode\":{\"code\":\"1\"}}"))),
                StopReason.Known.TOOL_CALLS,
                null,
                new Usage(67, 40, 0, 0, 20, 30)));
    assertThat(gemini.glance(body))
        .isEqualTo(
            new Glance("gemini-3-pro", completion.usage(), StopReason.Known.TOOL_CALLS, true));
  }

  @ParameterizedTest
  @CsvSource({
    "STOP, END", "MAX_TOKENS, MAX_TOKENS", "SAFETY, FILTERED", "RECITATION, FILTERED",
    "PROHIBITED_CONTENT, FILTERED", "BLOCKLIST, FILTERED", "SPII, FILTERED", "IMAGE_SAFETY, FILTERED",
  })
  void finishReasons_areKnown_withAndWithoutContent(String reason, StopReason.Known stop) {
    for (String parts : List.of("{\"text\":\"a\"}", "")) {
      assertThat(gemini.readReply(candidate(parts, reason)).stop()).isEqualTo(stop);
      assertThat(gemini.glance(candidate(parts, reason)).stop()).isEqualTo(stop);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "NO_IMAGE", "OTHER", "LANGUAGE"})
  void aBreakdown_isABadReplyOnlyWithoutContent(String reason) {
    String call = "{\"functionCall\":{\"name\":\"f\"}}";
    assertThat(gemini.readReply(candidate("{\"text\":\"a\"}", reason)).stop())
        .isEqualTo(new StopReason.Unknown(reason));
    assertThat(gemini.glance(candidate("{\"text\":\"a\"}", reason)).stop())
        .isEqualTo(new StopReason.Unknown(reason));
    assertThat(gemini.readReply(candidate(call, reason)).stop()).isEqualTo(StopReason.Known.TOOL_CALLS);
    for (String parts : List.of("", "{\"text\":\"hm\",\"thought\":true}", "{\"text\":\"\"}")) {
      byte[] body = candidate(parts, reason);
      assertThatThrownBy(() -> gemini.readReply(body))
          .isInstanceOfSatisfying(BadReply.class, bad -> {
            assertThat(bad.failure().kind()).isEqualTo(FailureKind.UNKNOWN);
            assertThat(bad.failure().detail()).contains(reason);
          });
      assertThatThrownBy(() -> gemini.glance(body)).isInstanceOf(BadReply.class).hasMessageContaining(reason);
    }
  }

  @Test
  void aReasonNobodyKnows_isKeptAsItWas() {
    assertThat(gemini.readReply(candidate("{\"text\":\"a\"}", "TIRED")).stop())
        .isEqualTo(new StopReason.Unknown("TIRED"));
    assertThat(gemini.glance(candidate("{\"text\":\"a\"}", "TIRED")).stop())
        .isEqualTo(new StopReason.Unknown("TIRED"));
  }

  @Test
  void aBlockedPrompt_isFiltered_notEmptySuccess() {
    byte[] body =
        bytes(
            "{\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\",\"blockReasonMessage\":\"No.\"},"
                + "\"usageMetadata\":{\"promptTokenCount\":4},\"modelVersion\":\"m\",\"responseId\":\"r\"}");

    assertThat(gemini.readReply(body))
        .isEqualTo(
            new Completion(
                "r", "m", List.of(new Part.Declined("No.")), StopReason.Known.FILTERED, null,
                new Usage(4, 0, 0, 0, 0, 0)));
    assertThat(gemini.glance(body).stop()).isEqualTo(StopReason.Known.FILTERED);
  }

  @Test
  void thinkingThatUsedTheLimitUp_isALegalEmptyAnswer() {
    byte[] body =
        bytes(
            "{\"candidates\":[{\"content\":{\"role\":\"model\"},\"finishReason\":\"MAX_TOKENS\""
                + ",\"index\":0}],"
                + "\"usageMetadata\":{\"promptTokenCount\":4,\"thoughtsTokenCount\":96}}");

    Completion completion = gemini.readReply(body);

    assertThat(completion.parts()).isEmpty();
    assertThat(completion.stop()).isEqualTo(StopReason.Known.MAX_TOKENS);
    assertThat(completion.usage()).isEqualTo(new Usage(4, 0, 0, 0, 0, 96));
    assertThat(gemini.glance(body)).isEqualTo(new Glance("", completion.usage(), completion.stop(), false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"candidates\": | BROKEN_STREAM",
        "<html>502</html> | UNKNOWN",
        "\"text\" | UNKNOWN",
        "{} | UNKNOWN",
        "{\"error\":{\"code\":503,\"message\":\"busy\",\"status\":\"UNAVAILABLE\"}} | OVERLOADED",
        "[{\"error\":{\"code\":429,\"message\":\"slow\",\"status\":\"RESOURCE_EXHAUSTED\"}}] | RATE_LIMITED",
      })
  void whatIsNoAnswer_isABadReply(String body, FailureKind kind) {
    assertThatThrownBy(() -> gemini.readReply(bytes(body)))
        .isInstanceOfSatisfying(BadReply.class, bad -> assertThat(bad.failure().kind()).isEqualTo(kind));
    assertThatThrownBy(() -> gemini.glance(bytes(body)))
        .isInstanceOfSatisfying(BadReply.class, bad -> assertThat(bad.failure().kind()).isEqualTo(kind));
  }

  @Test
  void aReplyWithoutAnId_getsOneFromItsBytes_andCallsToo() {
    byte[] body =
        bytes(
            """
            {"candidates": [{"content": {"parts": [{"functionCall": {"name": "f"}}]},
              "finishReason": "STOP"}]}
            """);

    Completion completion = gemini.readReply(body);

    assertThat(completion.id()).isNotEmpty().isEqualTo(gemini.readReply(body).id());
    assertThat(((Part.ToolCall) completion.parts().getFirst()).id()).matches("[a-zA-Z0-9_-]{1,40}");
  }

  @Test
  void aForeignReply_isWrittenForGoogleClients() {
    Completion completion =
        new Completion(
            "msg_1",
            "claude-sonnet-4-5",
            List.of(
                new Part.Thinking("hm", new Opaque("anthropic-messages", "sig")),
                Part.Text.of("Hello"),
                new Part.ToolCall("toolu_1", "mcp/do it", "{\"a\":1.50}", null, null),
                Part.ToolCall.of("toolu_2", "g", "")),
            StopReason.Known.TOOL_CALLS,
            null,
            new Usage(10, 5, 3, 2, 7, 4));

    assertThat(Json.read(gemini.writeReply(completion, ASKED).body()))
        .isEqualTo(
            Json.read(
                """
                {"candidates": [{"content": {"role": "model", "parts": [
                    {"text": "hm", "thought": true}, {"text": "Hello"},
                    {"functionCall": {"id": "toolu_1", "name": "mcp/do it", "args": {"a": 1.50}}},
                    {"functionCall": {"id": "toolu_2", "name": "g", "args": {}}}]},
                  "finishReason": "STOP", "index": 0}],
                 "usageMetadata": {"promptTokenCount": 20, "cachedContentTokenCount": 5,
                   "candidatesTokenCount": 7,
                   "thoughtsTokenCount": 4, "totalTokenCount": 31},
                 "modelVersion": "claude-sonnet-4-5", "responseId": "msg_1"}
                """));
  }

  @Test
  void writingAndReading_keepsAReply() {
    Completion completion =
        new Completion(
            "id", "m",
            List.of(
                new Part.Thinking("t", new Opaque("gemini", "YQ==")),
                Part.Text.of("x"),
                new Part.Thinking("", new Opaque("gemini", "Yg==")),
                new Part.ToolCall("c", "f", "{\"a\":[1,null]}", new Opaque("gemini", "Yw=="), null)),
            StopReason.Known.TOOL_CALLS, null, new Usage(3, 2, 0, 0, 5, 6));

    assertThat(gemini.readReply(gemini.writeReply(completion, ASKED).body())).isEqualTo(completion);
  }
}
