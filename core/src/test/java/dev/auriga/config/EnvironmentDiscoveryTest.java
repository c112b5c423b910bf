// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.auriga.completion.Secret;
import dev.auriga.completion.Task;
import dev.auriga.config.ProviderConfig.Auth;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentDiscoveryTest {

  @Test
  void everythingSet_givesTheWholeTable() {
    Config config =
        Config.fromEnvironment(
            Map.of(
                "ANTHROPIC_API_KEY", "a",
                "ANTHROPIC_FOUNDRY_API_KEY", "f",
                "ANTHROPIC_FOUNDRY_RESOURCE", "res",
                "OPENAI_API_KEY", "o",
                "OPENAI_BASE_URL", "https://proxy.example/v1",
                "AZURE_OPENAI_ENDPOINT", "https://r.openai.azure.com",
                "AZURE_OPENAI_KEY", "z",
                "OPENAI_API_VERSION", "2024-10-21",
                "GOOGLE_API_KEY", "g"));

    assertThat(config.providers())
        .containsEntry("foundry", ProviderConfig.foundry("res", new Auth.ApiKey(new Secret("f"))))
        .containsEntry("anthropic", ProviderConfig.anthropic(new Secret("a")))
        .containsEntry(
            "openai",
            new ProviderConfig.OpenAi(new Secret("o"), "https://proxy.example/v1", null, false))
        .containsEntry(
            "azure",
            new ProviderConfig.AzureOpenAi(
                "https://r.openai.azure.com", "2024-10-21", new Auth.ApiKey(new Secret("z")), false))
        .containsEntry("google", ProviderConfig.gemini(new Secret("g")));
    assertThat(config.deployments())
        .containsEntry("claude-sonnet-4-5", new DeploymentConfig("foundry"))
        .containsEntry("gpt-4o-mini", new DeploymentConfig("azure"))
        .containsEntry("gemini-2.5-pro", new DeploymentConfig("google"))
        .hasSize(5);
    RouteConfig.Classify auto = (RouteConfig.Classify) config.routes().get("auto");
    UsualRoutes.TABLE.forEach(
        (task, models) ->
            assertThat(auto.branch(task)).isEqualTo(RouteConfig.inTurn(models.toArray(String[]::new))));
  }

  @Test
  void oneProvider_servesEveryTask() {
    Config config = Config.fromEnvironment(Map.of("OPENAI_API_KEY", "o"));
    RouteConfig.Classify auto = (RouteConfig.Classify) config.routes().get("auto");
    assertThat(auto.branch(Task.CODING)).isEqualTo(RouteConfig.to("gpt-4o"));
    assertThat(auto.branch(Task.HIGH_VOLUME)).isEqualTo(RouteConfig.to("gpt-4o-mini"));
    assertThat(auto.branch(Task.MULTIMODAL)).isEqualTo(RouteConfig.to("gpt-4o"));

    Config gemini = Config.fromEnvironment(Map.of("GEMINI_API_KEY", "g"));
    RouteConfig.Classify onlyGemini = (RouteConfig.Classify) gemini.routes().get("auto");
    for (Task task : Task.values()) {
      assertThat(onlyGemini.branch(task)).isEqualTo(RouteConfig.to("gemini-2.5-pro"));
    }
  }

  @Test
  void nothingSet_namesTheVariables() {
    assertThatExceptionOfType(ConfigProblems.class)
        .isThrownBy(() -> Config.fromEnvironment(Map.of("PATH", "/bin", "OPENAI_API_KEY", " ")))
        .withMessageContainingAll(
            "ANTHROPIC_API_KEY",
            "OPENAI_API_KEY",
            "GEMINI_API_KEY",
            "AZURE_OPENAI_ENDPOINT",
            "ANTHROPIC_FOUNDRY_RESOURCE");
  }

  @ParameterizedTest
  @CsvSource({
    "AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_API_KEY",
    "AZURE_OPENAI_KEY, AZURE_OPENAI_ENDPOINT",
    "ANTHROPIC_FOUNDRY_API_KEY, ANTHROPIC_FOUNDRY_RESOURCE",
    "ANTHROPIC_FOUNDRY_BASE_URL, ANTHROPIC_FOUNDRY_API_KEY"
  })
  void halfAProvider_isAProblem(String present, String absent) {
    ConfigProblems thrown =
        catchThrowableOfType(
            ConfigProblems.class,
            () -> Config.fromEnvironment(Map.of(present, "x", "OPENAI_API_KEY", "o")));
    assertThat(thrown.problems()).hasSize(1);
    assertThat(thrown).hasMessageContaining(absent + " is not");
  }

  @Test
  void foundryResourceAndAddress_excludeEachOther() {
    assertThatExceptionOfType(ConfigProblems.class)
        .isThrownBy(
            () ->
                Config.fromEnvironment(
                    Map.of(
                        "ANTHROPIC_FOUNDRY_API_KEY", "f",
                        "ANTHROPIC_FOUNDRY_RESOURCE", "r",
                        "ANTHROPIC_FOUNDRY_BASE_URL", "https://r.services.ai.azure.com/anthropic")))
        .withMessageContaining("exclude each other");
  }
}
