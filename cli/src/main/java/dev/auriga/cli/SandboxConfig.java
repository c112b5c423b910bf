// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import dev.auriga.completion.Secret;
import dev.auriga.config.Config;
import dev.auriga.config.ProviderConfig;
import dev.auriga.config.ProviderConfig.Auth;
import dev.auriga.config.RouteConfig;
import dev.auriga.config.UsualRoutes;
import dev.auriga.sandbox.Sandbox;
import dev.auriga.sandbox.Simulated;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Configurations whose providers are a sandbox's.
public final class SandboxConfig {
  private SandboxConfig() {}

  /// The configuration of `serve --sandbox` without a file: every provider, the usual deployments,
  /// `auto` by task, and Azure's Model Router as `azure-auto`.
  public static Config alone(Sandbox sandbox) {
    Config.Builder config =
        Config.builder()
            .provider("foundry", foundry(sandbox))
            .provider("azure", azure(sandbox, null))
            .provider("google", gemini(sandbox))
            .deployment("claude-sonnet-4-5", "foundry")
            .deployment("claude-haiku-4-5", "foundry")
            .deployment("gpt-4o", "azure")
            .deployment("gpt-4o-mini", "azure")
            .deployment("gemini-2.5-pro", "google")
            .deployment("model-router", "azure");
    List<String> models =
        List.of("claude-sonnet-4-5", "claude-haiku-4-5", "gpt-4o", "gpt-4o-mini", "gemini-2.5-pro");
    return config
        .route("auto", UsualRoutes.over(models))
        .route("azure-auto", RouteConfig.to("model-router"))
        .build();
  }

  /// `config` with the address and the credential of every provider replaced by the sandbox's.
  public static Config over(Config config, Sandbox sandbox) {
    Config.Builder bent = config.toBuilder();
    config
        .providers()
        .forEach((name, provider) -> bent.provider(name, simulated(provider, sandbox)));
    return bent.build();
  }

  private static ProviderConfig simulated(ProviderConfig provider, Sandbox sandbox) {
    return switch (provider) {
      case ProviderConfig.Anthropic _ ->
          new ProviderConfig.Anthropic(
              key(sandbox, Simulated.ANTHROPIC), address(sandbox, Simulated.ANTHROPIC), false);
      case ProviderConfig.Foundry _ -> foundry(sandbox);
      case ProviderConfig.OpenAi openAi ->
          new ProviderConfig.OpenAi(
              key(sandbox, Simulated.OPENAI),
              address(sandbox, Simulated.OPENAI) + "/v1",
              openAi.account(),
              false);
      case ProviderConfig.AzureOpenAi azure -> azure(sandbox, azure.apiVersion());
      case ProviderConfig.Gemini _ -> gemini(sandbox);
      case ProviderConfig.OpenRouter openRouter ->
          new ProviderConfig.OpenRouter(
              key(sandbox, Simulated.OPENROUTER),
              address(sandbox, Simulated.OPENROUTER) + "/api/v1",
              openRouter.app(),
              false);
      case ProviderConfig.OpenAiCompatible _ ->
          new ProviderConfig.OpenAiCompatible(
              address(sandbox, Simulated.OPENAI) + "/v1", auth(sandbox, Simulated.OPENAI), false);
    };
  }

  private static ProviderConfig foundry(Sandbox sandbox) {
    return new ProviderConfig.Foundry(
        null,
        address(sandbox, Simulated.FOUNDRY) + "/anthropic",
        auth(sandbox, Simulated.FOUNDRY),
        false);
  }

  private static ProviderConfig azure(Sandbox sandbox, @Nullable String apiVersion) {
    return new ProviderConfig.AzureOpenAi(
        address(sandbox, Simulated.AZURE), apiVersion, auth(sandbox, Simulated.AZURE), false);
  }

  private static ProviderConfig gemini(Sandbox sandbox) {
    return new ProviderConfig.Gemini(
        key(sandbox, Simulated.GEMINI), address(sandbox, Simulated.GEMINI), false);
  }

  private static Auth.ApiKey auth(Sandbox sandbox, Simulated provider) {
    return new Auth.ApiKey(key(sandbox, provider));
  }

  private static Secret key(Sandbox sandbox, Simulated provider) {
    return new Secret(sandbox.key(provider));
  }

  private static String address(Sandbox sandbox, Simulated provider) {
    return sandbox.address(provider).toString();
  }
}
