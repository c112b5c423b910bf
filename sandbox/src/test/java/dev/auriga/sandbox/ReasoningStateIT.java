// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.sandbox.Caller.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reasoning of Claude and Gemini on its way back: taken where it is the service's own and in its
/// place, refused in the service's words where it is not. That of OpenAI is in [ResponsesIT].
final class ReasoningStateIT {
  private static final String REDACTS =
      " ANTHROPIC_MAGIC_STRING_TRIGGER_REDACTED_THINKING_46C9A13E193C177646C7398A98432ECCCE4C1253D5E2D8"
          + "2641AC0E52CC2876CB";

  private static Sandbox sandbox;
  private static Caller caller;

  private ObjectNode request;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.start();
    caller = new Caller(sandbox);
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @BeforeEach
  void ask() {
    request =
        (ObjectNode)
            Caller.JSON.readTree(
                Caller.json(
                    "{'model': 'claude-sonnet-4-5', 'max_tokens': 4000, 'thinking': {'type': 'enabled',"
                        + " 'budget_tokens': 1024}, 'tools': [{'name': 'get_weather', 'input_schema':"
                        + " {'type': 'object', 'properties': {'location': {'type': 'string'}},"
                        + " 'required': ['location']}}], 'messages': [{'role': 'user', 'content': 'What"
                        + " is the weather in Paris?'}]}"));
  }

  private Answer send(Simulated provider) {
    return caller.post(provider, caller.path(provider, "", false), request.toString());
  }

  private ArrayNode messages() {
    return (ArrayNode) request.path("messages");
  }

  /// Lets the model call its tool, and gives it the result; the call's turn may be changed before
  /// the next request.
  private ArrayNode called(Simulated provider) {
    Answer answer = send(provider);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    ArrayNode content = (ArrayNode) answer.json().path("content");
    messages().addObject().put("role", "assistant").set("content", content);
    JsonNode call = content.get(content.size() - 1);
    assertThat(call.path("type").asString()).isEqualTo("tool_use");
    messages()
        .addObject()
        .put("role", "user")
        .putArray("content")
        .addObject()
        .put("type", "tool_result")
        .put("tool_use_id", call.path("id").asString())
        .put("content", "rain");
    return content;
  }

  private static void refused(Answer answer, String message) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().at("/error/message").asString()).contains(message);
  }

  @ParameterizedTest
  @EnumSource(names = {"ANTHROPIC", "FOUNDRY"})
  void thinkingGoesRound_unalteredOnly(Simulated provider) {
    ArrayNode turn = called(provider);
    assertThat(turn.get(0).path("type").asString()).isEqualTo("thinking");
    Answer on = send(provider);
    assertThat(on.status()).as(on.body()).isEqualTo(200);
    assertThat(on.json().at("/content/0/type").asString()).isEqualTo("thinking");
    assertThat(on.body()).contains("rain");

    ObjectNode thinking = (ObjectNode) turn.get(0);
    thinking.put("thinking", thinking.path("thinking").asString() + " ");
    refused(send(provider), "messages.1.content.0: Invalid `signature` in `thinking` block");
  }

  @Test
  void toolCallWithoutItsThinking_isRefusedWhereThereIsABudget() {
    ArrayNode turn = called(Simulated.ANTHROPIC);
    turn.remove(0);
    refused(
        send(Simulated.ANTHROPIC),
        "messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found"
            + " `tool_use`. When `thinking` is enabled, a final `assistant` message must start with a"
            + " thinking block");

    request.remove("thinking");
    assertThat(send(Simulated.ANTHROPIC).status()).isEqualTo(200);
  }

  @Test
  void toolCallWithoutItsThinking_turnsAdaptiveThinkingOff() {
    request.put("model", "claude-opus-5-5");
    request.putObject("thinking").put("type", "adaptive");
    ArrayNode turn = called(Simulated.ANTHROPIC);
    assertThat(turn.get(0).path("thinking").asString()).isEmpty();
    assertThat(turn.get(0).path("signature").asString()).isNotEmpty();
    turn.remove(0);
    Answer answer = send(Simulated.ANTHROPIC);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().at("/content/0/type").asString()).isEqualTo("text");
  }

  @Test
  void thinkingOfTheNewestModelsIsBoundToItsConversation() {
    request.put("model", "claude-opus-5-5");
    request.putObject("thinking").put("type", "adaptive").put("display", "summarized");
    called(Simulated.FOUNDRY);
    assertThat(send(Simulated.FOUNDRY).status()).isEqualTo(200);

    request.put("system", "Be brief.");
    refused(
        send(Simulated.FOUNDRY),
        "messages.1.content.0: Invalid `signature` in `thinking` block. The block is bound to a"
            + " different conversation");
    request.put("model", "claude-sonnet-4-5").remove("thinking");
    assertThat(send(Simulated.FOUNDRY).status()).isEqualTo(200);
  }

  @Test
  void laterStepsOfALoopNeedNoThinkingOfTheirOwn() {
    called(Simulated.ANTHROPIC);
    ArrayNode messages = messages();
    messages
        .addObject()
        .put("role", "assistant")
        .putArray("content")
        .addObject()
        .put("type", "tool_use")
        .put("id", "toolu_second")
        .put("name", "get_weather")
        .putObject("input");
    messages
        .addObject()
        .put("role", "user")
        .putArray("content")
        .addObject()
        .put("type", "tool_result")
        .put("tool_use_id", "toolu_second")
        .put("content", "sun");
    assertThat(send(Simulated.ANTHROPIC).status()).isEqualTo(200);
  }

  @Test
  void redactedThinkingGoesRound_unalteredOnly() {
    ((ObjectNode) messages().get(0)).put("content", "What is the weather in Paris?" + REDACTS);
    ArrayNode turn = called(Simulated.ANTHROPIC);
    ObjectNode redacted = (ObjectNode) turn.get(0);
    assertThat(redacted.path("type").asString()).isEqualTo("redacted_thinking");
    assertThat(send(Simulated.ANTHROPIC).status()).isEqualTo(200);

    redacted.put("data", redacted.path("data").asString().replaceFirst("^Ej.", "Ej0x"));
    refused(
        send(Simulated.ANTHROPIC), "messages.1.content.0: Invalid `data` in `redacted_thinking` block");
  }

  @Test
  void geminiWantsTheSignatureOfTheCurrentTurn() {
    String path = caller.path(Simulated.GEMINI, "gemini-3-pro-preview", false);
    ObjectNode body =
        (ObjectNode)
            Caller.JSON.readTree(
                Caller.json(
                    "{'tools': [{'functionDeclarations': [{'name': 'get_weather', 'parameters':"
                        + " {'type': 'OBJECT', 'properties': {'location': {'type': 'STRING'}}}}]}],"
                        + " 'contents': [{'role': 'user', 'parts': [{'text': 'What is the weather in"
                        + " Paris?'}]}]}"));
    JsonNode first = caller.post(Simulated.GEMINI, path, body.toString()).json();
    ObjectNode turn = (ObjectNode) first.at("/candidates/0/content");
    ArrayNode contents = (ArrayNode) body.path("contents");
    contents.add(turn);
    contents.add(
        Caller.JSON.readTree(
            Caller.json(
                "{'role': 'user', 'parts': [{'functionResponse': {'name': 'get_weather', 'response':"
                    + " {'result': 'rain'}}}]}")));
    assertThat(caller.post(Simulated.GEMINI, path, body.toString()).status()).isEqualTo(200);

    ObjectNode part = (ObjectNode) turn.at("/parts/0");
    String signature = part.path("thoughtSignature").asString();
    part.put("thoughtSignature", "Zm9yZWlnbg==");
    refused(
        caller.post(Simulated.GEMINI, path, body.toString()), "Corrupted thought signature.");
    part.remove("thoughtSignature");
    refused(
        caller.post(Simulated.GEMINI, path, body.toString()),
        "Function call is missing a thought_signature in functionCall parts.");

    part.put("thoughtSignature", signature);
    contents.addObject().put("role", "model").putArray("parts").addObject().put("text", "Rain.");
    contents.addObject().put("role", "user").putArray("parts").addObject().put("text", "Thanks!");
    part.remove("thoughtSignature");
    assertThat(caller.post(Simulated.GEMINI, path, body.toString()).status()).isEqualTo(200);
  }
}
