// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureAddressTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // pasted, root, family, deployment, api-version
        "r, https://r.openai.azure.com, V1, -, -",
        "My-Res-01, https://my-res-01.openai.azure.com, V1, -, -",
        "r.openai.azure.com, https://r.openai.azure.com, V1, -, -",
        "r.openai.azure.com/openai/v1/, https://r.openai.azure.com, V1, -, -",
        "https://r.openai.azure.com, https://r.openai.azure.com, V1, -, -",
        "https://r.openai.azure.com/, https://r.openai.azure.com, V1, -, -",
        "'  https://R.OpenAI.azure.com//  ', https://r.openai.azure.com, V1, -, -",
        "https://r.openai.azure.com/openai, https://r.openai.azure.com, V1, -, -",
        "https://r.openai.azure.com/openai/v1, https://r.openai.azure.com, V1, -, -",
        "https://r.openai.azure.com/openai/v1/chat/completions, https://r.openai.azure.com, V1, -, -",
        "https://r.openai.azure.com/openai/v1/responses?api-version=preview,"
            + " https://r.openai.azure.com, V1, -, -",
        "https://r.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21,"
            + " https://r.openai.azure.com, DEPLOYMENTS, gpt-4o, 2024-10-21",
        "https://r.openai.azure.com/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21,"
            + " https://r.openai.azure.com, DEPLOYMENTS, my gpt, 2024-10-21",
        "https://r.openai.azure.com/openai/deployments/openai/chat/completions?api-version=2024-10-21,"
            + " https://r.openai.azure.com, DEPLOYMENTS, openai, 2024-10-21",
        "https://r.openai.azure.com/openai/deployments/gpt-4o, https://r.openai.azure.com, V1, gpt-4o, -",
        "https://r.openai.azure.com/openai/deployments/, https://r.openai.azure.com, V1, -, -",
        "https://r.openai.azure.com/openai/responses?api-version=2025-04-01-preview,"
            + " https://r.openai.azure.com, DEPLOYMENTS, -, 2025-04-01-preview",
        "https://r.openai.azure.com?api-version=2024-10-21, https://r.openai.azure.com,"
            + " DEPLOYMENTS, -, 2024-10-21",
        "https://r.services.ai.azure.com, https://r.services.ai.azure.com, V1, -, -",
        "https://r.services.ai.azure.com/openai/v1/, https://r.services.ai.azure.com, V1, -, -",
        "https://r.services.ai.azure.com/models, https://r.services.ai.azure.com, V1, -, -",
        "https://r.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview,"
            + " https://r.services.ai.azure.com, V1, -, -",
        "https://r.services.ai.azure.com/api/projects/p, https://r.services.ai.azure.com, V1, -, -",
        "https://r.services.ai.azure.com/api/projects/p/openai/v1/responses,"
            + " https://r.services.ai.azure.com, V1, -, -",
        "https://r.cognitiveservices.azure.com/, https://r.cognitiveservices.azure.com, V1, -, -",
        "https://r.cognitiveservices.azure.com/openai/deployments/d/embeddings?api-version=2024-10-21,"
            + " https://r.cognitiveservices.azure.com, DEPLOYMENTS, d, 2024-10-21",
        "https://apim.azure-api.net, https://apim.azure-api.net, V1, -, -",
        "https://apim.azure-api.net/team/llm/, https://apim.azure-api.net/team/llm, V1, -, -",
        "https://apim.azure-api.net/team/openai/v1/, https://apim.azure-api.net/team, V1, -, -",
        "https://apim.azure-api.net/openai/openai/deployments/d/chat/completions?api-version=2024-10-21,"
            + " https://apim.azure-api.net/openai, DEPLOYMENTS, d, 2024-10-21",
        "https://llm.example.com:8443/azure/openai/v1, https://llm.example.com:8443/azure, V1, -, -",
        "http://127.0.0.1:4010, http://127.0.0.1:4010, V1, -, -",
        "http://localhost:4010/openai/deployments/d?api-version=2024-10-21, http://localhost:4010,"
            + " DEPLOYMENTS,"
            + " d, 2024-10-21",
        "yourco, https://yourco.openai.azure.com, V1, -, -"
      })
  void pastedForm_isBroughtToOne(
      String pasted, URI root, AzureAddress.Family family, String deployment, String version) {
    AzureAddress address = AzureAddress.parse(pasted);
    assertThat(address).isEqualTo(new AzureAddress(root, deployment, version));
    assertThat(address.family()).isEqualTo(family);
    URI call = address.uri("chat/completions", "d");
    assertThat(AzureAddress.parse(call.toString()).uri("chat/completions", "d")).isEqualTo(call);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://r.services.ai.azure.com/anthropic | use kind: anthropic-foundry with resource: r",
        "https://r.services.ai.azure.com/anthropic/v1/messages | use kind: anthropic-foundry with"
            + " resource: r",
        "https://apim.azure-api.net/x/anthropic | use kind: anthropic-foundry with base-url: https://apim",
        "https://api.openai.com/v1 | use kind: openai",
        "https://eastus.api.cognitive.microsoft.com/ | shared by a whole region",
        "https://ai.azure.com/resource/overview | a page to read",
        "https://portal.azure.com/#@tenant/resource | a page to read",
        "https://<resource>.openai.azure.com | placeholder",
        "https://YOUR_RESOURCE.openai.azure.com | placeholder",
        "https://your-resource-name.openai.azure.com | placeholder",
        "https://{endpoint}/openai | placeholder",
        "https://r.openai.azure.com/oops | unknown path /oops; give the endpoint alone,"
            + " https://r.openai.azure.com",
        "https://r.openai.azure.com/?subscription-key=abc | \"?subscription-key=…\"",
        "https://user:pw@r.openai.azure.com | has credentials in it",
        "https://r.openai.azure.com/openai?api-version=newest | an api-version is a date",
        "https://r.openai.azure.com/a/../openai | \"..\" in its path",
        "ftp://r.openai.azure.com | not an http or https URL",
        "localhost:4010 | has no scheme; write http://localhost:4010",
        "localhost | has no scheme",
        "127.0.0.1:80/x | has no scheme",
        "my resource | not a URL",
        "https:// | not a URL",
        "'' | an empty address; give the resource's name",
        "a_b | not an http or https URL"
      })
  void whatCannotBeMeant_isRefusedWithAdvice(String pasted, String advice) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AzureAddress.parse(pasted))
        .withMessageContaining(advice);
  }

  @Test
  void messages_showNoKeyFromTheQuery() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AzureAddress.parse("https://r.openai.azure.com/?api-key=s3cret"))
        .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("s3cret"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AzureAddress.parse("https://u:s3cret@r.openai.azure.com/"))
        .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("s3cret"));
  }

  @Test
  void anyText_isAnAddressOrRefused() {
    Random random = new Random(7);
    String[] pieces = {
      "https://", "http:", "r", ".openai.azure.com", ".services.ai.azure.com", "/", "//", "openai", "v1",
      "models", "deployments", "anthropic", "api/projects", "?api-version=", "2024-10-21", "%", "%20", "#",
      "@", ":", "é", "[::1]", " ", "x.azure-api.net", "..", "&", "=", "+", "\\", "^"
    };
    int accepted = 0;
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int count = 1 + random.nextInt(7); count > 0; count--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      String pasted = text.toString();
      accepted += succeeds(() -> AzureAddress.parse(pasted).uri("chat/completions", "d")) ? 1 : 0;
      accepted += succeeds(() -> FoundryAddress.parse(pasted).messages()) ? 1 : 0;
    }
    assertThat(accepted).isPositive();
  }

  /// False when it is refused with advice; anything else thrown fails the test.
  private static boolean succeeds(Supplier<URI> address) {
    try {
      return address.get().getHost() != null;
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return false;
    }
  }

  @Test
  void uri_hasTheShapeOfItsFamily() {
    AzureAddress v1 = AzureAddress.parse("r");
    assertThat(v1.uri("chat/completions", "gpt-4o"))
        .hasToString("https://r.openai.azure.com/openai/v1/chat/completions");
    assertThat(v1.uri("responses", "gpt-4o")).hasToString("https://r.openai.azure.com/openai/v1/responses");

    AzureAddress older = v1.withApiVersion("2024-10-21");
    assertThat(older.uri("chat/completions", "my gpt/4"))
        .hasToString(
            "https://r.openai.azure.com/openai/deployments/my%20gpt%2F4/chat/completions"
                + "?api-version=2024-10-21");
    assertThat(older.uri("responses", "gpt-4o"))
        .hasToString("https://r.openai.azure.com/openai/responses?api-version=2024-10-21");
    assertThat(older.withApiVersion(null)).isEqualTo(older);
    assertThatIllegalArgumentException().isThrownBy(() -> v1.withApiVersion("v1"));
  }
}
