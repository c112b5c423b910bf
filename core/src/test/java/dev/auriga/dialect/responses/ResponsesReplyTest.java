// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ResponsesReplyTest {
  private static final ClientRequest ASKED =
      ClientRequest.of("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  private final OpenAiResponses dialect =
      new OpenAiResponses(InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000)));

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static final String WHOLE =
      """
      {"id":"resp_1","object":"response","status":"completed","error":null,"incomplete_details":null,
       "model":"gpt-5.1-2025","output":[
        {"id":"rs_1","type":"reasoning","summary":[{"type":"summary_text","text":"A"},{"type":"summary_text","text":"B"}],
         "encrypted_content":"gAAA"},
        {"id":"rs_2","type":"reasoning","summary":[],"encrypted_content":"gBBB"},
        {"id":"rs_3","type":"reasoning","summary":[],"content":[{"type":"reasoning_text","text":"raw"}]},
        {"id":"ws_1","type":"web_search_call","status":"completed"},
        {"id":"msg_1","type":"message","role":"assistant","status":"completed","content":[
         {"type":"output_text","text":"Hello","annotations":[]},{"type":"refusal","refusal":"No."}]},
        {"id":"fc_1","type":"function_call","call_id":"c1","name":"f","arguments":"{\\"a\\":1}"},
        {"id":"fc_2","type":"function_call","call_id":"c2","name":"g","arguments":""}],
       "usage":{"input_tokens":100,"input_tokens_details":{"cached_tokens":30,"cache_write_tokens":10},
        "output_tokens":50,"output_tokens_details":{"reasoning_tokens":20},"total_tokens":150}}
      """;

  @Test
  void everyItemIsRead() {
    Completion completion = dialect.readReply(bytes(WHOLE));

    assertThat(completion)
        .isEqualTo(
            new Completion(
                "resp_1",
                "gpt-5.1-2025",
                List.of(
                    new Part.Thinking("A\n\nB", new Opaque("openai-responses", "rs_1.gAAA")),
                    new Part.RedactedThinking(new Opaque("openai-responses", "rs_2.gBBB")),
                    new Part.Thinking("raw", null),
                    new Part.Unknown(
                        "openai-responses",
                        new RawJson("{\"id\":\"ws_1\",\"type\":\"web_search_call\",\"status\":\"completed\"}")),
                    Part.Text.of("Hello"),
                    new Part.Declined("No."),
                    Part.ToolCall.of("c1", "f", "{\"a\":1}"),
                    Part.ToolCall.of("c2", "g", "{}")),
                StopReason.Known.TOOL_CALLS,
                null,
                new Usage(60, 30, 10, 0, 30, 20)));
    assertThat(dialect.glance(bytes(WHOLE)))
        .isEqualTo(
            new Glance("gpt-5.1-2025", completion.usage(), StopReason.Known.TOOL_CALLS, true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "completed | null | END",
        "incomplete | '{\"reason\":\"max_output_tokens\"}' | MAX_TOKENS",
        "incomplete | '{\"reason\":\"content_filter\"}' | FILTERED",
        "incomplete | null | MAX_TOKENS",
        "incomplete | '{\"reason\":\"tired\"}' | Unknown[raw=tired]",
      })
  void statusIsTheStop(String status, String details, String stop) {
    byte[] body =
        bytes(
            "{\"status\":\"%s\",\"incomplete_details\":%s,\"model\":\"m\",\"output\":[],\"error\":null}"
                .formatted(status, details));

    assertThat(dialect.readReply(body).stop().toString()).isEqualTo(stop);
    assertThat(dialect.glance(body)).isEqualTo(new Glance("m", null, dialect.readReply(body).stop(), false));
  }

  @Test
  void cutCallIsNoToolCallStop() {
    byte[] body =
        bytes(
            "{\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"max_output_tokens\"},"
                + "\"output\":[{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"{\\\"a\"}]}");

    assertThat(dialect.readReply(body).stop()).isEqualTo(StopReason.Known.MAX_TOKENS);
  }

  @ParameterizedTest
  @CsvSource({
    "server_error, UNKNOWN", "rate_limit_exceeded, RATE_LIMITED", "invalid_prompt, CONTENT_FILTERED",
    "bio_policy, CONTENT_FILTERED", "image_content_policy_violation, CONTENT_FILTERED",
    "vector_store_timeout, TIMED_OUT", "invalid_image_url, INVALID", "failed_to_download_image, INVALID",
    "insufficient_quota, QUOTA_EXHAUSTED", "context_length_exceeded, TOO_LONG",
    "server_is_overloaded, OVERLOADED",
  })
  void failedResponseIsClassifiedByItsCode(String code, FailureKind kind) {
    byte[] body =
        bytes(
            "{\"id\":\"r\",\"status\":\"failed\",\"output\":[],\"error\":{\"code\":\"%s\",\"message\":\"sorry\"}}"
                .formatted(code));

    for (Runnable reading : List.<Runnable>of(() -> dialect.readReply(body), () -> dialect.glance(body))) {
      assertThatExceptionOfType(BadReply.class)
          .isThrownBy(reading::run)
          .satisfies(bad -> assertThat(bad.failure().kind()).isEqualTo(kind))
          .satisfies(bad -> assertThat(bad.failure().detail()).isEqualTo("sorry"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "{", "[]", "\"x\"", "<html>", "{}", "{\"status\":\"in_progress\",\"output\":[]}",
        "{\"status\":\"cancelled\",\"output\":[]}", "{\"error\":{\"message\":\"no\"}}",
        "{\"status\":\"completed\",\"output\":[]} trailing",
      })
  void whatIsNoAnswerIsABadReply(String body) {
    assertThatExceptionOfType(BadReply.class).isThrownBy(() -> dialect.readReply(bytes(body)));
    assertThatExceptionOfType(BadReply.class).isThrownBy(() -> dialect.glance(bytes(body)));
  }

  /// OpenAI OpenAPI document, `TextResponseFormatJsonSchema`.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | '' | false", "'\"strict\":null,' | '' | false",
        "'\"strict\":true,\"description\":\"d\",' | '\"description\":\"d\",' | true"
      })
  void aFormatIsRepeated_withWhatWasSaidOfIt(String said, String description, String strict) {
    String schema = "\"type\":\"json_schema\",\"name\":\"n\",\"schema\":{\"type\":\"object\"}";
    ClientRequest asked =
        ClientRequest.of(bytes("{\"model\":\"m\",\"input\":\"q\",\"text\":{\"format\":{%s%s}}}".formatted(said, schema)));
    Completion answer =
        new Completion("r", "m", List.of(Part.Text.of("{}")), StopReason.Known.END, null, Usage.NONE);

    assertThat(Json.read(dialect.writeReply(answer, asked).body()).at("/text/format"))
        .isEqualTo(Json.read("{%s,%s\"strict\":%s}".formatted(schema, description, strict)));
  }

  @Test
  void answerIsWrittenWithEveryRequiredField() {
    Completion completion =
        new Completion(
            "msg_01",
            "claude-sonnet-4-5",
            List.of(
                new Part.Thinking("hm", new Opaque("anthropic-messages", "si.g")),
                new Part.Thinking("loose", null),
                Part.Text.of("a"),
                Part.Text.of("b"),
                new Part.ToolCall("c1", "f", "{}", new Opaque("gemini", "s"), null)),
            StopReason.Known.TOOL_CALLS,
            null,
            new Usage(5, 3, 3, 0, 7, 4));

    JsonNode reply = Json.read(dialect.writeReply(completion, ASKED).body());

    assertThat(reply.path("output"))
        .isEqualTo(
            Json.read(
                """
                [{"id":"rs_msg_01_0","type":"reasoning","summary":[{"type":"summary_text","text":"hm"}],
                  "encrypted_content":"auriga-signature.anthropic-messages.thought.si.g"},
                 {"id":"rs_msg_01_1","type":"reasoning","summary":[{"type":"summary_text","text":"loose"}],
                  "encrypted_content":"auriga-signature.none.thought."},
                 {"id":"msg_msg_01_2","type":"message","status":"completed","role":"assistant","content":[
                  {"type":"output_text","text":"a","annotations":[],"logprobs":[]},
                  {"type":"output_text","text":"b","annotations":[],"logprobs":[]}]},
                 {"id":"rs_msg_01_3","type":"reasoning","summary":[],
                  "encrypted_content":"auriga-signature.gemini.call.s"},
                 {"id":"fc_msg_01_4","type":"function_call","status":"completed","arguments":"{}",
                  "call_id":"c1","name":"f"}]
                """));
    assertThat(reply.path("usage"))
        .isEqualTo(
            Json.read(
                "{\"input_tokens\":11,\"output_tokens\":11,\"total_tokens\":22,"
                    + "\"input_tokens_details\":{\"cached_tokens\":3,\"cache_write_tokens\":3},"
                    + "\"output_tokens_details\":{\"reasoning_tokens\":4}}"));
    assertThat(reply.path("id").stringValue()).isEqualTo("resp_msg_01");
    assertThat(reply.path("completed_at").longValue()).isEqualTo(1_700_000_000);
    assertThat(reply.propertyNames())
        .contains(
            "id", "object", "created_at", "completed_at", "status", "incomplete_details", "model",
            "previous_response_id", "instructions", "output", "error", "tools", "tool_choice",
            "truncation", "parallel_tool_calls", "text", "top_p", "presence_penalty",
            "frequency_penalty", "top_logprobs", "temperature", "reasoning", "usage",
            "max_output_tokens", "max_tool_calls", "store", "background", "service_tier", "metadata",
            "safety_identifier", "prompt_cache_key");
    assertThat(dialect.readReply(dialect.writeReply(completion, ASKED).body()))
        .usingRecursiveComparison()
        .ignoringFields("id")
        .isEqualTo(completion);
  }

  @Test
  void answerFitsBothSpecifications() {
    SpecJudge openAi = SpecJudge.of("openai.json");
    SpecJudge openResponses = SpecJudge.of("open-responses.json");
    for (StopReason stop : StopReason.Known.values()) {
      Completion completion =
          new Completion(
              "",
              "m",
              List.of(
                  new Part.RedactedThinking(new Opaque("anthropic-messages", "x")),
                  Part.Text.of("a"),
                  new Part.Declined("no"),
                  Part.ToolCall.of("c1", "f", "{}")),
              stop,
              null,
              Usage.NONE);
      JsonNode reply = Json.read(dialect.writeReply(completion, ASKED).body());

      assertThat(openAi.faults(reply, "Response")).isEmpty();
      assertThat(openResponses.faults(reply, "ResponseResource")).isEmpty();
      boolean incomplete = reply.path("status").asString("").equals("incomplete");
      assertThat(incomplete).isEqualTo(!reply.path("incomplete_details").isNull());
    }
  }

  @Test
  void ownReasoningComesOutAsItWent() {
    Completion completion = dialect.readReply(bytes(WHOLE));

    Completion again = dialect.readReply(dialect.writeReply(completion, ASKED).body());

    assertThat(Json.read(dialect.writeReply(completion, ASKED).body()).at("/output/0/encrypted_content").stringValue())
        .isEqualTo("gAAA");
    assertThat(again.parts()).hasSameSizeAs(completion.parts());
    assertThat(again.parts().subList(3, 8)).isEqualTo(completion.parts().subList(3, 8));
  }
}
