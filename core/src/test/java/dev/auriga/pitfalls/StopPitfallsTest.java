// SPDX-License-Identifier: Apache-2.0
package dev.auriga.pitfalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.completion.Completion;
import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.StopReason;
import dev.auriga.dialect.BadReply;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Problem;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Pitfalls of stop reasons and errors.
class StopPitfallsTest {
  @ParameterizedTest
  @CsvSource({
    "end_turn, stop, STOP, completed",
    "max_tokens, length, MAX_TOKENS, incomplete",
    "stop_sequence, stop, STOP, completed",
    "tool_use, tool_calls, STOP, completed",
    "pause_turn, length, STOP, incomplete",
    "refusal, content_filter, SAFETY, incomplete",
    "model_context_window_exceeded, length, MAX_TOKENS, incomplete",
    "some_new_reason, some_new_reason, some_new_reason, incomplete"
  })
  void pitfall78_eachOfAnthropicsReasonsIsToldAndAnUnknownOneAsItIs(
      String reason, String chat, String gemini, String responses) {
    String reply = Stopping.reply(Tongue.MESSAGES, reason);

    assertThat(Tongue.MESSAGES.tell(reply, Tongue.MESSAGES).path("stop_reason").asString()).isEqualTo(reason);
    assertThat(Tongue.MESSAGES.tell(reply, Tongue.CHAT).at("/choices/0/finish_reason").asString()).isEqualTo(chat);
    assertThat(Tongue.MESSAGES.tell(reply, Tongue.GEMINI).at("/candidates/0/finishReason").asString())
        .isEqualTo(gemini);
    assertThat(Tongue.MESSAGES.tell(reply, Tongue.RESPONSES).path("status").asString()).isEqualTo(responses);
  }

  static Stream<Arguments> calls() {
    return Stream.of(
        Arguments.of(
            Tongue.CHAT,
            "{'id':'c','model':'m','choices':[{'index':0,'message':{'role':'assistant','tool_calls':[{'id':'a',"
                + "'type':'function','function':{'name':'f','arguments':'{}'}}]},'finish_reason':'stop'}]}"),
        Arguments.of(
            Tongue.MESSAGES,
            "{'id':'msg_1','type':'message','role':'assistant','model':'m','content':[{'type':'tool_use','id':'a',"
                + "'name':'f','input':{}}],'stop_reason':'end_turn'}"),
        Arguments.of(
            Tongue.GEMINI,
            "{'responseId':'r','candidates':[{'content':{'parts':[{'functionCall':{'name':'f'}}]},"
                + "'finishReason':'STOP'}]}"),
        Arguments.of(
            Tongue.RESPONSES,
            "{'id':'resp_1','object':'response','status':'completed','model':'m','output':[{'type':'function_call',"
                + "'id':'fc_1','call_id':'a','name':'f','arguments':'{}'}]}"));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void pitfall79_anAnswerWithCallsStoppedForThemWhateverIsSaid(Tongue from, String reply) {
    assertThat(from.tell(reply, Tongue.CHAT).at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
    assertThat(from.tell(reply, Tongue.MESSAGES).path("stop_reason").asString()).isEqualTo("tool_use");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MALFORMED_FUNCTION_CALL", "NO_IMAGE", "OTHER"})
  void pitfall80_geminisBreakdownWithoutContentIsAFailure(String reason) {
    String nothing =
        "{'responseId':'r','modelVersion':'m','candidates':[{'content':{'role':'model','parts':[]},'finishReason':'"
            + reason + "'}]}";
    String call =
        "{'responseId':'r','modelVersion':'m','candidates':[{'content':{'role':'model','parts':[{'functionCall':"
            + "{'name':'f','args':{'x':1}}}]},'finishReason':'" + reason + "'}]}";

    assertThatThrownBy(() -> Tongue.GEMINI.dialect().glance(Tongue.bytes(nothing))).isInstanceOf(BadReply.class);
    assertThatThrownBy(() -> Tongue.GEMINI.reply(nothing)).isInstanceOf(BadReply.class);
    assertThat(Flow.chunks(Tongue.GEMINI, Flow.of(nothing)).toString()).contains("Failed");

    JsonNode kept = Tongue.GEMINI.tell(call, Tongue.CHAT);
    assertThat(kept.at("/choices/0/message/tool_calls/0/function/name").asString()).isEqualTo("f");
    assertThat(kept.at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
  }

  @Test
  void pitfall81_aLimitUsedUpByThinkingIsALengthWithEmptyText() {
    String reply =
        "{'responseId':'r','modelVersion':'m','candidates':[{'content':{'role':'model'},"
            + "'finishReason':'MAX_TOKENS','index':0}],'usageMetadata':{'promptTokenCount':9,"
            + "'thoughtsTokenCount':97,'totalTokenCount':106}}";

    JsonNode chat = Tongue.GEMINI.tell(reply, Tongue.CHAT);
    assertThat(chat.path("choices")).hasSize(1);
    assertThat(chat.at("/choices/0/finish_reason").asString()).isEqualTo("length");
    assertThat(chat.at("/choices/0/message/content").asString("none")).isEmpty();
    assertThat(Tongue.GEMINI.tell(reply, Tongue.MESSAGES).path("content").isArray()).isTrue();
    assertThat(Tongue.GEMINI.tell(reply, Tongue.RESPONSES).path("output").isArray()).isTrue();
  }

  @Test
  void pitfall82_aBlockedPromptIsAContentFilterWithItsReason() {
    String reply =
        "{'responseId':'r','modelVersion':'m','promptFeedback':{'blockReason':'PROHIBITED_CONTENT',"
            + "'safetyRatings':[{'category':'HARM_CATEGORY_DANGEROUS_CONTENT','probability':'HIGH'}]},"
            + "'usageMetadata':{'promptTokenCount':9,'totalTokenCount':9}}";

    Completion read = Tongue.GEMINI.reply(reply);
    assertThat(read.stop()).isEqualTo(StopReason.Known.FILTERED);
    JsonNode chat = Tongue.GEMINI.tell(reply, Tongue.CHAT);
    assertThat(chat.at("/choices/0/finish_reason").asString()).isEqualTo("content_filter");
    assertThat(chat.at("/choices/0/message/refusal").asString(""))
        .contains("PROHIBITED_CONTENT", "DANGEROUS_CONTENT");
    assertThat(Flow.told(Tongue.GEMINI, Flow.of(reply), Tongue.MESSAGES, Asking.plainly(Tongue.MESSAGES)).toString())
        .contains("\"stop_reason\":\"refusal\"", "PROHIBITED_CONTENT");
  }

  @Test
  void pitfall84_anOverloadIsToldByTheClientsOwnStatusWithTheWait() {
    Failure claude =
        Tongue.MESSAGES.failure(
            529, "{'type':'error','error':{'type':'overloaded_error','message':'Overloaded'}}", "retry-after", "7");
    Failure openAi =
        Tongue.CHAT.failure(503, "{'error':{'message':'overloaded','type':'server_error'}}", "retry-after", "7");
    Failure gemini =
        Tongue.GEMINI.failure(
            503,
            "{'error':{'code':503,'status':'UNAVAILABLE','message':'x','details':[{'@type':"
                + "'type.googleapis.com/google.rpc.RetryInfo','retryDelay':'7s'}]}}");

    for (Failure failure : new Failure[] {claude, openAi, gemini}) {
      assertThat(failure.kind()).isEqualTo(FailureKind.OVERLOADED);
      assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7));
      Problem problem = Problem.of(failure, failure.detail());
      assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(7));
      assertThat(Tongue.MESSAGES.dialect().statusOf(problem)).isEqualTo(529);
      assertThat(Tongue.CHAT.dialect().statusOf(problem)).isEqualTo(503);
      assertThat(Tongue.GEMINI.dialect().statusOf(problem)).isEqualTo(503);
      assertThat(Json.read(Tongue.MESSAGES.dialect().writeProblem(problem)).at("/error/type").asString())
          .isEqualTo("overloaded_error");
      assertThat(Json.read(Tongue.GEMINI.dialect().writeProblem(problem)).at("/error/status").asString())
          .isEqualTo("UNAVAILABLE");
      assertThat(Json.read(Tongue.CHAT.dialect().writeProblem(problem)).at("/error/message").asString())
          .isNotBlank();
    }
    Headers limits =
        Tongue.MESSAGES.dialect().writeLimits(
            Tongue.CHAT.dialect().readLimits(
                Headers.of("x-ratelimit-remaining-requests", "7", "x-ratelimit-limit-tokens", "9")));
    assertThat(limits.fields())
        .containsExactlyInAnyOrder(
            new Headers.Field("anthropic-ratelimit-requests-remaining", "7"),
            new Headers.Field("anthropic-ratelimit-tokens-limit", "9"));
    assertThat(
            Tongue.RESPONSES.dialect().writeLimits(Tongue.MESSAGES.dialect().readLimits(limits)).fields())
        .containsExactlyInAnyOrder(
            new Headers.Field("x-ratelimit-remaining-requests", "7"),
            new Headers.Field("x-ratelimit-limit-tokens", "9"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CHAT|401|{'error':{'message':'model gpt-x is not supported in this format','type':'ModelError'}}|NOT_FOUND",
        "CHAT|400|{'error':{'message':'Rate limit reached for requests','type':'invalid_request_error'}}|RATE_LIMITED",
        "CHAT|400|{'error':{'message':'Too many requests, slow down'}}|RATE_LIMITED",
        "RESPONSES|400|{'error':{'message':'rate_limit_exceeded: try again in 2s'}}|RATE_LIMITED",
        "MESSAGES|401|{'type':'error','error':{'type':'authentication_error','message':"
            + "'model claude-x is not supported in this format'}}|NOT_FOUND",
        "MESSAGES|400|{'type':'error','error':{'type':'invalid_request_error','message':"
            + "'Too many requests: rate limit exceeded'}}|RATE_LIMITED",
        "GEMINI|400|{'error':{'code':400,'status':'INVALID_ARGUMENT','message':'Rate limit exceeded'}}|RATE_LIMITED",
        "CHAT|401|{'error':{'message':'Incorrect API key provided','code':'invalid_api_key'}}|UNAUTHORISED",
        "CHAT|400|{'error':{'message':'messages: rate is not a field'}}|INVALID"
      })
  void pitfall85_theBodyOutranksAStatusThatMisleads(
      Tongue from, int status, String body, FailureKind kind) {
    assertThat(from.failure(status, body).kind()).isEqualTo(kind);
  }
}
