// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.sandbox.Caller.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The Responses API: its shapes and stream beside recorded ones, what it refuses, and what it
/// remembers.
final class ResponsesIT {
  private static final String WEATHER =
      "'tools': [{'type': 'function', 'name': 'get_weather', 'description': 'The weather at a place',"
          + " 'strict': false, 'parameters': {'type': 'object', 'properties': {'location': {'type':"
          + " 'string'}}, 'required': ['location']}}]";
  private static final String STATELESS =
      "'model': 'gpt-5', 'store': false, 'include': ['reasoning.encrypted_content'], ";

  private static Sandbox sandbox;
  private static Caller caller;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.start();
    caller = new Caller(sandbox);
  }

  @AfterEach
  void clear() {
    sandbox.faults().clear();
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  private static Answer ask(Simulated provider, String body) {
    String path = provider == Simulated.AZURE ? "/openai/v1/responses" : "/v1/responses";
    return caller.post(provider, path, Caller.json(body));
  }

  private static Answer ask(String body) {
    return ask(Simulated.OPENAI, body);
  }

  private static ObjectNode good(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return (ObjectNode) answer.json();
  }

  private static List<String> types(JsonNode response) {
    List<String> types = new ArrayList<>();
    response.path("output").forEach(item -> types.add(item.path("type").asString()));
    return types;
  }

  private static Set<String> names(JsonNode node) {
    return new TreeSet<>(node.propertyNames());
  }

  @ParameterizedTest
  @CsvFileSource(resources = "responses-refuses.csv", delimiter = '|', quoteCharacter = '§')
  void refuses(String says, String body) {
    for (Simulated provider : List.of(Simulated.OPENAI, Simulated.AZURE)) {
      Answer answer = ask(provider, body.replace("'M'", "'gpt-4o'"));
      assertThat(answer.status()).as(answer.body()).isEqualTo(400);
      assertThat(answer.json().at("/error/type").asString()).isEqualTo("invalid_request_error");
      assertThat(answer.json().at("/error").has("code")).isTrue();
      assertThat(answer.json().at("/error/message").asString()).contains(says);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openai/v1/responses", "/openai/responses?api-version=2025-04-01-preview"})
  void azureAnswersOnBothPaths(String path) {
    Answer answer =
        caller.post(
            Simulated.AZURE, path, Caller.json("{'model': 'gpt-4o', 'input': 'What is 2 + 2?'}"));
    JsonNode response = good(answer);
    assertThat(response.path("content_filters")).hasSize(2);
    assertThat(response.path("model").asString()).isEqualTo("gpt-4o-2024-08-06");
    assertThat(caller.post(Simulated.AZURE, "/openai/responses", "{}").status()).isEqualTo(404);
  }

  @Test
  void streamLooksLikeTheRecordedOne() {
    List<JsonNode> recorded =
        Recordings.lines("vercel-ai/azure/azure-reasoning-encrypted-content.1.chunks.txt").stream()
            .filter(line -> !line.isBlank())
            .map(Caller.JSON::readTree)
            .toList();
    Answer answer =
        ask(
            Simulated.AZURE,
            "{"
                + STATELESS
                + WEATHER
                + ", 'stream': true, 'reasoning': {'effort': 'high', 'summary': 'detailed'},"
                + " 'input': 'What is the weather in Paris?'}");
    List<JsonNode> events = answer.chunks();
    int firstAnswer = 0;
    while (!recorded.get(firstAnswer).path("type").asString().equals("response.completed")) {
      firstAnswer++;
    }
    List<JsonNode> one = recorded.subList(0, firstAnswer + 1);
    assertThat(folded(events)).isEqualTo(folded(one));
    for (JsonNode event : events) {
      JsonNode like = like(one, event);
      Set<String> members = names(event);
      members.remove("name"); // newer than the recording
      assertThat(members).as(event.path("type").asString()).isEqualTo(names(like));
      assertThat(names(event.path("item"))).isEqualTo(names(like.path("item")));
      assertThat(names(event.path("part"))).isEqualTo(names(like.path("part")));
      assertThat(names(event.path("response"))).containsAll(names(like.path("response")));
    }
    for (int number = 0; number < events.size(); number++) {
      assertThat(events.get(number).path("sequence_number").asInt()).isEqualTo(number);
      assertThat(answer.events().get(number))
          .isEqualTo(events.get(number).path("type").asString());
    }
    assertThat(answer.body()).doesNotContain("[DONE]");
  }

  private static List<String> folded(List<JsonNode> events) {
    List<String> folded = new ArrayList<>();
    for (JsonNode event : events) {
      String type = event.path("type").asString();
      if (folded.isEmpty() || !folded.getLast().equals(type)) {
        folded.add(type);
      }
    }
    return folded;
  }

  /// The recorded event of the same type, about an item of the same type.
  private static JsonNode like(List<JsonNode> recorded, JsonNode event) {
    return recorded.stream()
        .filter(known -> known.path("type").equals(event.path("type")))
        .filter(known -> known.at("/item/type").equals(event.at("/item/type")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void streamAndWholeAnswerSayTheSame() {
    String body = "'model': 'gpt-4o', 'input': 'What is 6 * 7?'}";
    JsonNode whole = good(ask("{" + body));
    List<JsonNode> events = ask("{'stream': true, " + body).chunks();
    String text = whole.at("/output/0/content/0/text").asString();
    StringBuilder deltas = new StringBuilder();
    events.stream()
        .filter(event -> event.path("type").asString().equals("response.output_text.delta"))
        .forEach(event -> deltas.append(event.path("delta").asString()));
    assertThat(deltas.toString()).isEqualTo(text);
    JsonNode last = events.getLast().path("response");
    assertThat(last.at("/output/0/content")).isEqualTo(whole.at("/output/0/content"));
    assertThat(last.path("usage")).isEqualTo(whole.path("usage"));
    assertThat(names(last)).isEqualTo(names(whole));
  }

  @Test
  void reasoningGoesRoundSealed_andOnlyUnaltered() {
    ArrayNode history = Caller.JSON.createArrayNode();
    history.addObject().put("role", "user").put("content", "What is the weather in Paris?");
    ObjectNode request = (ObjectNode) Caller.JSON.readTree(Caller.json("{" + STATELESS + WEATHER + "}"));
    request.set("input", history);
    JsonNode first = good(ask(request.toString()));
    assertThat(types(first)).containsExactly("reasoning", "function_call");
    assertThat(first.at("/output/0/encrypted_content").asString()).startsWith("gAAAAA");
    assertThat(first.at("/output/0/summary")).isEmpty();

    first.path("output").forEach(history::add);
    history
        .addObject()
        .put("type", "function_call_output")
        .put("call_id", first.at("/output/1/call_id").asString())
        .put("output", "18 degrees");
    assertThat(text(good(ask(request.toString())))).contains("18 degrees");

    Answer elsewhere = ask(Simulated.AZURE, request.toString());
    assertThat(elsewhere.json().at("/error/code").asString()).isEqualTo("invalid_encrypted_content");

    ObjectNode reasoning = (ObjectNode) history.get(1);
    String sealed = reasoning.path("encrypted_content").asString();
    reasoning.put("encrypted_content", sealed.substring(0, sealed.length() - 8) + "AAAAAAA=");
    Answer altered = ask(request.toString());
    assertThat(altered.status()).isEqualTo(400);
    assertThat(altered.json().at("/error/code").asString()).isEqualTo("invalid_encrypted_content");

    reasoning.remove("encrypted_content");
    Answer byId = ask(request.toString());
    assertThat(byId.status()).isEqualTo(404);
    assertThat(byId.body()).contains("Items are not persisted when `store` is set to false.");

    history.remove(1);
    Answer without = ask(request.toString());
    assertThat(without.status()).isEqualTo(400);
    assertThat(without.body())
        .contains("of type 'function_call' was provided without its required 'reasoning' item: 'rs_");
  }

  private static String text(JsonNode response) {
    for (JsonNode item : response.path("output")) {
      if (item.path("type").asString().equals("message")) {
        return item.at("/content/0/text").asString();
      }
    }
    return "";
  }

  @Test
  void reasoningWithNothingBehindIt_isRefused() {
    JsonNode first = good(ask("{" + STATELESS + "'input': 'What is 2 + 3?'}"));
    ObjectNode request = (ObjectNode) Caller.JSON.readTree(Caller.json("{" + STATELESS + "'x': 1}"));
    request.remove("x");
    ArrayNode input = request.putArray("input");
    input.add(first.at("/output/0"));
    input.addObject().put("role", "user").put("content", "And 3 + 4?");
    Answer answer = ask(request.toString());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("was provided without its required following item.");
  }

  @Test
  void storedResponsesAreRemembered_othersAreNot() {
    String asking = "{'model': 'gpt-4o', 'input': 'What is the weather in Paris?'," + WEATHER + "}";
    JsonNode stored = good(ask(asking));
    String callId = stored.at("/output/0/call_id").asString();
    String output = "{'type': 'function_call_output', 'call_id': '" + callId + "', 'output': 'rain'}";
    String on =
        "{'model': 'gpt-4o', 'previous_response_id': '"
            + stored.path("id").asString()
            + "', 'input': ["
            + output
            + "]}";
    assertThat(text(good(ask(on)))).contains("rain");
    String referring =
        "{'model': 'gpt-4o', 'input': [{'role': 'user', 'content': 'x'}, {'type': 'item_reference',"
            + " 'id': '"
            + stored.at("/output/0/id").asString()
            + "'}, "
            + output
            + "]}";
    assertThat(text(good(ask(referring)))).contains("rain");

    JsonNode lost = good(ask("{'model': 'gpt-4o', 'store': false, 'input': 'hello'}"));
    Answer reference =
        ask(
            "{'model': 'gpt-4o', 'store': false, 'input': [{'type': 'item_reference', 'id': '"
                + lost.at("/output/0/id").asString()
                + "'}]}");
    assertThat(reference.status()).isEqualTo(404);
    assertThat(reference.body()).contains("not found. Items are not persisted when `store`");
  }

  @Test
  void answersEndIncompleteOrFailed() {
    JsonNode cut = good(ask("{'model': 'gpt-4o', 'input': 'Describe rivers', 'max_output_tokens': 16}"));
    assertThat(cut.path("status").asString()).isEqualTo("incomplete");
    assertThat(cut.at("/incomplete_details/reason").asString()).isEqualTo("max_output_tokens");
    assertThat(cut.at("/output/0/status").asString()).isEqualTo("incomplete");

    sandbox.faults().on(Simulated.OPENAI).once().contentFilterInAnswer();
    List<JsonNode> filtered =
        ask("{'model': 'gpt-4o', 'input': 'Describe rivers', 'stream': true}").chunks();
    assertThat(filtered.getLast().path("type").asString()).isEqualTo("response.incomplete");
    assertThat(filtered.getLast().at("/response/incomplete_details/reason").asString())
        .isEqualTo("content_filter");

    sandbox.faults().on(Simulated.OPENAI).once().errorEventAfter(5);
    List<JsonNode> failed =
        ask("{'model': 'gpt-4o', 'input': 'Describe rivers', 'stream': true}").chunks();
    JsonNode last = failed.getLast();
    assertThat(last.path("type").asString()).isEqualTo("response.failed");
    assertThat(last.path("sequence_number").asInt()).isEqualTo(5);
    assertThat(last.at("/response/status").asString()).isEqualTo("failed");
    assertThat(last.at("/response/error/code").asString()).isEqualTo("server_error");
    assertThat(last.at("/response/id")).isEqualTo(failed.getFirst().at("/response/id"));

    sandbox.faults().on(Simulated.OPENAI).once().errorEventAfter(0);
    JsonNode first =
        ask("{'model': 'gpt-4o', 'input': 'Describe rivers', 'stream': true}").chunks().getFirst();
    assertThat(first.path("type").asString()).isEqualTo("error");
  }

  @Test
  void formIsKept_andParallelCallsAreMade() {
    JsonNode formed =
        good(
            ask(
                "{'model': 'gpt-4o', 'input': 'What is 2 + 2?', 'text': {'format': {'type':"
                    + " 'json_schema', 'name': 'sum', 'strict': true, 'schema': {'type': 'object',"
                    + " 'properties': {'result': {'type': 'integer'}}, 'required': ['result'],"
                    + " 'additionalProperties': false}}}}"));
    assertThat(Caller.JSON.readTree(text(formed)).path("result").isIntegralNumber()).isTrue();
    assertThat(formed.at("/text/format/name").asString()).isEqualTo("sum");
    String two =
        WEATHER.replace("}}]", "}}, {'type': 'function', 'name': 'get_time', 'description': 'The"
            + " time at a place'}]");
    assertThat(two).contains("get_time");
    String body = "'model': 'gpt-4o', 'input': 'Tell me get_weather and get_time of Oslo', ";
    assertThat(types(good(ask("{" + body + two + "}"))))
        .containsExactly("function_call", "function_call");
    assertThat(types(good(ask("{" + body + "'parallel_tool_calls': false, " + two + "}"))))
        .containsExactly("function_call");
  }

  @Test
  void newestModelsTakeToolsWithReasoningHereOnly() {
    String chat =
        "{'model': 'gpt-5.6-terra', 'messages': [{'role': 'user', 'content': 'What is the weather in"
            + " Oslo?'}], 'tools': [{'type': 'function', 'function': {'name': 'get_weather'}}]%s}";
    Answer refused =
        caller.post(Simulated.OPENAI, "/v1/chat/completions", Caller.json(chat.formatted("")));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/error/message").asString())
        .isEqualTo(
            "Function tools with reasoning_effort are not supported for gpt-5.6-terra in"
                + " /v1/chat/completions. To use function tools, use /v1/responses or set"
                + " reasoning_effort to 'none'.");
    String without = chat.formatted(", 'reasoning_effort': 'none'");
    good(caller.post(Simulated.OPENAI, "/v1/chat/completions", Caller.json(without)));
    JsonNode here =
        good(ask("{'model': 'gpt-5.6-terra', 'input': 'What is the weather in Oslo?', " + WEATHER + "}"));
    assertThat(types(here)).containsExactly("reasoning", "function_call");
  }

  @Test
  void someModelsAreCalledHereOnly() {
    String chat = "{'model': 'gpt-5-codex', 'messages': [{'role': 'user', 'content': 'Hello'}]}";
    Answer refused = caller.post(Simulated.OPENAI, "/v1/chat/completions", Caller.json(chat));
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.json().at("/error/message").asString())
        .isEqualTo("This model is only supported in v1/responses and not in v1/chat/completions.");
    Answer atAzure = caller.post(Simulated.AZURE, "/openai/v1/chat/completions", Caller.json(chat));
    assertThat(atAzure.status()).isEqualTo(400);
    assertThat(atAzure.json().at("/error/code").asString()).isEqualTo("OperationNotSupported");
    good(ask("{'model': 'gpt-5-codex', 'input': 'Hello'}"));
  }

  @Test
  void countIsTheInputOfTheAnswer() {
    String body = "{'model': 'gpt-4o', 'instructions': 'Be brief.', 'input': 'Hello there', " + WEATHER + "}";
    for (Simulated provider : List.of(Simulated.OPENAI, Simulated.AZURE)) {
      JsonNode answered = good(ask(provider, body));
      String path = provider == Simulated.AZURE ? "/openai/v1" : "/v1";
      JsonNode counted =
          good(caller.post(provider, path + "/responses/input_tokens", Caller.json(body)));
      assertThat(counted.path("object").asString()).isEqualTo("response.input_tokens");
      assertThat(counted.path("input_tokens")).isEqualTo(answered.at("/usage/input_tokens"));
    }
  }
}
