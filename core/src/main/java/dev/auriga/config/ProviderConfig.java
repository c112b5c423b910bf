// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.completion.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A service reached over HTTP: its kind, its address and its credential.
///
/// Addresses are kept as they were written; whoever builds the provider brings them into form.
/// Plain `http` to anywhere but this machine needs `insecure`.
public sealed interface ProviderConfig {
  /// The word for `kind` in the file.
  String kind();

  /// Absent only where a server of one's own asks for none.
  @Nullable Auth auth();

  /// Whether plain `http` to another machine is wanted.
  boolean insecure();

  /// Where it is, as written; absent for the vendor's own address and for a resource's name.
  @Nullable String address();

  /// How a provider knows us.
  sealed interface Auth {
    /// A key, or several of which one is used until it is at fault: refused, or its limits used up.
    record ApiKey(List<Secret> keys) implements Auth {
      public ApiKey {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
          throw new IllegalArgumentException("at least one key is needed");
        }
      }

      public ApiKey(Secret key) {
        this(List.of(key));
      }
    }

    /// A token from Entra ID.
    ///
    /// @param scope absent for the kind's usual one
    record Entra(@Nullable String scope) implements Auth {}
  }

  /// The Claude API.
  record Anthropic(Auth.ApiKey auth, @Nullable String address, boolean insecure)
      implements ProviderConfig {
    public Anthropic(Secret apiKey, @Nullable String address, boolean insecure) {
      this(new Auth.ApiKey(apiKey), address, insecure);
    }

    @Override
    public String kind() {
      return "anthropic";
    }
  }

  /// Claude in Microsoft Foundry.
  ///
  /// @param resource the resource's name; exactly one of this and `address` is there
  record Foundry(@Nullable String resource, @Nullable String address, Auth auth, boolean insecure)
      implements ProviderConfig {
    @Override
    public String kind() {
      return "anthropic-foundry";
    }
  }

  /// Azure OpenAI, by whatever form of its endpoint the portal shows.
  ///
  /// @param apiVersion absent for the v1 API; given, the older path with the deployment in it
  record AzureOpenAi(String address, @Nullable String apiVersion, Auth auth, boolean insecure)
      implements ProviderConfig {
    @Override
    public String kind() {
      return "azure-openai";
    }
  }

  /// The OpenAI API.
  record OpenAi(
      Auth.ApiKey auth, @Nullable String address, @Nullable Account account, boolean insecure)
      implements ProviderConfig {
    public OpenAi(
        Secret apiKey, @Nullable String address, @Nullable Account account, boolean insecure) {
      this(new Auth.ApiKey(apiKey), address, account, insecure);
    }

    /// Whose usage it is; sent as `OpenAI-Organization` and `OpenAI-Project`.
    public record Account(@Nullable String organization, @Nullable String project) {}

    @Override
    public String kind() {
      return "openai";
    }
  }

  /// The Gemini API.
  record Gemini(Auth.ApiKey auth, @Nullable String address, boolean insecure)
      implements ProviderConfig {
    public Gemini(Secret apiKey, @Nullable String address, boolean insecure) {
      this(new Auth.ApiKey(apiKey), address, insecure);
    }

    @Override
    public String kind() {
      return "gemini";
    }
  }

  /// OpenRouter.
  ///
  /// @param app whom its statistics count the requests for, absent for nobody
  record OpenRouter(Auth.ApiKey auth, @Nullable String address, @Nullable App app, boolean insecure)
      implements ProviderConfig {
    public OpenRouter(Secret apiKey, @Nullable String address, @Nullable App app, boolean insecure) {
      this(new Auth.ApiKey(apiKey), address, app, insecure);
    }

    /// An application, sent as `HTTP-Referer` and `X-OpenRouter-Title`; a client's own go before.
    public record App(@Nullable String url, @Nullable String title) {}

    @Override
    public String kind() {
      return "openrouter";
    }
  }

  /// Somebody else's server that speaks OpenAI's chat dialect: Ollama, vLLM, llama.cpp, …
  record OpenAiCompatible(String address, Auth.@Nullable ApiKey auth, boolean insecure)
      implements ProviderConfig {
    @Override
    public String kind() {
      return "openai-compatible";
    }
  }

  /// Every kind there is.
  List<String> KINDS =
      List.of(
          "anthropic", "anthropic-foundry", "openai", "azure-openai", "gemini", "openrouter",
          "openai-compatible");

  static ProviderConfig anthropic(Secret apiKey) {
    return new Anthropic(apiKey, null, false);
  }

  static ProviderConfig foundry(String resource, Auth auth) {
    return new Foundry(resource, null, auth, false);
  }

  static ProviderConfig azureOpenAi(String endpoint, Auth auth) {
    return new AzureOpenAi(endpoint, null, auth, false);
  }

  static ProviderConfig openAi(Secret apiKey) {
    return new OpenAi(apiKey, null, null, false);
  }

  static ProviderConfig gemini(Secret apiKey) {
    return new Gemini(apiKey, null, false);
  }

  static ProviderConfig openRouter(Secret apiKey) {
    return new OpenRouter(apiKey, null, null, false);
  }

  static ProviderConfig openAiCompatible(String baseUrl) {
    return new OpenAiCompatible(baseUrl, null, false);
  }
}
