// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.inputtokens.InputTokenCountParams;
import dev.auriga.completion.Secret;
import dev.auriga.config.DeploymentConfig;
import dev.auriga.config.ProviderConfig;
import dev.auriga.sandbox.Simulated;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// OpenAI's own SDK over embeddings and counts: through the gateway it gets what it gets directly.
class EmbeddingSdkIT {
  private static final List<String> TEXTS = List.of("the cat sat on the mat", "a cat on a mat", "tax law");

  private static Rig rig;
  private static Rig.Running running;
  private static OpenAIClient through;
  private static OpenAIClient direct;

  @BeforeAll
  static void start() {
    rig = Rig.start();
    String openAi = rig.sandbox().address(Simulated.OPENAI) + "/v1";
    Secret key = new Secret(rig.sandbox().key(Simulated.OPENAI));
    running =
        rig.serve(
            rig.config()
                .provider("openai", new ProviderConfig.OpenAi(key, openAi, null, false))
                .deployment("at-openai", new DeploymentConfig("openai", "text-embedding-3-small"))
                .deployment("at-azure", new DeploymentConfig("azure", "text-embedding-3-small"))
                .deployment("at-older-azure", new DeploymentConfig("azure-older", "text-embedding-3-small"))
                .deployment("gpt-at-openai", new DeploymentConfig("openai", "gpt-4o"))
                .build());
    through = client(Rig.KEY, running.address() + "/v1");
    direct = client(rig.sandbox().key(Simulated.OPENAI), openAi);
  }

  private static OpenAIClient client(String key, String address) {
    return OpenAIOkHttpClient.builder().apiKey(key).baseUrl(address).maxRetries(0).responseValidation(true).build();
  }

  @AfterAll
  static void stop() {
    through.close();
    direct.close();
    running.close();
    rig.close();
  }

  private static CreateEmbeddingResponse embedded(OpenAIClient client, String model, long dimensions) {
    return client
        .embeddings()
        .create(
            EmbeddingCreateParams.builder()
                .model(model)
                .inputOfArrayOfStrings(TEXTS)
                .dimensions(dimensions)
                .build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"at-openai", "at-azure", "at-older-azure"})
  void vectors_areTheProvidersOwn(String deployment) {
    CreateEmbeddingResponse answer = embedded(through, deployment, 256);
    CreateEmbeddingResponse own = embedded(direct, "text-embedding-3-small", 256);
    assertThat(answer.data()).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(answer.data().get(i).embedding()).hasSize(256).isEqualTo(own.data().get(i).embedding());
    }
    assertThat(answer.usage().promptTokens()).isEqualTo(own.usage().promptTokens()).isPositive();
    assertThat(product(answer, 0, 0)).isCloseTo(1, within(1e-3));
    assertThat(product(answer, 0, 1)).isGreaterThan(product(answer, 0, 2));
  }

  private static double product(CreateEmbeddingResponse answer, int one, int other) {
    List<Float> a = answer.data().get(one).embedding();
    List<Float> b = answer.data().get(other).embedding();
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += (double) a.get(i) * b.get(i);
    }
    return sum;
  }

  @Test
  void aCount_isTheProvidersOwn() {
    assertThat(counted(through, "gpt-at-openai")).isEqualTo(counted(direct, "gpt-4o")).isPositive();
  }

  @Test
  void whereTheProviderCountsNothing_anEstimateIsNear() {
    assertThat((double) counted(through, "gpt-4o")).isBetween(5.0, 40.0);
  }

  private static long counted(OpenAIClient client, String model) {
    return client
        .responses()
        .inputTokens()
        .count(InputTokenCountParams.builder().model(model).input("How far is it from Lucca to Pisa by train?").build())
        .inputTokens();
  }
}
