// SPDX-License-Identifier: Apache-2.0
package dev.auriga;

import dev.auriga.capability.Api;
import dev.auriga.completion.Secret;
import dev.auriga.config.Config;
import dev.auriga.config.ConfigProblems;
import dev.auriga.config.DeploymentConfig;
import dev.auriga.config.ProviderConfig;
import dev.auriga.config.ProviderConfig.Auth;
import dev.auriga.config.RouterConfig;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.dialect.router.ModelRouter;
import dev.auriga.dialect.router.OpenRouter;
import dev.auriga.dialect.router.Router;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Builds the configured providers, an [HttpProvider] for each API; closes what they share.
final class Providers implements AutoCloseable {
  private static final URI ANTHROPIC = URI.create("https://api.anthropic.com");
  private static final URI OPENAI = URI.create("https://api.openai.com/v1");
  private static final URI OPENROUTER = URI.create("https://openrouter.ai/api/v1");
  private static final URI GEMINI = URI.create("https://generativelanguage.googleapis.com/v1beta");

  /// The scopes Microsoft documents for Claude in Foundry and for Azure OpenAI; see the
  /// configuration's `entra-scope` where a resource wants another.
  private static final String FOUNDRY_SCOPE = "https://ai.azure.com/.default";

  private static final String AZURE_SCOPE = "https://cognitiveservices.azure.com/.default";

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
    return switch (config.providers().get(provider)) {
      case ProviderConfig.OpenAiCompatible _, ProviderConfig.OpenRouter _ -> Target.Host.COMPATIBLE;
      case null, default -> Target.Host.VENDOR;
    };
  }

  /// Whose API the provider of that name speaks.
  static Api api(Config config, String provider) {
    return switch (config.providers().get(provider)) {
      case ProviderConfig.Anthropic _, ProviderConfig.Foundry _ -> Api.ANTHROPIC;
      case ProviderConfig.OpenAi _, ProviderConfig.AzureOpenAi _ -> Api.OPENAI;
      case ProviderConfig.OpenAiCompatible _, ProviderConfig.OpenRouter _ -> Api.OPENAI_COMPATIBLE;
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
        case ProviderConfig.OpenRouter said ->
            lists.put(
                name,
                ModelList.openAi(
                    Api.OPENAI_COMPATIBLE, address(said.address(), OPENROUTER), Headers.NONE,
                    new Bearer(first(said.auth()))));
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

  /// What makes the deployment called `name` a router itself; null for every other.
  @Nullable Router router(String name, DeploymentConfig said) {
    return switch (config.providers().get(said.provider())) {
      case ProviderConfig.AzureOpenAi _ when said.isModelRouter(name) -> modelRouter(said.router());
      case ProviderConfig.OpenRouter _ -> openRouter(said.modelFor(name), said.router());
      case null, default -> null;
    };
  }

  private static Router modelRouter(@Nullable RouterConfig said) {
    if (!(said instanceof RouterConfig.ModelRouter(RouterConfig.Mode mode, List<String> models, boolean affinity))) {
      return ModelRouter.PLAIN;
    }
    return new ModelRouter(
        new ModelRouter.Controls(mode == null ? null : mode.token(), models, affinity));
  }

  private static Router openRouter(String model, @Nullable RouterConfig said) {
    return said instanceof RouterConfig.OpenRouter told
        ? new OpenRouter(model, told.models(), told.provider(), told.plugins())
        : new OpenRouter(model, List.of(), null, null);
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
        yield compatible(URI.create(compatible.address()), Headers.NONE, bearer);
      }
      case ProviderConfig.OpenRouter openRouter ->
          compatible(
              address(openRouter.address(), OPENROUTER), app(openRouter.app()),
              ring(openRouter.auth(), Bearer::new));
    };
  }

  /// Few such servers have Responses, so it is called only where the file says so.
  private Apis compatible(URI base, Headers headers, @Nullable Credential bearer) {
    Provider chat = http(OpenAiEndpoint.at(base, OpenAiChat.lenient(), headers).compatible(), bearer);
    return new Apis(chat, http(OpenAiEndpoint.responsesAt(base, headers).compatible(), bearer), chat);
  }

  private static Headers app(ProviderConfig.OpenRouter.@Nullable App app) {
    Headers headers = Headers.NONE;
    if (app != null && app.url() != null) {
      headers = headers.with("HTTP-Referer", app.url());
    }
    if (app != null && app.title() != null) {
      headers = headers.with("X-OpenRouter-Title", app.title());
    }
    return headers;
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
