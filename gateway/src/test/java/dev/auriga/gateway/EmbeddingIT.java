// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.dialect.Json;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class EmbeddingIT {
  private static final String REPLY =
      "{\"object\": \"list\",  \"data\": [{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.1,-0.20]}],"
          + "\"model\":\"text-embedding-3-small\",\"usage\":{\"prompt_tokens\":5,\"total_tokens\":5},\"new\":true}";

  private final ScriptedRig rig = new ScriptedRig();

  @AfterEach
  void stop() {
    rig.close();
  }

  private static String body(String route) {
    return "{\"input\": [\"one\",\"two\"], \"model\":\"%s\", \"encoding_format\":\"float\"}".formatted(route);
  }

  @ParameterizedTest
  @CsvSource({
    "gpt, /o/v1/embeddings, gpt-4o", "gpt-azure, /z/openai/v1/embeddings, gpt-4o", "local, /l/v1/embeddings, llama",
  })
  void inOneDialect_theBytesGoThroughBothWays(String route, String path, String model) throws Exception {
    rig.on(path, 200, REPLY);
    HttpResponse<String> response = rig.post("/v1/embeddings", body(route));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(REPLY);
    assertThat(rig.seen(path).body()).isEqualTo(body(model));
    assertThat(response.headers().firstValue("x-auriga-served-by")).hasValue(route);
    // Five tokens of text-embedding-3-small, at bash.02 a million.
    assertThat(response.headers().firstValue("x-auriga-cost-usd")).hasValueSatisfying(cost -> assertThat(cost).startsWith("0.0000"));
  }

  @Test
  void gemini_isAskedInItsDialect_andAnswersInOpenAis() throws Exception {
    rig.on(
        "/g/v1beta/models/gemini-2.5-pro:batchEmbedContents", 200,
        "{\"embeddings\":[{\"values\":[3,4]},{\"values\":[1,0]}],\"usageMetadata\":{\"promptTokenCount\":6}}");
    HttpResponse<String> response =
        rig.post("/v1/embeddings", "{\"model\":\"gemini\",\"input\":[\"one\",\"two\"],\"dimensions\":2}");
    assertThat(Json.read(response.body()))
        .isEqualTo(
            Json.read(
                "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.6,0.8]},"
                    + "{\"object\":\"embedding\",\"index\":1,\"embedding\":[1.0,0.0]}],"
                    + "\"model\":\"gemini-2.5-pro\",\"usage\":{\"prompt_tokens\":6,\"total_tokens\":6}}"));
    assertThat(response.headers().firstValue("x-auriga-estimated")).isEmpty();
    JsonNode sent = Json.read(rig.seen("/g/v1beta/models/gemini-2.5-pro:batchEmbedContents").body());
    assertThat(sent.path("requests").path(1).path("outputDimensionality").asInt(0)).isEqualTo(2);
  }

  @Test
  void base64_isWrittenWhereAClientWantsIt_andAnUncountedInputIsEstimated() throws Exception {
    rig.on("/g/v1beta/models/gemini-2.5-pro:batchEmbedContents", 200, "{\"embeddings\":[{\"values\":[0,2]}]}");
    HttpResponse<String> response =
        rig.post("/v1/embeddings", "{\"model\":\"gemini\",\"input\":\"one two\",\"encoding_format\":\"base64\"}");
    JsonNode data = Json.read(response.body()).path("data").path(0).path("embedding");
    ByteBuffer floats = ByteBuffer.wrap(Base64.getDecoder().decode(data.stringValue())).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(floats.getFloat()).isZero();
    assertThat(floats.getFloat()).isOne();
    assertThat(response.headers().firstValue("x-auriga-estimated")).hasValue("true");
    assertThat(Json.read(response.body()).path("usage").path("prompt_tokens").asInt(0)).isPositive();
  }

  @Test
  void whereTheFirstIsDown_theNextIsAsked() throws Exception {
    rig.on("/g/v1beta/models/gemini-2.5-pro:batchEmbedContents", 403, "{\"error\":{\"code\":403,\"message\":\"no\",\"status\":\"PERMISSION_DENIED\"}}");
    rig.on("/o/v1/embeddings", 200, REPLY);
    HttpResponse<String> response = rig.post("/v1/embeddings", body("gemini-then-gpt"));
    assertThat(response.body()).isEqualTo(REPLY);
    assertThat(response.headers().firstValue("x-auriga-attempts")).hasValue("2");
  }

  @Test
  void whoMakesNone_isPassedOver_orNamedInTheRefusal() throws Exception {
    rig.on("/o/v1/embeddings", 200, REPLY);
    HttpResponse<String> passedOver = rig.post("/v1/embeddings", body("claude-then-gpt"));
    assertThat(passedOver.statusCode()).isEqualTo(200);
    assertThat(passedOver.headers().firstValue("x-auriga-attempts")).hasValue("1");
    HttpResponse<String> refused = rig.post("/v1/embeddings", body("claude"));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(Json.read(refused.body()).path("error").path("param").stringValue()).isEqualTo("model");
  }

  @Test
  void anErrorOfTheProviders_goesThrough() throws Exception {
    String error =
        "{\"error\":{\"message\":\"too many inputs\",\"type\":\"invalid_request_error\",\"param\":\"input\",\"code\":null}}";
    rig.on("/o/v1/embeddings", 400, error);
    HttpResponse<String> response = rig.post("/v1/embeddings", body("gpt"));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).isEqualTo(error);
  }
}
