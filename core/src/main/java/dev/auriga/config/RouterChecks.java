// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Checks what a deployment tells a router: that there is one, and that it can be told so.
final class RouterChecks {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Findings findings;

  RouterChecks(Findings findings) {
    this.findings = findings;
  }

  /// @param provider absent where it is not known
  void check(String name, DeploymentConfig deployment, @Nullable ProviderConfig provider) {
    String path = "deployments." + name;
    switch (deployment.router()) {
      case null -> {}
      case RouterConfig.ModelRouter said -> modelRouter(path + ".routing", name, deployment, provider, said);
      case RouterConfig.OpenRouter said -> openRouter(path + ".openrouter", provider, said);
    }
  }

  private void modelRouter(
      String path,
      String name,
      DeploymentConfig deployment,
      @Nullable ProviderConfig provider,
      RouterConfig.ModelRouter said) {
    if (provider != null && !(provider instanceof ProviderConfig.AzureOpenAi)) {
      findings.add(path, "is for Azure's Model Router, and the provider is " + provider.kind(), "leave it out");
    } else if (provider != null && !deployment.isModelRouter(name)) {
      findings.add(
          path,
          "is for Azure's Model Router, and nothing says that this is one",
          "say \"base-model: model-router\" where its deployment has a name of its own, or leave it out");
    }
    models(path, said.models());
  }

  private void openRouter(
      String path, @Nullable ProviderConfig provider, RouterConfig.OpenRouter said) {
    if (provider != null && !(provider instanceof ProviderConfig.OpenRouter)) {
      findings.add(path, "is for OpenRouter, and the provider is " + provider.kind(), "leave it out");
    }
    models(path, said.models());
    if (said.provider() != null && !read(said.provider().text()).isObject()) {
      findings.add(path + ".provider", "must be a mapping, as in { order: [a, b] }");
    }
    if (said.plugins() != null && !read(said.plugins().text()).isArray()) {
      findings.add(path + ".plugins", "must be a list, as in [{ id: web }]");
    }
  }

  private void models(String path, List<String> models) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < models.size(); i++) {
      if (models.get(i).isBlank()) {
        findings.add("%s.models[%d]".formatted(path, i), "is empty");
      } else if (!seen.add(models.get(i))) {
        findings.add("%s.models[%d]".formatted(path, i), "\"%s\" is given twice".formatted(models.get(i)));
      }
    }
  }

  private static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JacksonException _) {
      return MAPPER.missingNode();
    }
  }
}
