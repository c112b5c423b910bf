// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.sandbox.Caller.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The order and shape of each provider's stream, by its rules and beside recorded ones.
final class StreamGrammarIT {
  private static final String TOOLS_ANTHROPIC =
      "'tools': [{'name': 'get_weather', 'description': 'The weather at a"
          + " place', 'input_schema': {'type': 'object',"
          + "'properties': {'location': {'type': 'string'}}, 'required': ['location']}}]";
  private static final String TOOLS_OPENAI =
      "'tools': [{'type': 'function', 'function': {'name': 'get_weather', 'description': 'The"
          + " weather at a place','parameters': {'type': 'object', 'properties': {'location':"
          + " {'type': 'string'}}, 'required': ['location']}}}]";

  private static Sandbox sandbox;
  private static Caller caller;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.start();
    caller = new Caller(sandbox);
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  /// Consecutive equal names as one.
  private static List<String> folded(List<String> names) {
    List<String> folded = new ArrayList<>();
    names.forEach(
        name -> {
          if (folded.isEmpty() || !folded.getLast().equals(name)) {
            folded.add(name);
          }
        });
    return folded;
  }

  @Test
  void anthropic_thinkingThenText() {
    String body =
        Caller.json(
            "{'model': 'claude-sonnet-4-5', 'max_tokens':4000, 'stream':true, 'thinking': {'type':"
                + " 'enabled', 'budget_tokens':1024}, 'messages': [{'role': 'user', 'content':"
                + " 'What is 6 * 7?'}]}");
    Answer answer = caller.post(Simulated.ANTHROPIC, "/v1/messages", body);
    assertThat(answer.header("content-type")).startsWith("text/event-stream");
    assertThat(folded(answer.events()))
        .containsExactly(
            "message_start",
            "content_block_start",
            "ping",
            "content_block_delta",
            "content_block_stop",
            "content_block_start",
            "content_block_delta",
            "content_block_stop",
            "message_delta",
            "message_stop");
    List<JsonNode> chunks = answer.chunks();
    for (int index = 0; index < chunks.size(); index++) {
      assertThat(chunks.get(index).path("type").asString()).isEqualTo(answer.events().get(index));
    }
    List<String> deltas =
        chunks.stream()
            .map(chunk -> chunk.at("/delta/type").asString(""))
            .filter(t -> !t.isEmpty())
            .toList();
    assertThat(folded(deltas)).containsExactly("thinking_delta", "signature_delta", "text_delta");
    assertThat(deltas.stream().filter("signature_delta"::equals)).hasSize(1);
    JsonNode usage = chunks.get(chunks.size() - 2).path("usage");
    assertThat(usage.path("output_tokens").asLong())
        .isGreaterThan(usage.at("/output_tokens_details/thinking_tokens").asLong());
    assertThat(chunks.getFirst().at("/message/usage/input_tokens").asLong())
        .isEqualTo(usage.path("input_tokens").asLong());
  }

  @Test
  void anthropic_toolCallLooksLikeTheRecordedOne() {
    String body =
        Caller.json(
            "{'model': 'claude-sonnet-4-5', 'max_tokens':4000, 'stream':true,"
                + TOOLS_ANTHROPIC
                + ", 'messages': [{'role': 'user', 'content': 'What is the weather in Paris?'}]}");
    Answer answer = caller.post(Simulated.ANTHROPIC, "/v1/messages", body);
    List<JsonNode> chunks = answer.chunks();
    JsonNode start =
        chunks.stream()
            .filter(c -> c.at("/content_block/type").asString("").equals("tool_use"))
            .findFirst()
            .orElseThrow();
    assertThat(start.at("/content_block/input").isEmpty()).isTrue();
    List<String> pieces =
        chunks.stream()
            .filter(c -> c.at("/delta").has("partial_json"))
            .map(c -> c.at("/delta/partial_json").asString())
            .toList();
    assertThat(pieces.getFirst()).isEmpty();
    assertThat(Caller.JSON.readTree(String.join("", pieces)).path("location").asString())
        .isEqualTo("Paris");
    assertThat(chunks.get(chunks.size() - 2).at("/delta/stop_reason").asString())
        .isEqualTo("tool_use");

    List<String> lines = Recordings.lines("anthropic-sdk/tool_use_response.txt");
    List<JsonNode> recorded =
        lines.stream()
            .filter(line -> line.startsWith("data: "))
            .map(line -> Caller.JSON.readTree(line.substring(6)))
            .toList();
    List<String> recordedEvents =
        lines.stream()
            .filter(line -> line.startsWith("event: "))
            .map(line -> line.substring(7))
            .toList();
    // The recorded answer says something before it calls; from there on the order is the same.
    assertThat(folded(recordedEvents))
        .startsWith(
            "message_start",
            "content_block_start",
            "ping",
            "content_block_delta",
            "content_block_stop")
        .endsWith(
            "content_block_start",
            "content_block_delta",
            "content_block_stop",
            "message_delta",
            "message_stop");
    assertThat(folded(answer.events()))
        .containsExactly(
            "message_start",
            "content_block_start",
            "ping",
            "content_block_delta",
            "content_block_stop",
            "message_delta",
            "message_stop");
    assertThat(Recordings.names(chunks.getFirst().path("message")))
        .isEqualTo(Recordings.names(recorded.getFirst().path("message")));
    assertThat(Recordings.names(chunks.getFirst().at("/message/usage")))
        .containsAll(Recordings.names(recorded.getFirst().at("/message/usage")));
    assertThat(Recordings.names(chunks.getLast())).isEqualTo(Recordings.names(recorded.getLast()));
  }

  @Test
  void openAi_roleFirst_usageLast_thenDone() {
    String body =
        Caller.json(
            "{'model': 'gpt-4o', 'stream':true, 'stream_options': {'include_usage':true},"
                + "'messages': [{'role': 'user', 'content': 'Describe a quiet harbour'}]}");
    Answer answer = caller.post(Simulated.OPENAI, "/v1/chat/completions", body);
    List<JsonNode> chunks = answer.chunks();
    assertThat(answer.data().getLast()).isEqualTo("[DONE]");
    assertThat(chunks.getFirst().at("/choices/0/delta/role").asString()).isEqualTo("assistant");
    assertThat(chunks.getFirst().at("/choices/0/delta/content").asString("x")).isEmpty();
    JsonNode last = chunks.getLast();
    assertThat(last.path("choices").isEmpty()).isTrue();
    long prompt = last.at("/usage/prompt_tokens").asLong();
    long completion = last.at("/usage/completion_tokens").asLong();
    assertThat(last.at("/usage/total_tokens").asLong()).isEqualTo(prompt + completion).isPositive();
    assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason").asString())
        .isEqualTo("stop");
    assertThat(chunks.subList(0, chunks.size() - 1))
        .allMatch(chunk -> chunk.path("usage").isNull());
    assertThat(chunks)
        .allMatch(chunk -> chunk.path("model").asString().equals("gpt-4o-2024-08-06"));
    assertThat(new TreeSet<>(chunks.stream().map(chunk -> chunk.path("id").asString()).toList()))
        .hasSize(1);
  }

  @Test
  void openAi_withoutIncludeUsage_noUsageAtAll() {
    Answer answer = caller.ask(Simulated.OPENAI, "Describe a quiet harbour", true);
    assertThat(answer.chunks()).noneMatch(chunk -> chunk.has("usage"));
    assertThat(answer.chunks()).noneMatch(chunk -> chunk.path("choices").isEmpty());
  }

  @Test
  void openAi_toolCallDeltas_idAndNameOnce_argumentsAfter() {
    String body =
        Caller.json(
            "{'model': 'gpt-4o', 'stream':true,"
                + TOOLS_OPENAI
                + ", 'messages': [{'role': 'user', 'content': 'What is the weather in Paris?'}]}");
    List<JsonNode> chunks = caller.post(Simulated.OPENAI, "/v1/chat/completions", body).chunks();
    assertThat(chunks.getFirst().at("/choices/0/delta/content").isNull()).isTrue();
    List<JsonNode> calls =
        chunks.stream()
            .map(chunk -> chunk.at("/choices/0/delta/tool_calls/0"))
            .filter(JsonNode::isObject)
            .toList();
    assertThat(calls.getFirst().path("id").asString()).startsWith("call_");
    assertThat(calls.getFirst().at("/function/name").asString()).isEqualTo("get_weather");
    assertThat(calls.getFirst().at("/function/arguments").asString("x")).isEmpty();
    assertThat(calls.subList(1, calls.size()))
        .isNotEmpty()
        .allMatch(call -> !call.has("id") && !call.path("function").has("name"));
    StringBuilder arguments = new StringBuilder();
    calls.forEach(call -> arguments.append(call.at("/function/arguments").asString()));
    assertThat(Caller.JSON.readTree(arguments.toString()).path("location").asString())
        .isEqualTo("Paris");
    assertThat(chunks.getLast().at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
  }

  @Test
  void azure_modelRouterStreamLooksLikeTheRecordedOne() {
    String body =
        Caller.json(
            "{'model': 'model-router', 'stream':true, 'stream_options': {'include_usage':true},"
                + "'messages': [{'role': 'user', 'content': 'What is the capital of Denmark?'}]}");
    List<JsonNode> chunks =
        caller.post(Simulated.AZURE, "/openai/v1/chat/completions", body).chunks();
    assertThat(chunks.getFirst().path("choices").isEmpty()).isTrue();
    assertThat(chunks.getFirst().path("model").asString("x")).isEmpty();
    assertThat(chunks.getFirst().at("/prompt_filter_results/0/prompt_index").asInt(9)).isZero();
    Set<String> models = new TreeSet<>();
    chunks.subList(1, chunks.size()).forEach(chunk -> models.add(chunk.path("model").asString()));
    assertThat(models).hasSize(1).noneMatch("model-router"::equals);
    assertThat(models.iterator().next()).matches(".+-20\\d{2}-?\\d{2}-?\\d{2}");

    List<JsonNode> recorded =
        Recordings.lines("vercel-ai/openai/azure-model-router.1.chunks.txt").stream()
            .map(Caller.JSON::readTree)
            .toList();
    assertThat(Recordings.names(chunks.getFirst()))
        .isEqualTo(Recordings.names(recorded.getFirst()));
    assertThat(Recordings.names(chunks.get(1))).containsAll(Recordings.names(recorded.get(1)));
    assertThat(Recordings.names(chunks.get(2).at("/choices/0")))
        .isEqualTo(Recordings.names(recorded.get(2).at("/choices/0")));
    assertThat(Recordings.names(chunks.get(2).at("/choices/0/content_filter_results")))
        .isEqualTo(Recordings.names(recorded.get(2).at("/choices/0/content_filter_results")));
    assertThat(Recordings.names(chunks.getLast().path("usage")))
        .isEqualTo(Recordings.names(recorded.getLast().path("usage")));
  }

  @Test
  void gemini_linesEndInCrlf_usageIsCumulative_noDone() {
    Answer answer = caller.ask(Simulated.GEMINI, "Describe a quiet harbour", true);
    assertThat(answer.body())
        .startsWith("data: {")
        .endsWith("}\r\n\r\n")
        .doesNotContain("[DONE]", "event:");
    List<JsonNode> chunks = answer.chunks();
    long before = 0;
    for (JsonNode chunk : chunks) {
      long now = chunk.at("/usageMetadata/candidatesTokenCount").asLong();
      assertThat(now).isGreaterThanOrEqualTo(before);
      before = now;
      assertThat(chunk.at("/usageMetadata/totalTokenCount").asLong())
          .isEqualTo(
              now
                  + chunk.at("/usageMetadata/promptTokenCount").asLong()
                  + chunk.at("/usageMetadata/thoughtsTokenCount").asLong());
    }
    assertThat(chunks.stream().filter(chunk -> chunk.at("/candidates/0").has("finishReason")))
        .hasSize(1);
    assertThat(chunks.getLast().at("/candidates/0/finishReason").asString()).isEqualTo("STOP");

    List<JsonNode> recorded =
        Recordings.lines("vercel-ai/google/google-text.chunks.txt").stream()
            .map(Caller.JSON::readTree)
            .toList();
    assertThat(Recordings.names(chunks.getFirst()))
        .isEqualTo(Recordings.names(recorded.getFirst()));
    assertThat(Recordings.names(chunks.getFirst().path("usageMetadata")))
        .isEqualTo(Recordings.names(recorded.getFirst().path("usageMetadata")));
    assertThat(Recordings.names(chunks.getLast().at("/candidates/0")))
        .isEqualTo(Recordings.names(recorded.getLast().at("/candidates/0")));
  }

  @Test
  void gemini_withoutAltSse_isOneJsonArray() {
    Answer answer =
        caller.post(
            Simulated.GEMINI,
            "/v1beta/models/gemini-2.5-flash:streamGenerateContent",
            Caller.simple(Simulated.GEMINI, "Describe a quiet harbour", true));
    assertThat(answer.header("content-type")).startsWith("application/json");
    assertThat(answer.json().isArray()).isTrue();
    assertThat(
            answer.json().get(answer.json().size() - 1).at("/candidates/0/finishReason").asString())
        .isEqualTo("STOP");
  }
}
