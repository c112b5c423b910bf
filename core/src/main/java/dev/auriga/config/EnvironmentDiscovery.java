// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.completion.Secret;
import dev.auriga.config.ProviderConfig.Auth;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds providers by the environment variables their own tools use, and builds the route `auto`.
///
/// | variables | provider | deployments |
/// |---|---|---|
/// | `ANTHROPIC_FOUNDRY_API_KEY` with `_RESOURCE` or `_BASE_URL` | `foundry` | Claude |
/// | `ANTHROPIC_API_KEY` | `anthropic` | Claude |
/// | `AZURE_OPENAI_ENDPOINT` with `AZURE_OPENAI_API_KEY` or `AZURE_OPENAI_KEY` | `azure` | GPT |
/// | `OPENAI_API_KEY` | `openai` | GPT |
/// | `GEMINI_API_KEY` or `GOOGLE_API_KEY` | `google` | Gemini |
///
/// `OPENAI_API_VERSION` is the version of the provider `azure`, `OPENAI_BASE_URL` the address of
/// `openai`. Where two providers have a model, the one further up serves it. Half a provider (an
/// endpoint without its key, a key without its endpoint) is a problem, not silence.
final class EnvironmentDiscovery {
  private static final List<String> CLAUDE = List.of("claude-sonnet-4-5", "claude-haiku-4-5");
  private static final List<String> GPT = List.of("gpt-4o", "gpt-4o-mini");
  private static final List<String> GEMINI = List.of("gemini-2.5-pro");

  private final Map<String, String> environment;
  private final Findings findings = new Findings();
  private final Config.Builder builder = Config.builder();

  EnvironmentDiscovery(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  Config config() {
    foundry();
    anthropic();
    azure();
    openAi();
    gemini();
    if (findings.isEmpty() && builder.providers.isEmpty()) {
      findings.add(
          "",
          "no provider",
          "set ANTHROPIC_API_KEY, OPENAI_API_KEY, GEMINI_API_KEY (or GOOGLE_API_KEY),"
              + " AZURE_OPENAI_ENDPOINT with AZURE_OPENAI_API_KEY, or ANTHROPIC_FOUNDRY_API_KEY with"
              + " ANTHROPIC_FOUNDRY_RESOURCE; or write auriga.yaml");
    }
    if (findings.isEmpty()) {
      builder.route("auto", UsualRoutes.over(builder.deployments.keySet()));
      TreeChecks.run(builder, findings);
    }
    if (!findings.isEmpty()) {
      throw new ConfigProblems("the environment", findings.problems());
    }
    return builder.build();
  }

  private void foundry() {
    String key = variable("ANTHROPIC_FOUNDRY_API_KEY");
    String resource = variable("ANTHROPIC_FOUNDRY_RESOURCE");
    String address = variable("ANTHROPIC_FOUNDRY_BASE_URL");
    if (key == null && resource == null && address == null) {
      return;
    }
    if (key == null) {
      missing(
          "ANTHROPIC_FOUNDRY_API_KEY",
          resource == null ? "ANTHROPIC_FOUNDRY_BASE_URL" : "ANTHROPIC_FOUNDRY_RESOURCE");
    } else if (resource == null && address == null) {
      missing("ANTHROPIC_FOUNDRY_RESOURCE", "ANTHROPIC_FOUNDRY_API_KEY");
    } else if (resource != null && address != null) {
      findings.add(
          "", "ANTHROPIC_FOUNDRY_RESOURCE and ANTHROPIC_FOUNDRY_BASE_URL exclude each other", "unset one");
    } else {
      found("foundry", new ProviderConfig.Foundry(resource, address, apiKey(key), false), CLAUDE);
    }
  }

  private void anthropic() {
    String key = variable("ANTHROPIC_API_KEY");
    if (key != null) {
      found("anthropic", ProviderConfig.anthropic(new Secret(key)), CLAUDE);
    }
  }

  private void azure() {
    String endpoint = variable("AZURE_OPENAI_ENDPOINT");
    String key = firstOf("AZURE_OPENAI_API_KEY", "AZURE_OPENAI_KEY");
    if (endpoint == null && key == null) {
      return;
    }
    if (key == null) {
      missing("AZURE_OPENAI_API_KEY", "AZURE_OPENAI_ENDPOINT");
    } else if (endpoint == null) {
      missing("AZURE_OPENAI_ENDPOINT", "AZURE_OPENAI_API_KEY");
    } else {
      String version = variable("OPENAI_API_VERSION");
      found("azure", new ProviderConfig.AzureOpenAi(endpoint, version, apiKey(key), false), GPT);
    }
  }

  private void openAi() {
    String key = variable("OPENAI_API_KEY");
    if (key != null) {
      String address = variable("OPENAI_BASE_URL");
      found("openai", new ProviderConfig.OpenAi(new Secret(key), address, null, false), GPT);
    }
  }

  private void gemini() {
    String key = firstOf("GEMINI_API_KEY", "GOOGLE_API_KEY");
    if (key != null) {
      found("google", ProviderConfig.gemini(new Secret(key)), GEMINI);
    }
  }

  private void found(String name, ProviderConfig provider, List<String> models) {
    builder.provider(name, provider);
    for (String model : models) {
      if (!builder.deployments.containsKey(model)) {
        builder.deployment(model, name);
      }
    }
  }

  private void missing(String absent, String present) {
    findings.add("", "%s is set, but %s is not".formatted(present, absent), "set both, or neither");
  }

  private static Auth apiKey(String key) {
    return new Auth.ApiKey(new Secret(key));
  }

  private @Nullable String firstOf(String name, String otherName) {
    String value = variable(name);
    return value == null ? variable(otherName) : value;
  }

  /// An empty variable counts as not set.
  private @Nullable String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
