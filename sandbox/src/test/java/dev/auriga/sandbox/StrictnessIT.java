// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.sandbox.Caller.Answer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/// What each provider refuses, as its own error. The tables are files beside this class: what the
/// error says, then the body, written with single quotes.
final class StrictnessIT {
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

  @ParameterizedTest
  @CsvFileSource(resources = "anthropic-refuses.csv", delimiter = '|', quoteCharacter = '§')
  void anthropicRefuses(String says, String body) {
    for (Simulated provider : new Simulated[] {Simulated.ANTHROPIC, Simulated.FOUNDRY}) {
      String written = Caller.json(body).replace("\"M\"", "\"claude-sonnet-4-5\"");
      Answer answer = caller.post(provider, caller.path(provider, "", false), written);
      assertThat(answer.status()).as(answer.body()).isEqualTo(400);
      assertThat(answer.json().path("type").asString()).isEqualTo("error");
      assertThat(answer.json().at("/error/type").asString()).isEqualTo("invalid_request_error");
      assertThat(answer.body()).contains(says);
      assertThat(answer.json().path("request_id").asString())
          .isEqualTo(answer.header("request-id"));
    }
  }

  @ParameterizedTest
  @CsvFileSource(resources = "newer-claude-refuses.csv", delimiter = '|', quoteCharacter = '§')
  void newerClaudeRefuses(String says, String body) {
    Answer answer = caller.post(Simulated.ANTHROPIC, "/v1/messages", Caller.json(body));
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains(says);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "openai-refuses.csv", delimiter = '|', quoteCharacter = '§')
  void openAiRefuses(String says, String body) {
    for (Simulated provider : new Simulated[] {Simulated.OPENAI, Simulated.AZURE}) {
      String written = Caller.json(body).replace("\"M\"", "\"gpt-4o\"");
      Answer answer = caller.post(provider, caller.path(provider, "", false), written);
      assertThat(answer.status()).as(answer.body()).isEqualTo(400);
      assertThat(answer.json().at("/error/type").asString()).isEqualTo("invalid_request_error");
      assertThat(answer.json().at("/error").has("code")).isTrue();
      assertThat(answer.json().at("/error/message").asString()).contains(says);
    }
  }

  @ParameterizedTest
  @CsvFileSource(resources = "gemini-refuses.csv", delimiter = '|', quoteCharacter = '§')
  void geminiRefuses(String says, String body) {
    Answer answer =
        caller.post(
            Simulated.GEMINI,
            caller.path(Simulated.GEMINI, "gemini-2.5-flash", false),
            Caller.json(body));
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().at("/error/status").asString()).isEqualTo("INVALID_ARGUMENT");
    assertThat(answer.body()).contains(says);
  }

  @Test
  void geminiTakesSnakeCaseToo() {
    String body =
        Caller.json(
            "{'system_instruction': {'parts': [{'text': 'be brief'}]}, 'generation_config':"
                + " {'max_output_tokens':50, 'thinking_config': {'thinking_budget':0}}, 'contents':"
                + " [{'parts': [{'text': 'What is 2 + 2?'}]}]}");
    Answer answer =
        caller.post(
            Simulated.GEMINI, caller.path(Simulated.GEMINI, "gemini-2.5-flash", false), body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().at("/usageMetadata").has("thoughtsTokenCount")).isFalse();
  }

  @Test
  void contextTooLong_namesTheCounts() {
    String tooLong = "word ".repeat(200_000);
    assertThat(caller.ask(Simulated.ANTHROPIC, tooLong, false).body())
        .contains("tokens > 200000 maximum");
    assertThat(caller.ask(Simulated.OPENAI, tooLong, false).json().at("/error/code").asString())
        .isEqualTo("context_length_exceeded");
    Answer gemini = caller.ask(Simulated.GEMINI, "word ".repeat(900_000), false);
    assertThat(gemini.body()).contains("exceeds the maximum number of tokens allowed (1048576)");
  }

  @ParameterizedTest
  @CsvSource({
    "ANTHROPIC, x-api-key, wrong, 401, authentication_error",
    "ANTHROPIC, '', '', 401, authentication_error",
    "ANTHROPIC, authorization, Bearer wrong, 401, authentication_error",
    "FOUNDRY, api-key, wrong, 401, Access denied",
    "FOUNDRY, authorization, Bearer wrong, 401, Access denied",
    "OPENAI, authorization, Bearer wrong, 401, invalid_api_key",
    "OPENAI, '', '', 401, provide an API key",
    "AZURE, api-key, wrong, 401, Access denied",
    "AZURE, '', '', 401, Access denied",
    "GEMINI, x-goog-api-key, wrong, 400, API_KEY_INVALID",
    "GEMINI, '', '', 403, PERMISSION_DENIED"
  })
  void wrongOrMissingCredential_isRefused(
      Simulated provider, String header, String value, int status, String says) {
    Map<String, String> headers = new HashMap<>(Map.of("anthropic-version", "2023-06-01"));
    if (!header.isEmpty()) {
      headers.put(header, value);
    }
    String body = Caller.simple(provider, "hi", false);
    Answer answer =
        caller.post(provider, caller.path(provider, Caller.model(provider), false), body, headers);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).contains(says);
  }

  @Test
  void credentialsThatFit() {
    String foundryKey = sandbox.key(Simulated.FOUNDRY);
    String azureKey = sandbox.key(Simulated.AZURE);
    String entra = "Bearer " + sandbox.entraToken();
    accepted(Simulated.ANTHROPIC, "authorization", "Bearer " + sandbox.key(Simulated.ANTHROPIC));
    accepted(Simulated.FOUNDRY, "api-key", foundryKey);
    accepted(Simulated.FOUNDRY, "authorization", entra);
    accepted(Simulated.AZURE, "authorization", "Bearer " + azureKey);
    accepted(Simulated.AZURE, "authorization", entra);
    String path =
        "/v1beta/models/gemini-2.5-flash:generateContent?key=" + sandbox.key(Simulated.GEMINI);
    assertThat(
            caller
                .post(
                    Simulated.GEMINI, path, Caller.simple(Simulated.GEMINI, "hi", false), Map.of())
                .status())
        .isEqualTo(200);
  }

  private void accepted(Simulated provider, String header, String value) {
    Answer answer =
        caller.post(
            provider,
            caller.path(provider, "", false),
            Caller.simple(provider, "hi", false),
            Map.of("anthropic-version", "2023-06-01", header, value));
    assertThat(answer.status()).as(provider + " " + header).isEqualTo(200);
  }

  @Test
  void anthropicRefusesTwoCredentials_andAMissingVersion() {
    String key = sandbox.key(Simulated.ANTHROPIC);
    String body = Caller.simple(Simulated.ANTHROPIC, "hi", false);
    Map<String, String> both =
        Map.of(
            "x-api-key", key, "authorization", "Bearer " + key, "anthropic-version", "2023-06-01");
    assertThat(caller.post(Simulated.ANTHROPIC, "/v1/messages", body, both).status())
        .isEqualTo(401);
    Answer unversioned =
        caller.post(Simulated.ANTHROPIC, "/v1/messages", body, Map.of("x-api-key", key));
    assertThat(unversioned.status()).isEqualTo(400);
    assertThat(unversioned.body()).contains("anthropic-version: header is required");
    assertThat(caller.post(Simulated.ANTHROPIC, "/v1/messages?beta=true", body).status())
        .isEqualTo(200);
  }

  @Test
  void fieldOfABeta_isUnknownWithoutIt() {
    String body =
        Caller.simple(Simulated.FOUNDRY, "hi", false)
            .replaceFirst(
                "\\{",
                "{\"context_management\": {\"edits\": [{\"type\": \"clear_thinking_20251015\"}]},");
    Map<String, String> headers = new HashMap<>(caller.credentials(Simulated.FOUNDRY));
    String path = "/anthropic/v1/messages";
    assertThat(caller.post(Simulated.FOUNDRY, path, body, headers).body())
        .contains("context_management: Extra inputs are not permitted");
    headers.put("anthropic-beta", "claude-code-20250219, context-management-2025-06-27");
    assertThat(caller.post(Simulated.FOUNDRY, path, body, headers).status()).isEqualTo(200);
    String unknown = body.replace("clear_thinking_20251015", "clear_all");
    assertThat(caller.post(Simulated.FOUNDRY, path, unknown, headers).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "ANTHROPIC, not_found_error",
    "FOUNDRY, DeploymentNotFound",
    "OPENAI, model_not_found",
    "AZURE, DeploymentNotFound",
    "GEMINI, NOT_FOUND"
  })
  void unknownModel_isA404(Simulated provider, String says) {
    String body = Caller.simple(provider, "hi", false).replace(Caller.model(provider), "nobody-9");
    Answer answer = caller.post(provider, caller.path(provider, "nobody-9", false), body);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).contains(says);
  }

  @Test
  void azureClassicPath_wantsAnApiVersion() {
    String body = Caller.simple(Simulated.AZURE, "hi", false);
    String path = "/openai/deployments/gpt-4o/chat/completions";
    assertThat(caller.post(Simulated.AZURE, path + "?api-version=2024-10-21", body).status())
        .isEqualTo(200);
    assertThat(caller.post(Simulated.AZURE, path, body).status()).isEqualTo(404);
    assertThat(caller.post(Simulated.AZURE, path + "?api-version=soon", body).status())
        .isEqualTo(400);
    Answer unknown =
        caller.post(
            Simulated.AZURE, "/openai/deployments/x/chat/completions?api-version=2024-10-21", body);
    assertThat(unknown.json().at("/error/code").asString()).isEqualTo("DeploymentNotFound");
  }

  @Test
  void foundryHasNoModelsApi_andRefusesInferenceGeo() {
    var headers = caller.credentials(Simulated.FOUNDRY);
    var address = sandbox.address(Simulated.FOUNDRY);
    assertThat(caller.get(address.resolve("/anthropic/v1/models"), headers).status())
        .isEqualTo(404);
    assertThat(caller.get(address.resolve("/v1/messages"), headers).status()).isEqualTo(404);
    String body =
        Caller.simple(Simulated.FOUNDRY, "hi", false)
            .replaceFirst("\\{", "{\"inference_geo\":\"us\",");
    assertThat(caller.post(Simulated.FOUNDRY, "/anthropic/v1/messages", body).body())
        .contains("inference_geo");
  }

  @ParameterizedTest
  @CsvSource({
    "ANTHROPIC, /v1/models, claude-sonnet-4-5-20250929", "OPENAI, /v1/models, gpt-4o-2024-08-06",
    "GEMINI, /v1beta/models, models/gemini-2.5-pro",
        "ANTHROPIC, /v1/models/claude-haiku-4-5, claude-haiku-4-5-20251001",
    "OPENAI, /v1/models/gpt-5, gpt-5", "GEMINI, /v1beta/models/gemini-2.5-flash, inputTokenLimit"
  })
  void modelsAreListed(Simulated provider, String path, String says) {
    Answer answer =
        caller.get(sandbox.address(provider).resolve(path), caller.credentials(provider));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains(says);
  }
}
