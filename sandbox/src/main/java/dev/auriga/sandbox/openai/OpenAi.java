// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai;

import dev.auriga.sandbox.mind.Catalogue;
import dev.auriga.sandbox.mind.Embedder;
import dev.auriga.sandbox.mind.Mind;
import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.mind.ModelCard.Vendor;
import dev.auriga.sandbox.openai.chat.ChatApi;
import dev.auriga.sandbox.openai.responses.ResponsesApi;
import dev.auriga.sandbox.openai.rules.OpenAiAuth;
import dev.auriga.sandbox.openai.rules.OpenAiErrors;
import dev.auriga.sandbox.openai.rules.OpenAiWording;
import dev.auriga.sandbox.protocol.Ask;
import dev.auriga.sandbox.protocol.Errors;
import dev.auriga.sandbox.protocol.Extras;
import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.Ids;
import dev.auriga.sandbox.protocol.Provider;
import dev.auriga.sandbox.protocol.Refused;
import dev.auriga.sandbox.protocol.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// OpenAI's APIs as OpenAI or as Azure OpenAI serves them: Chat Completions, Responses and its token
/// count, Embeddings, and at OpenAI the list of models. Azure knows deployments instead of models.
public final class OpenAi implements Provider {
  private static final Pattern API_VERSION = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(-preview)?");

  private final boolean azure;
  private final OpenAiErrors errors;
  private final OpenAiAuth auth;
  private final ChatApi chat;
  private final ResponsesApi responses;
  private final Embeddings embeddings;
  private final ModelList models;
  private final ModelRouter router;

  private OpenAi(String key, @Nullable String entraToken, Mind mind) {
    this.azure = entraToken != null;
    Ids ids = new Ids(mind.seed(), azure ? "azure" : "openai");
    this.errors = new OpenAiErrors(ids, azure);
    this.auth = new OpenAiAuth(key, entraToken, errors);
    this.chat = new ChatApi(mind, ids, errors, azure);
    this.responses = new ResponsesApi(mind, ids, errors, azure);
    this.embeddings = new Embeddings(errors);
    this.models = new ModelList(errors);
    this.router = new ModelRouter(errors);
  }

  /// OpenAI's own service.
  public static OpenAi firstParty(String key, Mind mind) {
    return new OpenAi(key, null, mind);
  }

  /// Azure OpenAI.
  public static OpenAi inAzure(String key, String entraToken, Mind mind) {
    return new OpenAi(key, entraToken, mind);
  }

  @Override
  public Errors errors() {
    return errors;
  }

  @Override
  public List<String> models() {
    Stream<String> names = Catalogue.of(Vendor.OPENAI).stream().map(ModelCard::name);
    return (azure
            ? Stream.concat(names, Stream.of(ModelRouter.DEPLOYMENT, ModelRouter.OLDER))
            : names)
        .toList();
  }

  @Override
  public @Nullable String modelAsked(Ask ask) {
    String deployment = OpenAiPath.of(ask.path(), azure).deployment();
    if (deployment != null) {
      return deployment;
    }
    JsonNode body = ask.json();
    return body == null ? null : body.path("model").asString(null);
  }

  @Override
  public boolean asksForStream(Ask ask) {
    JsonNode body = ask.json();
    return body != null && body.path("stream").asBoolean(false);
  }

  @Override
  public Reply answer(Ask ask, boolean filtered) {
    try {
      auth.check(ask);
      OpenAiPath path = OpenAiPath.of(ask.path(), azure);
      return azure ? atAzure(ask, path, filtered) : atOpenAi(ask, path, filtered);
    } catch (Refused refused) {
      return refused.reply();
    }
  }

  private Reply atOpenAi(Ask ask, OpenAiPath path, boolean filtered) {
    if (path.operation() == OpenAiPath.Operation.MODELS && ask.method().equals("GET")) {
      return models.answer(ask.path());
    }
    if (path.operation() == OpenAiPath.Operation.NONE) {
      return errors.error(
          404,
          "invalid_request_error",
          null,
          null,
          "Invalid URL (" + ask.method() + " " + ask.path() + ")");
    }
    if (!ask.method().equals("POST") || path.operation() == OpenAiPath.Operation.MODELS) {
      return errors.error(
          405,
          "invalid_request_error",
          "method_not_supported",
          null,
          "Not allowed to " + ask.method() + " on " + ask.path() + ".");
    }
    return performed(path, ask, filtered);
  }

  private Reply atAzure(Ask ask, OpenAiPath path, boolean filtered) {
    String version = ask.query().get("api-version");
    boolean known =
        ask.method().equals("POST")
            && path.operation() != OpenAiPath.Operation.NONE
            && path.operation() != OpenAiPath.Operation.MODELS;
    if (!known || (path.dated() && version == null)) {
      return errors.azure(404, "404", "Resource not found");
    }
    if (path.dated() && !API_VERSION.matcher(version).matches()) {
      return errors.azure(400, "BadRequest", "API version not supported");
    }
    return performed(path, ask, filtered);
  }

  private Reply performed(OpenAiPath path, Ask ask, boolean filtered) {
    JsonNode json = ask.json();
    if (json == null) {
      throw errors.invalid("We could not parse the JSON body of your request.", null, null);
    }
    boolean older = !path.operation().isOfResponses();
    Fields body =
        older ? OpenAiWording.older(json, errors) : OpenAiWording.responses(json, errors);
    String named = path.deployment() == null ? body.text("model") : path.deployment();
    Map<String, String> headers = headers(named);
    if (azure && ModelRouter.isOne(named) && path.operation().isCompletion()) {
      return routed(ask, named, older, filtered);
    }
    return switch (path.operation()) {
      case CHAT -> chat.create(body, new ChatApi.Asked(card(named), false), headers, filtered);
      case RESPONSES ->
          responses.create(body, new ResponsesApi.Asked(card(named), false), headers, filtered);
      case INPUT_TOKENS -> responses.count(body, card(named), headers);
      case EMBEDDINGS -> embeddings.create(body, embedder(named), headers);
      case MODELS, NONE -> throw new IllegalStateException("no operation to perform: " + path);
    };
  }

  /// An answer by whom the router chooses.
  private Reply routed(Ask ask, String named, boolean older, boolean filtered) {
    ObjectNode json = ((ObjectNode) Objects.requireNonNull(ask.json())).deepCopy();
    JsonNode config = named.equals(ModelRouter.OLDER) ? null : json.remove(ModelRouter.CONFIG);
    Fields body = older ? OpenAiWording.older(json, errors) : OpenAiWording.responses(json, errors);
    Fields controls =
        config == null
            ? null
            : Fields.of(config, ModelRouter.CONFIG, new OpenAiWording(errors, older));
    Map<String, String> headers = headers(named);
    String prompt = older ? chat.prompt(body) : responses.prompt(body);
    ModelRouter.Choice choice = router.choose(ask, named, controls, prompt);
    Reply reply =
        older
            ? chat.create(body, new ChatApi.Asked(choice.card(), true), headers, filtered)
            : responses.create(body, new ResponsesApi.Asked(choice.card(), true), headers, filtered);
    return choice.details() == null
        ? reply
        : Extras.with(reply, "model_selection_details", choice.details());
  }

  private ModelCard card(String name) {
    return Catalogue.of(Vendor.OPENAI).stream()
        .filter(known -> azure ? known.name().equals(name) : known.answersTo(name))
        .findFirst()
        .orElseThrow(() -> noSuch(name));
  }

  private Embedder embedder(String name) {
    return Embedder.find(Vendor.OPENAI, name).orElseThrow(() -> noSuch(name));
  }

  private Refused noSuch(String name) {
    return new Refused(azure ? errors.noSuchDeployment() : errors.noSuchModel(name));
  }

  private Map<String, String> headers(String asked) {
    Map<String, String> headers = new LinkedHashMap<>(errors.correlation());
    headers.put("x-ratelimit-limit-requests", "5000");
    headers.put("x-ratelimit-remaining-requests", "4999");
    headers.put("x-ratelimit-limit-tokens", "160000");
    headers.put("x-ratelimit-remaining-tokens", "159970");
    if (azure) {
      headers.put("x-ms-deployment-name", asked);
      headers.put("x-ms-rai-invoked", "true");
      headers.put("azureml-model-session", "d20260330170902-0e618f323d34");
      headers.put("x-ratelimit-reset-requests", "500");
      headers.put("x-ratelimit-reset-tokens", "7");
    } else {
      headers.put("openai-processing-ms", "120");
      headers.put("x-ratelimit-reset-requests", "12ms");
      headers.put("x-ratelimit-reset-tokens", "11ms");
    }
    return headers;
  }
}
