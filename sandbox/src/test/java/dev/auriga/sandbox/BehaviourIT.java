// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.sandbox.Caller.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What the models do beside answering: tools, thinking, caching, forms, images, limits, routing.
final class BehaviourIT {
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

  private static JsonNode ok(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static JsonNode anthropic(String body) {
    return ok(caller.post(Simulated.ANTHROPIC, "/v1/messages", Caller.json(body)));
  }

  private static JsonNode openAi(String body) {
    return ok(caller.post(Simulated.OPENAI, "/v1/chat/completions", Caller.json(body)));
  }

  private static JsonNode gemini(String model, String body) {
    return ok(
        caller.post(
            Simulated.GEMINI, caller.path(Simulated.GEMINI, model, false), Caller.json(body)));
  }

  @Test
  void signedThinking_isTakenBack_onlyUnchanged() {
    String head =
        "{'model': 'claude-sonnet-4-5', 'max_tokens':4000, 'thinking': {'type': 'enabled',"
            + " 'budget_tokens':1024},'tools': [{'name': 'get_weather', 'input_schema': {'type':"
            + " 'object'}}], 'messages': [{'role': 'user', 'content': 'What is the weather?'}";
    JsonNode first = anthropic(head + "]}");
    assertThat(first.at("/content/0/type").asString()).isEqualTo("thinking");
    assertThat(first.at("/content/1/type").asString()).isEqualTo("tool_use");
    String result =
        ",{'role': 'user', 'content': [{'type': 'tool_result', 'tool_use_id': '"
            + first.at("/content/1/id").asString()
            + "', 'content': 'Sunny, 21 degrees'}]}]}";
    String back = Caller.json(head + ",{'role': 'assistant', 'content':CONTENT}" + result);
    JsonNode second =
        ok(
            caller.post(
                Simulated.ANTHROPIC,
                "/v1/messages",
                back.replace("CONTENT", first.path("content").toString())));
    assertThat(second.toString()).contains("Sunny, 21 degrees");
    assertThat(second.path("stop_reason").asString()).isEqualTo("end_turn");
    String tampered = first.path("content").toString().replace("Let me see", "Let me not see");
    Answer refused =
        caller.post(Simulated.ANTHROPIC, "/v1/messages", back.replace("CONTENT", tampered));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("Invalid `signature` in `thinking` block");
  }

  @Test
  void promptCache_writesThenReads() {
    String system = "All about harbours and their lights. ".repeat(200);
    String body =
        "{'model': 'claude-sonnet-4-5', 'max_tokens':100, 'system': [{'type': 'text', 'text': '"
            + system
            + "', 'cache_control': {'type': 'ephemeral', 'ttl': '1h'}}], 'messages': [{'role':"
            + " 'user', 'content': 'Q'}]}";
    JsonNode first = anthropic(body.replace("Q", "first question")).path("usage");
    JsonNode second = anthropic(body.replace("Q", "another question")).path("usage");
    assertThat(first.path("cache_creation_input_tokens").asLong()).isGreaterThan(1024);
    assertThat(first.at("/cache_creation/ephemeral_1h_input_tokens").asLong())
        .isEqualTo(first.path("cache_creation_input_tokens").asLong());
    assertThat(first.path("cache_read_input_tokens").asLong()).isZero();
    assertThat(second.path("cache_read_input_tokens").asLong())
        .isEqualTo(first.path("cache_creation_input_tokens").asLong());
    assertThat(second.path("cache_creation_input_tokens").asLong()).isZero();
    assertThat(second.path("input_tokens").asLong()).isLessThan(20);
  }

  @Test
  void maxTokensAndStopSequences_areHonoured() {
    String ask = "'messages': [{'role': 'user', 'content': 'Describe rivers and mountains'}]";
    JsonNode cut = anthropic("{'model': 'claude-sonnet-4-5', 'max_tokens':5," + ask + "}");
    assertThat(cut.path("stop_reason").asString()).isEqualTo("max_tokens");
    assertThat(cut.at("/usage/output_tokens").asLong()).isEqualTo(5);
    JsonNode stopped =
        anthropic(
            "{'model': 'claude-sonnet-4-5', 'max_tokens':500, 'stop_sequences': ['happy'],"
                + ask
                + "}");
    assertThat(stopped.path("stop_reason").asString()).isEqualTo("stop_sequence");
    assertThat(stopped.path("stop_sequence").asString()).isEqualTo("happy");
    JsonNode length = openAi("{'model': 'gpt-4o', 'max_tokens':5," + ask + "}");
    assertThat(length.at("/choices/0/finish_reason").asString()).isEqualTo("length");
    assertThat(length.at("/usage/completion_tokens").asLong()).isEqualTo(5);
    JsonNode tokens =
        gemini(
            "gemini-2.5-flash",
            "{'generationConfig': {'maxOutputTokens':5, 'thinkingConfig': {'thinkingBudget':0}},"
                + "'contents': [{'parts': [{'text': 'Describe rivers and mountains'}]}]}");
    assertThat(tokens.at("/candidates/0/finishReason").asString()).isEqualTo("MAX_TOKENS");
  }

  @Test
  void parallelTools_callTwo_orOneWhereForbidden() {
    String tools =
        "'tools': [{'type': 'function', 'function': {'name': 'get_weather', 'parameters': {'type':"
            + " 'object', 'properties':{'unit': {'type': 'string', 'enum': ['celsius',"
            + " 'fahrenheit']}, 'days': {'type': 'integer', 'minimum':1, 'maximum':7}},'required':"
            + " ['unit', 'days']}}},{'type': 'function', 'function': {'name': 'get_time'}}]";
    String ask = "'messages': [{'role': 'user', 'content': 'Weather and time in celsius please'}]";
    JsonNode both =
        openAi("{'model': 'gpt-4o'," + tools + "," + ask + "}").at("/choices/0/message/tool_calls");
    assertThat(both.size()).isEqualTo(2);
    JsonNode arguments = Caller.JSON.readTree(both.at("/0/function/arguments").asString());
    assertThat(arguments.path("unit").asString()).isEqualTo("celsius");
    assertThat(arguments.path("days").asInt()).isBetween(1, 7);
    JsonNode one =
        openAi("{'model': 'gpt-4o', 'parallel_tool_calls':false," + tools + "," + ask + "}");
    assertThat(one.at("/choices/0/message/tool_calls").size()).isEqualTo(1);
    JsonNode forced =
        openAi(
            "{'model': 'gpt-4o', 'tool_choice': {'type': 'function', 'function': {'name':"
                + " 'get_time'}},"
                + tools
                + ", 'messages': [{'role': 'user', 'content': 'hello'}]}");
    assertThat(forced.at("/choices/0/message/tool_calls/0/function/name").asString())
        .isEqualTo("get_time");
    JsonNode none = openAi("{'model': 'gpt-4o', 'tool_choice': 'none'," + tools + "," + ask + "}");
    assertThat(none.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
  }

  @Test
  void jsonForms_conform() {
    String schema =
        "{'type': 'object', 'properties': {'name': {'type': 'string', 'maxLength':6}, 'count':"
            + " {'type': 'integer'},'tags': {'type': 'array', 'items': {'type': 'string'},"
            + " 'minItems':2}}, 'required': ['name', 'count', 'tags'],"
            + "'additionalProperties':false}";
    JsonNode answer =
        openAi(
            "{'model': 'gpt-4o', 'response_format': {'type': 'json_schema', 'json_schema': {'name':"
                + " 'x','strict':true, 'schema':"
                + schema
                + "}}, 'messages': [{'role': 'user', 'content': 'How much is 6 * 7?'}]}");
    JsonNode json = Caller.JSON.readTree(Caller.text(Simulated.OPENAI, answer));
    assertThat(Recordings.names(json)).containsExactly("count", "name", "tags");
    assertThat(json.path("count").asInt()).isEqualTo(42);
    assertThat(json.path("name").asString()).hasSizeLessThanOrEqualTo(6);
    assertThat(json.path("tags").size()).isEqualTo(2);
    JsonNode gemini =
        gemini(
            "gemini-2.5-flash",
            "{'generationConfig': {'responseMimeType': 'application/json',"
                + " 'responseSchema':{'type': 'OBJECT', 'properties': {'answer': {'type':"
                + " 'STRING'}}, 'required': ['answer']}}, 'contents': [{'parts': [{'text': 'How"
                + " much is 6 * 7?'}]}]}");
    assertThat(
            Caller.JSON.readTree(Caller.text(Simulated.GEMINI, gemini)).path("answer").asString())
        .isEqualTo("42");
  }

  @Test
  void images_areCounted() {
    String image =
        "{'type': 'image', 'source': {'type': 'base64', 'media_type': 'image/png', 'data':"
            + " 'aGk='}}";
    JsonNode answer =
        anthropic(
            "{'model': 'claude-haiku-4-5', 'max_tokens':200, 'messages': [{'role': 'user',"
                + " 'content': ["
                + image
                + ","
                + image
                + ",{'type': 'text', 'text': 'What is this?'}]}]}");
    assertThat(Caller.text(Simulated.ANTHROPIC, answer)).contains("2 images");
    assertThat(answer.at("/usage/input_tokens").asLong()).isGreaterThan(2 * 258);
  }

  @Test
  void reasoning_isCountedApart() {
    JsonNode gpt =
        openAi(
            "{'model': 'gpt-5', 'reasoning_effort': 'high', 'messages': [{'role': 'user',"
                + " 'content': 'What is 6 * 7?'}]}");
    long reasoning = gpt.at("/usage/completion_tokens_details/reasoning_tokens").asLong();
    assertThat(reasoning).isEqualTo(480).isLessThan(gpt.at("/usage/completion_tokens").asLong());
    JsonNode gemini =
        gemini(
            "gemini-2.5-flash",
            "{'generationConfig': {'thinkingConfig':"
                + " {'includeThoughts':true,'thinkingBudget':1024}}, 'contents': [{'parts':"
                + " [{'text': 'What is 6 * 7?'}]}]}");
    assertThat(gemini.at("/candidates/0/content/parts/0/thought").asBoolean()).isTrue();
    JsonNode usage = gemini.path("usageMetadata");
    assertThat(usage.path("thoughtsTokenCount").asLong()).isEqualTo(64);
    assertThat(usage.path("totalTokenCount").asLong())
        .isEqualTo(
            usage.path("promptTokenCount").asLong()
                + usage.path("candidatesTokenCount").asLong()
                + 64);
  }

  @Test
  void geminiThree_wantsItsThoughtSignatureBack() {
    String head =
        "{'tools': [{'functionDeclarations': [{'name': 'get_weather'}]}], 'contents': [{'role':"
            + " 'user', 'parts': [{'text': 'What is the weather?'}]}";
    JsonNode first = gemini("gemini-3-pro-preview", head + "]}");
    JsonNode call = first.at("/candidates/0/content/parts/0");
    assertThat(call.has("thoughtSignature")).isTrue();
    String rest =
        ",{'role': 'model', 'parts': [CALL]},{'role': 'user', 'parts': [{'functionResponse':"
            + " {'name': 'get_weather', 'response': {'result': 'Sunny, 21 degrees'}}}]}]}";
    String path = caller.path(Simulated.GEMINI, "gemini-3-pro-preview", false);
    String body = Caller.json(head + rest);
    assertThat(
            ok(caller.post(Simulated.GEMINI, path, body.replace("CALL", call.toString())))
                .toString())
        .contains("Sunny, 21 degrees");
    String unsigned = "{\"functionCall\":" + call.path("functionCall") + "}";
    Answer missing = caller.post(Simulated.GEMINI, path, body.replace("CALL", unsigned));
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.body()).contains("missing a thought_signature");
    String foreign =
        "{\"functionCall\":" + call.path("functionCall") + ",\"thoughtSignature\":\"Zm9v\"}";
    assertThat(caller.post(Simulated.GEMINI, path, body.replace("CALL", foreign)).body())
        .contains("Corrupted thought signature");
    String skipped = foreign.replace("Zm9v", "skip_thought_signature_validator");
    assertThat(caller.post(Simulated.GEMINI, path, body.replace("CALL", skipped)).status())
        .isEqualTo(200);
  }

  @Test
  void modelRouter_answersAsDifferentModels() {
    var answered = new java.util.TreeSet<String>();
    for (String prompt :
        new String[] {
          "Fix this Java function",
          "What is 3 + 4?",
          "Capitals of Europe",
          "Old lighthouses",
          "A poem"
        }) {
      String body =
          "{\"model\":\"model-router\",\"temperature\":0.5,\"messages\":[{\"role\":\"user\",\"content\":\""
              + prompt
              + "\"}]}";
      answered.add(
          ok(caller.post(Simulated.AZURE, "/openai/v1/chat/completions", body))
              .path("model")
              .asString());
    }
    assertThat(answered)
        .hasSizeGreaterThanOrEqualTo(3)
        .contains("claude-haiku-4-5-20251001", "gpt-5-mini-2025-08-07");
  }

  @Test
  void severalChoices_areSeveralAnswers() {
    JsonNode answer =
        openAi(
            "{'model': 'gpt-4o', 'n':3, 'messages': [{'role': 'user', 'content': 'Describe rivers"
                + " and mountains'}]}");
    assertThat(answer.path("choices").size()).isEqualTo(3);
    assertThat(answer.at("/choices/0/message/content").asString())
        .isNotEqualTo(answer.at("/choices/1/message/content").asString());
    assertThat(answer.at("/choices/2/index").asInt()).isEqualTo(2);
  }
}
