// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoundryAddressTest {

  @ParameterizedTest
  @CsvSource({
    "r, https://r.services.ai.azure.com/anthropic",
    "R-1, https://r-1.services.ai.azure.com/anthropic",
    "r.services.ai.azure.com, https://r.services.ai.azure.com/anthropic",
    "https://r.services.ai.azure.com, https://r.services.ai.azure.com/anthropic",
    "https://r.services.ai.azure.com/, https://r.services.ai.azure.com/anthropic",
    "https://r.services.ai.azure.com/anthropic, https://r.services.ai.azure.com/anthropic",
    "https://r.services.ai.azure.com/anthropic/, https://r.services.ai.azure.com/anthropic",
    "https://r.services.ai.azure.com/anthropic/v1, https://r.services.ai.azure.com/anthropic",
    "https://r.services.ai.azure.com/anthropic/v1/messages, https://r.services.ai.azure.com/anthropic",
    "https://r.services.ai.azure.com/anthropic/v1/messages/count_tokens,"
        + " https://r.services.ai.azure.com/anthropic",
    "https://r.services.ai.azure.com/v1/messages, https://r.services.ai.azure.com/anthropic",
    "https://r.services.ai.azure.com/api/projects/p, https://r.services.ai.azure.com/anthropic",
    "https://r.services.ai.azure.com/api/projects/p/anthropic/v1/messages,"
        + " https://r.services.ai.azure.com/anthropic",
    "https://r.openai.azure.com/, https://r.services.ai.azure.com/anthropic",
    "https://r.cognitiveservices.azure.com, https://r.services.ai.azure.com/anthropic",
    "https://apim.azure-api.net/claude, https://apim.azure-api.net/claude/anthropic",
    "https://apim.azure-api.net/claude/anthropic/v1/messages, https://apim.azure-api.net/claude/anthropic",
    "http://127.0.0.1:4010, http://127.0.0.1:4010/anthropic",
    "http://localhost:4010/anthropic/, http://localhost:4010/anthropic"
  })
  void pastedForm_isBroughtToOne(String pasted, URI base) {
    FoundryAddress address = FoundryAddress.parse(pasted);
    assertThat(address).isEqualTo(new FoundryAddress(base));
    assertThat(address.messages()).hasToString(base + "/v1/messages");
    assertThat(address.countTokens()).hasToString(base + "/v1/messages/count_tokens");
    assertThat(FoundryAddress.parse(base.toString())).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://api.anthropic.com | use kind: anthropic",
        "https://r.services.ai.azure.com/openai/v1/ | use kind: azure-openai, or give resource: r",
        "https://apim.azure-api.net/x/openai/v1 | use kind: azure-openai, or give the address up to"
            + " /anthropic",
        "https://r.services.ai.azure.com/models | unknown path /models; give the resource's name alone: r",
        "https://r.services.ai.azure.com/anthropic?api-version=2024-10-21 | has no api-version",
        "https://ai.azure.com/build | a page to read",
        "https://{resource}.services.ai.azure.com/anthropic | placeholder",
        "'' | an empty address; give the resource's name or its endpoint, as in"
            + " https://NAME.services.ai.azure.com",
        "localhost:1 | has no scheme"
      })
  void whatCannotBeMeant_isRefusedWithAdvice(String pasted, String advice) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FoundryAddress.parse(pasted))
        .withMessageContaining(advice);
  }
}
