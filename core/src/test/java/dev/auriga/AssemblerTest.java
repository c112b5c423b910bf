// SPDX-License-Identifier: Apache-2.0
package dev.auriga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.capability.Capabilities;
import dev.auriga.capability.Capabilities.Mode;
import dev.auriga.capability.Fact;
import dev.auriga.capability.Facts;
import dev.auriga.completion.Secret;
import dev.auriga.config.Config;
import dev.auriga.config.DeploymentConfig;
import dev.auriga.config.ProviderConfig;
import dev.auriga.provider.Deployment;
import dev.auriga.resilience.Slots;
import org.junit.jupiter.api.Test;

class AssemblerTest {
  private static Deployment assembled(DeploymentConfig said) {
    Config config =
        Config.builder()
            .provider("openai", ProviderConfig.openAi(new Secret("k")))
            .provider("local", ProviderConfig.openAiCompatible("http://127.0.0.1:1/v1"))
            .deployment("mine", said)
            .build();
    try (Orchestrator auriga = Orchestrator.of(config)) {
      return auriga.fleet().deployments().getFirst();
    }
  }

  @Test
  void modelsNameSaysWhatItTakes() {
    Deployment deployment = assembled(new DeploymentConfig("openai", "gpt-5.6-sol"));

    assertThat(deployment.target().capabilities().reasoning().responsesForTools()).isTrue();
    assertThat(deployment.pricedAs()).isEqualTo("gpt-5.6-sol");
  }

  @Test
  void customName_isWhatItsBaseModelIs() {
    Deployment deployment = assembled(new DeploymentConfig("openai", "blue").withBaseModel("gpt-4.1-mini"));

    assertThat(deployment.target().model()).isEqualTo("blue");
    assertThat(deployment.target().capabilities().reasoning().mode()).isEqualTo(Mode.NONE);
    assertThat(deployment.target().capabilities().window())
        .isEqualTo(new Capabilities.Window(1_047_576, 32_768));
    assertThat(deployment.pricedAs()).isEqualTo("gpt-4.1-mini");
  }

  @Test
  void whatTheConfigurationSaysOfAModelCounts() {
    Facts facts = Facts.NONE.with(Fact.OUTPUT, 2048).with(Fact.TOOLS, false);

    Capabilities found =
        assembled(new DeploymentConfig("openai", "gpt-4o").withCapabilities(facts)).target().capabilities();

    assertThat(found.window()).isEqualTo(new Capabilities.Window(128_000, 2048));
    assertThat(found.tools().taken()).isFalse();
  }

  @Test
  void asManyCallsMayBeUnderWay_asTheConfigurationSays() {
    Config config =
        Config.builder()
            .provider("local", ProviderConfig.openAiCompatible("http://127.0.0.1:1/v1"))
            .deployment("few", new DeploymentConfig("local").withMaxConcurrent(7))
            .deployment("any", new DeploymentConfig("local"))
            .build();
    try (Orchestrator auriga = Orchestrator.of(config)) {
      assertThat(auriga.fleet().slots("few").limit()).isEqualTo(7);
      assertThat(auriga.fleet().slots("any").limit()).isEqualTo(Slots.Settings.USUAL.most());
    }
  }

  @Test
  void serversOfOnesOwnAreAssumedToTakeEverything() {
    Capabilities found = assembled(new DeploymentConfig("local", "llama3.3")).target().capabilities();

    assertThat(found.origin().isKnown()).isFalse();
    assertThat(found.sampling().topK()).isTrue();
    assertThat(found.stops().most()).isNull();
  }
}
