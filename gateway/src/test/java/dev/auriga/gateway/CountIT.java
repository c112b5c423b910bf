// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.dialect.Json;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CountIT {
  private static final String IMAGE =
      "iVBORw0KGgoAAAANSUhEUgAAAyAAAAJYCAIAAAD0";
  private static final String ANTHROPIC_BODY =
      "{\"model\":\"%s\",\"system\":\"Be brief.\",\"messages\":[{\"role\":\"user\",\"content\":\"Weather in Lucca?\"}],"
          + "\"tools\":[{\"name\":\"weather\",\"input_schema\":{\"type\":\"object\"}}]}";
  private static final String GEMINI_BODY =
      "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Weather in Lucca?\"}]}]}";
  private static final String RESPONSES_BODY = "{\"model\":\"%s\",\"input\":\"Weather in Lucca?\"}";

  private ScriptedRig rig;

  @BeforeAll
  void start() {
    rig = new ScriptedRig();
    rig.on("/a/v1/messages/count_tokens", 200, "{\"input_tokens\":31}");
    rig.on("/f/anthropic/v1/messages/count_tokens", 200, "{\"input_tokens\":32}");
    rig.on("/o/v1/responses/input_tokens", 200, "{\"object\":\"response.input_tokens\",\"input_tokens\":33}");
    rig.on("/g/v1beta/models/gemini-2.5-pro:countTokens", 200, "{\"totalTokens\":34}");
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private HttpResponse<String> asked(String client, String route) throws Exception {
    return switch (client) {
      case "anthropic" -> rig.post("/v1/messages/count_tokens?beta=true", ANTHROPIC_BODY.formatted(route));
      case "gemini" -> rig.post("/v1beta/models/%s:countTokens".formatted(route), GEMINI_BODY);
      case "responses" -> rig.post("/v1/responses/input_tokens", RESPONSES_BODY.formatted(route));
      default -> throw new IllegalArgumentException(client);
    };
  }

  private static long tokens(String client, HttpResponse<String> response) {
    JsonNode body = Json.read(response.body());
    return body.path(client.equals("gemini") ? "totalTokens" : "input_tokens").asLong(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic, claude, 31", "anthropic, claude-foundry, 32", "anthropic, gpt, 33", "anthropic, gemini, 34",
    "gemini, claude, 31", "gemini, claude-foundry, 32", "gemini, gpt, 33", "gemini, gemini, 34",
    "responses, claude, 31", "responses, claude-foundry, 32", "responses, gpt, 33", "responses, gemini, 34",
  })
  void theProviderIsAsked_inItsOwnDialect(String client, String route, long tokens) throws Exception {
    HttpResponse<String> response = asked(client, route);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(tokens(client, response)).isEqualTo(tokens);
    assertThat(response.headers().firstValue("x-auriga-estimated")).isEmpty();
    assertThat(response.headers().firstValue("x-auriga-served-by")).hasValue(route);
    assertThat(response.headers().firstValue("x-auriga-attempts")).hasValue("1");
  }

  @Test
  void inOneDialect_theClientsBytesGoOn_withTheModelAlone() throws Exception {
    String body = ANTHROPIC_BODY.formatted("claude").replace("\"system\"", "\"new_field\": 1.50,  \"system\"");
    rig.post("/v1/messages/count_tokens", body, "anthropic-beta", "token-counting-2024-11-01");
    ScriptedRig.Seen seen = rig.seen("/a/v1/messages/count_tokens");
    assertThat(seen.body()).isEqualTo(body.replace("\"claude\"", "\"claude-sonnet-4-5\""));
    assertThat(seen.head()).containsIgnoringCase("anthropic-beta: token-counting-2024-11-01");
    assertThat(seen.head()).contains("x-api-key: " + ScriptedRig.UPSTREAM_KEY).doesNotContain(ScriptedRig.KEY);
  }

  @Test
  void translated_theQuestionHasInstructionsAndTools() throws Exception {
    asked("anthropic", "gemini");
    JsonNode whole =
        Json.read(rig.seen("/g/v1beta/models/gemini-2.5-pro:countTokens").body()).path("generateContentRequest");
    assertThat(whole.path("model").stringValue()).isEqualTo("models/gemini-2.5-pro");
    assertThat(whole.path("systemInstruction").toString()).contains("Be brief.");
    assertThat(whole.path("tools").toString()).contains("weather");
  }

  @ParameterizedTest
  @CsvSource({"anthropic, local", "gemini, local", "responses, local", "anthropic, gpt-azure"})
  void whereNoProviderCounts_itIsEstimated_andSaysSo(String client, String route) throws Exception {
    int before = rig.requests();
    HttpResponse<String> response = asked(client, route);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(tokens(client, response)).isBetween(5L, 60L);
    assertThat(response.headers().firstValue("x-auriga-estimated")).hasValue("true");
    assertThat(response.headers().firstValue("x-auriga-served-by")).hasValue(route);
    assertThat(rig.requests()).as("nobody was asked").isEqualTo(before);
  }

  @Test
  void anEstimateIncludesImages() throws Exception {
    String image =
        "{\"model\":\"local\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":"
            + "{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"%s\"}}]}]}".formatted(IMAGE);
    HttpResponse<String> response = rig.post("/v1/messages/count_tokens", image);
    assertThat(tokens("anthropic", response)).as("800 by 600: four tiles").isEqualTo(85 + 4 * 170 + 7);
  }

  /// A question of that client's with an instruction, a tool and an image, each of which is told apart.
  private static String richQuestion(String client, String route) {
    return switch (client) {
      case "anthropic" ->
          """
          {"model":"%s","system":"Be brief.","tools":[{"name":"weather","input_schema":{"type":"object"}}],
           "messages":[{"role":"user","content":[{"type":"text","text":"What is this?"},{"type":"image",
             "source":{"type":"base64","media_type":"image/png","data":"%s"}}]}]}"""
              .formatted(route, IMAGE);
      case "gemini" ->
          """
          {"generateContentRequest":{"systemInstruction":{"parts":[{"text":"Be brief."}]},
           "tools":[{"functionDeclarations":[{"name":"weather"}]}],
           "contents":[{"role":"user","parts":[{"text":"What is this?"},
             {"inlineData":{"mimeType":"image/png","data":"%s"}}]}]}}"""
              .formatted(IMAGE);
      default ->
          """
          {"model":"%s","instructions":"Be brief.",
           "tools":[{"type":"function","name":"weather","parameters":{"type":"object"},"strict":false}],
           "input":[{"role":"user","content":[{"type":"input_text","text":"What is this?"},
             {"type":"input_image","detail":"auto","image_url":"data:image/png;base64,%s"}]}]}"""
              .formatted(route, IMAGE);
    };
  }

  private HttpResponse<String> askedRichly(String client, String route) throws Exception {
    return rig.post(countPath(client, route), richQuestion(client, route));
  }

  private static String countPath(String client, String route) {
    return switch (client) {
      case "anthropic" -> "/v1/messages/count_tokens";
      case "gemini" -> "/v1beta/models/%s:countTokens".formatted(route);
      default -> "/v1/responses/input_tokens";
    };
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic, claude, /a/v1/messages/count_tokens", "anthropic, gpt, /o/v1/responses/input_tokens",
    "anthropic, gemini, /g/v1beta/models/gemini-2.5-pro:countTokens",
    "gemini, claude, /a/v1/messages/count_tokens", "gemini, gpt, /o/v1/responses/input_tokens",
    "gemini, gemini, /g/v1beta/models/gemini-2.5-pro:countTokens",
    "responses, claude, /a/v1/messages/count_tokens", "responses, gpt, /o/v1/responses/input_tokens",
    "responses, gemini, /g/v1beta/models/gemini-2.5-pro:countTokens",
  })
  void pitfall90_countsIncludeInstructionsToolsAndImages(String client, String route, String path)
      throws Exception {
    assertThat(askedRichly(client, route).statusCode()).isEqualTo(200);
    assertThat(rig.seen(path).body()).contains("Be brief.", "weather", IMAGE, "What is this?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "gemini", "responses"})
  void anEstimateIncludesInstructionsToolsAndImages(String client) throws Exception {
    String question = richQuestion(client, "local");
    long all = tokens(client, rig.post(countPath(client, "local"), question));
    for (String said : List.of("Be brief.", "weather")) {
      String longer = question.replace(said, said + "_where_the_one_who_asks_lives");
      assertThat(tokens(client, rig.post(countPath(client, "local"), longer))).as(said).isGreaterThan(all);
    }
    assertThat(all).as("the image alone is 765").isGreaterThan(765 + 10);
  }

  @Test
  void underStrictFidelity_aLossyCountIsRefused_andOneThatLosesNothingIsNot() throws Exception {
    int before = rig.requests();
    String lossy = GEMINI_BODY.replace("}]}]}", "}]}],\"labels\":{\"a\":\"b\"}}");
    String whole = "{\"generateContentRequest\":%s}".formatted(lossy);
    HttpResponse<String> refused =
        rig.post("/v1beta/models/claude:countTokens", whole, "x-auriga-fidelity", "strict");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("claude would lose foreign-field:labels");
    assertThat(rig.requests()).as("nobody was asked").isEqualTo(before);

    HttpResponse<String> kept =
        rig.post("/v1beta/models/claude:countTokens", GEMINI_BODY, "x-auriga-fidelity", "strict");
    assertThat(kept.statusCode()).isEqualTo(200);
    assertThat(rig.post("/v1beta/models/claude:countTokens", whole).statusCode()).isEqualTo(200);
  }

  @Test
  void anErrorOfTheProviders_isToldInTheClientsDialect() throws Exception {
    try (ScriptedRig own = new ScriptedRig()) {
      own.on(
          "/a/v1/messages/count_tokens", 400,
          "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"tool_choice: forced\"}}");
      HttpResponse<String> gemini = own.post("/v1beta/models/claude:countTokens", GEMINI_BODY);
      assertThat(gemini.statusCode()).isEqualTo(400);
      assertThat(Json.read(gemini.body()).path("error").path("status").stringValue()).isEqualTo("INVALID_ARGUMENT");
      HttpResponse<String> anthropic = own.post("/v1/messages/count_tokens", ANTHROPIC_BODY.formatted("claude"));
      assertThat(anthropic.statusCode()).isEqualTo(400);
      assertThat(Json.read(anthropic.body()).path("error").path("message").stringValue()).isEqualTo("tool_choice: forced");
    }
  }

  @Test
  void whereTheFirstIsDown_theNextIsAsked() throws Exception {
    try (ScriptedRig own = new ScriptedRig()) {
      own.on("/a/v1/messages/count_tokens", 401, "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"no\"}}");
      own.on("/o/v1/responses/input_tokens", 200, "{\"object\":\"response.input_tokens\",\"input_tokens\":77}");
      HttpResponse<String> response =
          own.post("/v1/messages/count_tokens", ANTHROPIC_BODY.formatted("claude-then-gpt"));
      assertThat(tokens("anthropic", response)).isEqualTo(77);
      assertThat(response.headers().firstValue("x-auriga-served-by")).hasValue("gpt");
      assertThat(response.headers().firstValue("x-auriga-attempts")).hasValue("2");
    }
  }

  @Test
  void wrongQuestions_areRefused_inTheDialectOfThePath() throws Exception {
    HttpResponse<String> anthropic = rig.post("/v1/messages/count_tokens", "{\"model\":\"claude\"}");
    assertThat(anthropic.statusCode()).isEqualTo(400);
    assertThat(Json.read(anthropic.body()).path("type").stringValue()).isEqualTo("error");
    HttpResponse<String> unknown = rig.post("/v1/responses/input_tokens", RESPONSES_BODY.formatted("nobody"));
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(Json.read(unknown.body()).path("error").path("code").stringValue()).isEqualTo("model_not_found");
    assertThat(rig.get("/v1/messages/count_tokens").statusCode()).isEqualTo(405);
  }
}
