// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.completion.EmbeddingRequest;
import dev.auriga.completion.EmbeddingRequest.Encoding;
import dev.auriga.completion.EmbeddingRequest.Input;
import dev.auriga.completion.Embeddings;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.TokenCount;
import dev.auriga.dialect.gemini.GeminiEmbeddings;
import dev.auriga.dialect.openai.OpenAiEmbeddings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EmbeddingDialectsTest {
  private static final Target TARGET = Targets.openAi("upstream", 4000, 10_000);
  private static final OpenAiEmbeddings OPENAI = new OpenAiEmbeddings();
  private static final GeminiEmbeddings GEMINI = new GeminiEmbeddings();
  /// The floats 1 and -2, little-endian.
  private static final String BASE64 = "AACAPwAAAMA=";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static EmbeddingRequest read(String body) {
    return OPENAI.readRequest(ClientRequest.of(bytes(body)));
  }

  private static EmbeddingRequest asking(Input... inputs) {
    return new EmbeddingRequest("route", List.of(inputs), 256, Encoding.BASE64, "u1");
  }

  @Test
  void aClientsBytesGoOn_withAnotherModelAlone() {
    String body = "{ \"input\":[\"a\\u00e9\", \"b\"],  \"model\" : \"route\",\"dimensions\":3,\"own\":1.50}";
    Scan scan = OPENAI.scan(ClientRequest.of(bytes(body)));
    assertThat(scan.outline().model()).isEqualTo("route");
    assertThat(scan.passage().to(TARGET).body()).asString().isEqualTo(body.replace("\"route\"", "\"upstream\""));
  }

  @Test
  void inputsAreATextOrTextsOrTokensOrBoth() {
    assertThat(read("{\"model\":\"m\",\"input\":\"x\"}").inputs()).containsExactly(new Input.Text("x"));
    assertThat(read("{\"model\":\"m\",\"input\":[1,2]}").inputs()).containsExactly(new Input.Tokens(List.of(1, 2)));
    assertThat(read("{\"model\":\"m\",\"input\":[[1],[2,3]]}").inputs())
        .containsExactly(new Input.Tokens(List.of(1)), new Input.Tokens(List.of(2, 3)));
    EmbeddingRequest all =
        read("{\"model\":\"m\",\"input\":[\"x\",\"y\"],\"encoding_format\":\"base64\",\"dimensions\":8,\"user\":\"u\"}");
    assertThat(all)
        .isEqualTo(
            new EmbeddingRequest(
                "m", List.of(new Input.Text("x"), new Input.Text("y")), 8, Encoding.BASE64, "u"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"model\":\"m\",\"input\":[]}; input", "{\"model\":\"m\",\"input\":[\"a\",\"\"]}; input[1]",
        "{\"model\":\"m\",\"input\":[[1],[]]}; input[1]", "{\"model\":\"m\",\"input\":[1,\"a\"]}; input",
        "{\"model\":\"m\",\"input\":{}}; input", "{\"model\":\"m\",\"input\":[-1]}; input",
        "{\"model\":\"m\",\"input\":\"a\",\"dimensions\":0}; dimensions",
        "{\"model\":\"m\",\"input\":\"a\",\"encoding_format\":\"hex\"}; encoding_format",
      })
  void aWrongField_isRefusedByItsName(String body, String field) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo(field));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"input\":\"a\"}", "{\"model\":\"m\"}", "{\"model\":\"a\",\"model\":\"b\",\"input\":\"x\"}", "[]"})
  void whatCannotBeRouted_isRefused(String body) {
    assertThatThrownBy(() -> OPENAI.scan(ClientRequest.of(bytes(body)))).isInstanceOf(Refusal.class);
  }

  @Test
  void openAi_isAskedForBase64_whateverTheClientWants() {
    JsonNode one = Json.read(OPENAI.write(asking(new Input.Text("x")), TARGET).body());
    assertThat(one).isEqualTo(
        Json.read("{\"model\":\"upstream\",\"input\":\"x\",\"encoding_format\":\"base64\",\"dimensions\":256,\"user\":\"u1\"}"));
    JsonNode tokens = Json.read(OPENAI.write(asking(new Input.Tokens(List.of(5, 6))), TARGET).body());
    assertThat(tokens.path("input")).isEqualTo(Json.read("[[5,6]]"));
  }

  @Test
  void gemini_isAskedForABatch_andCannotSayTheUser() {
    Written written = GEMINI.write(asking(new Input.Text("x"), new Input.Text("y")), TARGET);
    assertThat(Json.read(written.body())).isEqualTo(
        Json.read(
            "{\"requests\":[{\"model\":\"models/upstream\",\"content\":{\"parts\":[{\"text\":\"x\"}]},\"outputDimensionality\":256},"
                + "{\"model\":\"models/upstream\",\"content\":{\"parts\":[{\"text\":\"y\"}]},\"outputDimensionality\":256}]}"));
    assertThat(written.losses()).containsExactly(new Loss(Loss.Reason.UNSUPPORTED_FIELD, "user"));
    assertThatThrownBy(() -> GEMINI.write(asking(new Input.Text("x"), new Input.Tokens(List.of(1))), TARGET))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("input[1]"));
  }

  @Test
  void openAisReply_isReadInTheOrderOfItsIndexes_fromNumbersAndFromBase64() {
    String reply =
        "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":1,\"embedding\":\"%s\"},".formatted(BASE64)
            + "{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.5,-1e-3]}],"
            + "\"model\":\"text-embedding-3-small\",\"usage\":{\"prompt_tokens\":8,\"total_tokens\":8}}";
    Embeddings read = OPENAI.read(bytes(reply));
    assertThat(read.vectors().get(0).components()).containsExactly(0.5f, -0.001f);
    assertThat(read.vectors().get(1).components()).containsExactly(1f, -2f);
    assertThat(read.inputTokens()).isEqualTo(TokenCount.counted(8));
    Embeddings glanced = OPENAI.glance(bytes(reply));
    assertThat(glanced.model()).isEqualTo("text-embedding-3-small");
    assertThat(glanced.inputTokens()).isEqualTo(TokenCount.counted(8));
    assertThat(glanced.vectors()).isEmpty();
  }

  @Test
  void aLongVector_isReadWhole() {
    StringBuilder numbers = new StringBuilder("0");
    for (int i = 1; i < 3072; i++) {
      numbers.append(',').append(i);
    }
    Embeddings read = OPENAI.read(bytes("{\"data\":[{\"index\":0,\"embedding\":[" + numbers + "]}]}"));
    assertThat(read.vectors().getFirst().components()).hasSize(3072).endsWith(3071f);
    assertThat(read.inputTokens()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"data\":[{\"index\":0}]}; UNKNOWN", "{\"data\":[{\"index\":0,\"embedding\":[\"a\"]}]}; UNKNOWN",
        "{\"data\":[{\"embedding\":\"!\"}]}; UNKNOWN", "{\"object\":\"list\"}; UNKNOWN",
        "{\"data\":[{\"index\":0,\"embedding\":[1; BROKEN_STREAM",
        "{\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit_exceeded\",\"code\":\"rate_limit_exceeded\"}}; RATE_LIMITED",
      })
  void aReplyThatIsNone_isAFailure(String reply, FailureKind kind) {
    assertThatThrownBy(() -> OPENAI.read(bytes(reply)))
        .isInstanceOfSatisfying(BadReply.class, bad -> assertThat(bad.failure().kind()).isEqualTo(kind));
  }

  @Test
  void geminisVectors_haveLengthOne() {
    Embeddings read =
        GEMINI.read(bytes("{\"embeddings\":[{\"values\":[3,4]},{\"values\":[0,0]}],\"usageMetadata\":{\"promptTokenCount\":5}}"));
    assertThat(read.vectors().get(0).components()).containsExactly(0.6f, 0.8f);
    assertThat(read.vectors().get(1).components()).containsExactly(0f, 0f);
    assertThat(read.inputTokens()).isEqualTo(TokenCount.counted(5));
    assertThat(GEMINI.read(bytes("{\"embeddings\":[{\"values\":[1]}]}")).inputTokens()).isNull();
    assertThatThrownBy(() -> GEMINI.read(bytes("{\"embeddings\":[{}]}"))).isInstanceOf(BadReply.class);
    assertThatThrownBy(() -> GEMINI.read(bytes("{\"embeddings\""))).isInstanceOf(BadReply.class);
  }

  @Test
  void aReplyIsWritten_inTheEncodingTheClientWants() {
    Embeddings made =
        new Embeddings("m", List.of(new Embeddings.Vector(new float[] {1f, -2f})), TokenCount.estimated(3));
    assertThat(Json.read(OPENAI.writeReply(made, Encoding.BASE64)))
        .isEqualTo(
            Json.read(
                "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":\"%s\"}],".formatted(BASE64)
                    + "\"model\":\"m\",\"usage\":{\"prompt_tokens\":3,\"total_tokens\":3}}"));
    Embeddings again = OPENAI.read(OPENAI.writeReply(made, Encoding.FLOATS));
    assertThat(again.vectors().getFirst().components()).containsExactly(1f, -2f);
  }
}
