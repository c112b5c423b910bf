// SPDX-License-Identifier: Apache-2.0
package dev.auriga;

import dev.auriga.capability.Api;
import dev.auriga.completion.Secret;
import dev.auriga.config.Config;
import dev.auriga.config.ConfigProblems;
import dev.auriga.config.DeploymentConfig;
import dev.auriga.config.ProviderConfig;
import dev.auriga.config.ProviderConfig.Auth;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.ledger.PriceBook;
import dev.auriga.provider.AnthropicEndpoint;
import dev.auriga.provider.ApiKey;
import dev.auriga.provider.AzureAddress;
import dev.auriga.provider.AzureEndpoint;
import dev.auriga.provider.Bearer;
import dev.auriga.provider.Credential;
import dev.auriga.provider.EitherApi;
import dev.auriga.provider.Endpoint;
import dev.auriga.provider.EntraSource;
import dev.auriga.provider.FoundryAddress;
import dev.auriga.provider.GeminiEndpoint;
import dev.auriga.provider.HttpProvider;
import dev.auriga.provider.KeyRing;
import dev.auriga.provider.ModelList;
import dev.auriga.provider.OpenAiEndpoint;
import dev.auriga.provider.Provider;
import dev.auriga.provider.Transport;
import dev.auriga.reasoning.Vault;
import dev.auriga.resilience.Time;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Builds the configured providers, an [HttpProvider] for each API; closes what they share.
final class Providers implements AutoCloseable {
  private static final URI ANTHROPIC = URI.create("https://api.anthropic.com");
  private static final URI OPENAI = URI.create("https://api.openai.com/v1");
  private static final URI GEMINI = URI.create("https://generativelanguage.googleapis.com/v1beta");

  /// The scopes Microsoft documents for Claude in Foundry and for Azure OpenAI; see the
  /// configuration's `entra-scope` where a resource wants another.
  private static final String FOUNDRY_SCOPE = "https://ai.azure.com/.default";

  private static final String AZURE_SCOPE = "https://cognitiveservices.azure.com/.default";

  /// The names under which Azure's Model Router is deployed or asked without a deployment.
  private static final Set<String> ROUTER_MODELS = Set.of("model-router", "auto");

  private final Config config;
  private final Transport transport;
  private final EntraSource entra;
  private final Time time;
  private final Vault vault;
  /// The calls a provider takes: of its usual API, of Responses where it is one of OpenAI's kind, and
  /// of the one chosen for each call where nothing else is said.
  private record Apis(Provider usual, @Nullable Provider responses, Provider chosen) {
    static Apis only(Provider usual) {
      return new Apis(usual, null, usual);
    }
  }

  /// The first dated version of Azure's older API that has Responses (Azure OpenAI documentation, API
  /// version lifecycle).
  private static final String FIRST_WITH_RESPONSES = "2025-03-01-preview";

  private final Map<String, Apis> built = new HashMap<>();
  private final List<Credential> credentials = new ArrayList<>();

  /// Throws [ConfigProblems] with every provider that cannot be built.
  Providers(Config config, Assembler.Parts parts) {
    this.config = config;
    this.transport = parts.transport();
    this.entra = parts.entra();
    this.time = parts.time();
    this.vault = new Vault(Vault.Bounds.USUAL, parts.time()::now);
    List<ConfigProblems.Problem> problems = new ArrayList<>();
    config
        .providers()
        .forEach(
            (name, said) -> {
              try {
                built.put(name, build(said));
              } catch (IllegalArgumentException advice) {
                problems.add(
                    new ConfigProblems.Problem(
                        "providers." + name, null, String.valueOf(advice.getMessage()), null));
              }
            });
    if (!problems.isEmpty()) {
      throw new ConfigProblems("the configuration", problems);
    }
  }

  /// What makes the calls of a deployment at `name` that is to be called over `api`, null to choose
  /// for each call.
  Provider provider(String name, DeploymentConfig.@Nullable Api api) {
    Apis apis = built.get(name);
    if (apis == null) {
      throw new IllegalStateException(
          "a deployment names the provider \"" + name + "\", which does not exist");
    }
    Provider found =
        switch (api) {
          case CHAT -> apis.usual();
          case RESPONSES -> apis.responses();
          case null -> apis.chosen();
        };
    if (found == null) {
      throw new IllegalStateException("the provider \"" + name + "\" has no Responses API");
    }
    return found;
  }

  /// Whose implementation of its dialect the provider is.
  Target.Host host(String provider) {
    return config.providers().get(provider) instanceof ProviderConfig.OpenAiCompatible
        ? Target.Host.COMPATIBLE
        : Target.Host.VENDOR;
  }

  /// Whose API the provider of that name speaks.
  static Api api(Config config, String provider) {
    return switch (config.providers().get(provider)) {
      case ProviderConfig.Anthropic _, ProviderConfig.Foundry _ -> Api.ANTHROPIC;
      case ProviderConfig.OpenAi _, ProviderConfig.AzureOpenAi _ -> Api.OPENAI;
      case ProviderConfig.OpenAiCompatible _ -> Api.OPENAI_COMPATIBLE;
      case ProviderConfig.Gemini _ -> Api.GEMINI;
      case null ->
          throw new IllegalStateException(
              "a deployment names the provider \"" + provider + "\", which does not exist");
    };
  }

  /// The lists of models that are to be read.
  Map<String, ModelList> lists() {
    Map<String, ModelList> lists = new LinkedHashMap<>();
    for (String name : config.discover()) {
      switch (config.providers().get(name)) {
        case ProviderConfig.Anthropic said ->
            lists.put(
                name,
                ModelList.anthropic(address(said.address(), ANTHROPIC), ApiKey.anthropic(first(said.auth()))));
        case ProviderConfig.OpenAi said ->
            lists.put(
                name,
                ModelList.openAi(
                    Api.OPENAI, address(said.address(), OPENAI), account(said), new Bearer(first(said.auth()))));
        case ProviderConfig.Gemini said ->
            lists.put(
                name, ModelList.gemini(address(said.address(), GEMINI), ApiKey.gemini(first(said.auth()))));
        case ProviderConfig.OpenAiCompatible said -> {
          Auth.ApiKey keys = said.auth();
          Bearer bearer = keys == null ? null : new Bearer(first(keys));
          URI base = URI.create(said.address());
          lists.put(name, ModelList.openAi(Api.OPENAI_COMPATIBLE, base, Headers.NONE, bearer));
        }
        case ProviderConfig.AzureOpenAi _, ProviderConfig.Foundry _ -> {}
        case null -> {}
      }
    }
    return lists;
  }

  /// The fee of `model` at `provider` where it is a router itself, else null.
  @Nullable String routingFee(String provider, String model) {
    return config.providers().get(provider) instanceof ProviderConfig.AzureOpenAi
            && ROUTER_MODELS.contains(model)
        ? PriceBook.AZURE_ROUTER_FEE
        : null;
  }

  private Apis build(ProviderConfig said) {
    return switch (said) {
      case ProviderConfig.Anthropic anthropic ->
          Apis.only(
              http(
                  AnthropicEndpoint.at(address(anthropic.address(), ANTHROPIC)),
                  ring(anthropic.auth(), ApiKey::anthropic)));
      case ProviderConfig.Foundry foundry -> Apis.only(foundry(foundry));
      case ProviderConfig.OpenAi openAi -> openAi(openAi);
      case ProviderConfig.AzureOpenAi azure -> azure(azure);
      case ProviderConfig.Gemini gemini ->
          Apis.only(
              http(
                  GeminiEndpoint.at(address(gemini.address(), GEMINI)),
                  ring(gemini.auth(), ApiKey::gemini)));
      case ProviderConfig.OpenAiCompatible compatible -> {
        Auth.ApiKey keys = compatible.auth();
        Credential bearer = keys == null ? null : ring(keys, Bearer::new);
        URI base = URI.create(compatible.address());
        Provider chat =
            http(OpenAiEndpoint.at(base, OpenAiChat.lenient(), Headers.NONE).compatible(), bearer);
        // Few such servers have Responses, so it is called only where the file says so.
        yield new Apis(chat, http(OpenAiEndpoint.responsesAt(base, Headers.NONE).compatible(), bearer), chat);
      }
    };
  }

  private Provider foundry(ProviderConfig.Foundry said) {
    String pasted = said.resource() != null ? said.resource() : String.valueOf(said.address());
    return http(
        AnthropicEndpoint.foundry(FoundryAddress.parse(pasted)),
        credential(said.auth(), "x-api-key", FOUNDRY_SCOPE));
  }

  private static Headers account(ProviderConfig.OpenAi said) {
    Headers headers = Headers.NONE;
    ProviderConfig.OpenAi.Account account = said.account();
    if (account != null && account.organization() != null) {
      headers = headers.with("OpenAI-Organization", account.organization());
    }
    if (account != null && account.project() != null) {
      headers = headers.with("OpenAI-Project", account.project());
    }
    return headers;
  }

  private Apis openAi(ProviderConfig.OpenAi said) {
    Headers headers = account(said);
    URI base = address(said.address(), OPENAI);
    Credential bearer = ring(said.auth(), Bearer::new);
    Provider chat = http(OpenAiEndpoint.at(base, OpenAiChat.strict(), headers), bearer);
    Provider responses = http(OpenAiEndpoint.responsesAt(base, headers), bearer);
    return new Apis(chat, responses, new EitherApi(chat, responses));
  }

  private Apis azure(ProviderConfig.AzureOpenAi said) {
    AzureAddress address = AzureAddress.parse(said.address());
    AzureAddress versioned =
        said.apiVersion() == null ? address : address.withApiVersion(said.apiVersion());
    Credential credential = credential(said.auth(), "api-key", AZURE_SCOPE);
    Provider chat = http(AzureEndpoint.at(versioned), credential);
    Provider responses = http(AzureEndpoint.responsesAt(versioned), credential);
    String version = versioned.apiVersion();
    boolean hasResponses = version == null || version.compareTo(FIRST_WITH_RESPONSES) >= 0;
    return new Apis(chat, responses, hasResponses ? new EitherApi(chat, responses) : chat);
  }

  private Credential credential(Auth auth, String keyHeader, String usualScope) {
    return switch (auth) {
      case Auth.ApiKey keys -> ring(keys, key -> new ApiKey(keyHeader, key));
      case Auth.Entra wanted -> {
        String scope = wanted.scope();
        Credential credential = entra.credential(scope == null ? usualScope : scope);
        credentials.add(credential);
        yield credential;
      }
    };
  }

  private static Secret first(Auth.ApiKey keys) {
    return keys.keys().getFirst();
  }

  private Credential ring(Auth.ApiKey keys, Function<Secret, Credential.Key> sent) {
    return keys.keys().size() == 1
        ? sent.apply(first(keys))
        : new KeyRing(keys.keys().stream().map(sent).map(Credential.Key::header).toList(), time);
  }

  private Provider http(Endpoint endpoint, @Nullable Credential credential) {
    return new HttpProvider(endpoint, credential, transport, vault);
  }

  private static URI address(@Nullable String said, URI usual) {
    return said == null ? usual : URI.create(said);
  }

  @Override
  public void close() {
    credentials.forEach(Credential::close);
    entra.close();
    transport.close();
  }
}
