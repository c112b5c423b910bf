// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.completion.Secret;
import dev.auriga.config.ProviderConfig.Auth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one entry of `providers`.
final class ProviderReader {
  private final Section section;
  private final String path;

  private ProviderReader(Section section, String path) {
    this.section = section;
    this.path = path;
  }

  /// The provider, null when it cannot be made; problems then say why.
  static @Nullable ProviderConfig read(Section section, String path) {
    String kind = section.required("kind", "one of " + String.join(", ", ProviderConfig.KINDS));
    if (kind == null) {
      return null;
    }
    ProviderReader reader = new ProviderReader(section, path);
    ProviderConfig provider =
        switch (kind) {
          case "anthropic" -> reader.anthropic();
          case "anthropic-foundry" -> reader.foundry();
          case "azure-openai" -> reader.azureOpenAi();
          case "openai" -> reader.openAi();
          case "gemini" -> reader.gemini();
          case "openrouter" -> reader.openRouter();
          case "openai-compatible" -> reader.openAiCompatible();
          case String unknown -> {
            String message = "unknown kind \"%s\"".formatted(unknown);
            section.findings().unknown(section.path("kind"), message, unknown, ProviderConfig.KINDS);
            yield null;
          }
        };
    if (ProviderConfig.KINDS.contains(kind)) {
      section.finish();
    }
    return provider;
  }

  private @Nullable ProviderConfig anthropic() {
    Auth.ApiKey key = requiredKey();
    String address = section.text("base-url");
    boolean insecure = section.flag("insecure");
    return key == null ? null : new ProviderConfig.Anthropic(key, address, insecure);
  }

  private @Nullable ProviderConfig gemini() {
    Auth.ApiKey key = requiredKey();
    String address = section.text("base-url");
    boolean insecure = section.flag("insecure");
    return key == null ? null : new ProviderConfig.Gemini(key, address, insecure);
  }

  private @Nullable ProviderConfig openAi() {
    Auth.ApiKey key = requiredKey();
    String address = section.text("base-url");
    String organization = section.text("organization");
    String project = section.text("project");
    boolean insecure = section.flag("insecure");
    ProviderConfig.OpenAi.Account account =
        organization == null && project == null
            ? null
            : new ProviderConfig.OpenAi.Account(organization, project);
    return key == null ? null : new ProviderConfig.OpenAi(key, address, account, insecure);
  }

  private @Nullable ProviderConfig openRouter() {
    Auth.ApiKey key = requiredKey();
    String address = section.text("base-url");
    String url = section.text("app-url");
    String title = section.text("app-title");
    boolean insecure = section.flag("insecure");
    ProviderConfig.OpenRouter.App app =
        url == null && title == null ? null : new ProviderConfig.OpenRouter.App(url, title);
    return key == null ? null : new ProviderConfig.OpenRouter(key, address, app, insecure);
  }

  private @Nullable ProviderConfig foundry() {
    String resource = section.text("resource");
    String address = section.text("base-url");
    Auth auth = keyOrEntra();
    boolean insecure = section.flag("insecure");
    boolean unreadable = resource == null && address == null
        && (section.has("resource") || section.has("base-url"));
    return auth == null || unreadable
        ? null
        : new ProviderConfig.Foundry(resource, address, auth, insecure);
  }

  private @Nullable ProviderConfig azureOpenAi() {
    String endpoint =
        section.required("endpoint", "any form the portal shows, as in https://NAME.openai.azure.com");
    String version = section.text("api-version");
    Auth auth = keyOrEntra();
    boolean insecure = section.flag("insecure");
    return endpoint == null || auth == null
        ? null
        : new ProviderConfig.AzureOpenAi(endpoint, version, auth, insecure);
  }

  private @Nullable ProviderConfig openAiCompatible() {
    String address = section.required("base-url", "as in http://localhost:11434/v1");
    Auth.ApiKey key = keys();
    boolean insecure = section.flag("insecure");
    boolean unreadable = key == null && (section.has("api-key") || section.has("api-keys"));
    return address == null || unreadable
        ? null
        : new ProviderConfig.OpenAiCompatible(address, key, insecure);
  }

  private Auth.@Nullable ApiKey requiredKey() {
    if (!section.has("api-key") && !section.has("api-keys")) {
      section.findings().add(path, "\"api-key\" is missing", "as in api-key: \"${env:NAME}\"");
    }
    return keys();
  }

  /// One key or several; null when there is none, or one that cannot be read.
  private Auth.@Nullable ApiKey keys() {
    Secret one = section.secret("api-key");
    List<String> several = section.texts("api-keys");
    if (section.has("api-key") && section.has("api-keys")) {
      section.findings().add(
          section.path("api-keys"), "\"api-key\" and \"api-keys\" exclude each other", "leave one out");
      return null;
    }
    if (several == null) {
      return one == null ? null : new Auth.ApiKey(one);
    }
    if (several.isEmpty()) {
      section.findings().add(section.path("api-keys"), "is empty");
    }
    // A text that cannot be read is left empty, with a problem of its own.
    return several.isEmpty() || several.contains("")
        ? null
        : new Auth.ApiKey(several.stream().map(Secret::new).toList());
  }

  private @Nullable Auth keyOrEntra() {
    boolean hasKey = section.has("api-key") || section.has("api-keys");
    Auth.ApiKey key = keys();
    String auth = section.text("auth");
    String scope = section.text("entra-scope");
    Findings findings = section.findings();
    if (section.has("auth")) {
      if (hasKey) {
        findings.add(section.path("auth"), "\"api-key\" and \"auth\" exclude each other", "leave one out");
      }
      if (auth != null && !auth.equals("entra")) {
        findings.add(section.path("auth"), "must be entra, or left out beside an api-key");
      }
      return hasKey || auth == null ? null : new Auth.Entra(scope);
    }
    if (section.has("entra-scope")) {
      findings.add(section.path("entra-scope"), "has no meaning without \"auth: entra\"");
    }
    if (!hasKey) {
      findings.add(path, "no way to authenticate", "give \"api-key\" or \"auth: entra\"");
    }
    return key;
  }
}
