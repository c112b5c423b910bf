// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.dialect.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/// What the gateway answers without asking a provider.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrontIT {
  private static final List<String> NAMES =
      List.of(
          "claude", "claude-foundry", "claude-then-foundry", "claude-then-gpt", "either", "gemini",
          "gemini-then-gpt", "gpt", "gpt-azure", "learned", "llama3.2:3b", "local");

  private ScriptedRig rig;

  @BeforeAll
  void start() {
    rig = new ScriptedRig();
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private static List<String> ids(JsonNode list) {
    return StreamSupport.stream(list.path("data").spliterator(), false)
        .map(each -> each.path("id").stringValue())
        .toList();
  }

  @Test
  void health_answersHead_withoutAKey() throws Exception {
    for (String path : List.of("/healthz", "/readyz")) {
      HttpRequest head =
          HttpRequest.newBuilder(rig.request(path).build().uri())
              .method("HEAD", HttpRequest.BodyPublishers.noBody())
              .build();
      HttpResponse<String> response = rig.send(head);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEmpty();
    }
  }

  @Test
  void anthropicsErrors_nameTheirRequest() throws Exception {
    HttpResponse<String> response = rig.post("/v1/messages", "{\"model\":\"claude\"}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Json.read(response.body()).path("request_id").stringValue())
        .isEqualTo(response.headers().firstValue("x-auriga-request").orElseThrow());
  }

  @Test
  void models_areListedInTheShapeOfWhoAsks() throws Exception {
    JsonNode openAi = Json.read(rig.get("/v1/models").body());
    assertThat(openAi.path("object").stringValue()).isEqualTo("list");
    assertThat(ids(openAi)).isEqualTo(NAMES);
    for (String[] header : new String[][] {{"anthropic-version", "2023-06-01"}, {"x-api-key", "unused"}}) {
      JsonNode anthropic = Json.read(rig.get("/v1/models", header).body());
      assertThat(anthropic.has("object")).isFalse();
      assertThat(ids(anthropic)).isEqualTo(NAMES);
      assertThat(anthropic.path("has_more").booleanValue()).isFalse();
      assertThat(anthropic.path("data").path(0).propertyNames())
          .contains("type", "id", "display_name", "created_at", "capabilities", "max_input_tokens", "max_tokens");
    }
    JsonNode gemini = Json.read(rig.get("/v1beta/models").body());
    assertThat(gemini.path("models").path(0).path("name").stringValue()).isEqualTo("models/claude");
  }

  @Test
  void anthropicsClients_turnPages() throws Exception {
    JsonNode first = page("limit=3");
    assertThat(ids(first)).isEqualTo(NAMES.subList(0, 3));
    assertThat(first.path("has_more").booleanValue()).isTrue();
    JsonNode rest = page("limit=100&after_id=" + first.path("last_id").stringValue());
    assertThat(ids(rest)).isEqualTo(NAMES.subList(3, NAMES.size()));
    assertThat(rest.path("has_more").booleanValue()).isFalse();
    JsonNode back = page("limit=2&before_id=either");
    assertThat(ids(back)).containsExactly("claude-then-foundry", "claude-then-gpt");
    assertThat(back.path("has_more").booleanValue()).isTrue();
    assertThat(rig.get("/v1/models?limit=0", "anthropic-version", "2023-06-01").statusCode()).isEqualTo(400);
    assertThat(rig.get("/v1/models?after_id=nobody", "anthropic-version", "2023-06-01").statusCode()).isEqualTo(400);
  }

  private JsonNode page(String query) throws Exception {
    return Json.read(rig.get("/v1/models?" + query, "anthropic-version", "2023-06-01").body());
  }

  @Test
  void aModel_isFoundByItsEncodedName() throws Exception {
    assertThat(rig.get("/v1/models/claude%2Dfoundry").statusCode()).isEqualTo(200);
    assertThat(rig.get("/v1beta/models/claude%2Dfoundry").statusCode()).isEqualTo(200);
    assertThat(rig.get("/v1/models/nobody").statusCode()).isEqualTo(404);
  }

  @Test
  void aModelWithAColon_isNotAMethodOfGeminis() throws Exception {
    HttpResponse<String> found = rig.get("/v1/models/llama3.2:3b");
    assertThat(found.statusCode()).isEqualTo(200);
    assertThat(Json.read(found.body()).path("id").stringValue()).isEqualTo("llama3.2:3b");
    assertThat(rig.get("/v1/models/llama3.2:1b").statusCode()).isEqualTo(404);
    assertThat(rig.get("/v1/models/gemini:generateContent").statusCode()).isEqualTo(405);
    assertThat(rig.post("/v1/models/gemini:noMethod", "{}").statusCode()).isEqualTo(404);
  }
}
