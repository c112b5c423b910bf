// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai;

import dev.auriga.sandbox.mind.Catalogue;
import dev.auriga.sandbox.mind.Mind;
import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.mind.ModelCard.Vendor;
import dev.auriga.sandbox.mind.Thought;
import dev.auriga.sandbox.protocol.Ask;
import dev.auriga.sandbox.protocol.Errors;
import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.Ids;
import dev.auriga.sandbox.protocol.Json;
import dev.auriga.sandbox.protocol.Provider;
import dev.auriga.sandbox.protocol.Refused;
import dev.auriga.sandbox.protocol.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The Chat Completions API as OpenAI or as Azure OpenAI serves it. Azure has a path with the
/// deployment in it beside the newer one, and knows deployments instead of models.
public final class OpenAi implements Provider {
  private static final Pattern CLASSIC =
      Pattern.compile("/openai/deployments/([^/]+)/chat/completions");
  private static final Pattern API_VERSION = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(-preview)?");

  private final boolean azure;
  private final Mind mind;
  private final Ids ids;
  private final OpenAiErrors errors;
  private final OpenAiAuth auth;

  private OpenAi(String key, @Nullable String entraToken, Mind mind) {
    this.azure = entraToken != null;
    this.mind = mind;
    this.ids = new Ids(mind.seed(), azure ? "azure" : "openai");
    this.errors = new OpenAiErrors(ids, azure);
    this.auth = new OpenAiAuth(key, entraToken, errors);
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
    return (azure ? Stream.concat(names, Stream.of(ModelRouter.DEPLOYMENT)) : names).toList();
  }

  @Override
  public @Nullable String modelAsked(Ask ask) {
    Matcher classic = CLASSIC.matcher(ask.path());
    if (classic.matches()) {
      return classic.group(1);
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
      return azure ? atAzure(ask, filtered) : atOpenAi(ask, filtered);
    } catch (Refused refused) {
      return refused.reply();
    }
  }

  private Reply atOpenAi(Ask ask, boolean filtered) {
    if (ask.path().equals("/v1/chat/completions") && ask.method().equals("POST")) {
      Fields body = body(ask);
      String model = body.text("model");
      ModelCard card =
          Catalogue.find(Vendor.OPENAI, model)
              .orElseThrow(() -> new Refused(errors.noSuchModel(model)));
      return completed(body, card, model, filtered);
    }
    if (ask.path().startsWith("/v1/models") && ask.method().equals("GET")) {
      return models(ask.path().substring("/v1/models".length()));
    }
    boolean known = ask.path().equals("/v1/chat/completions") || ask.path().equals("/v1/models");
    return known
        ? errors.error(
            405,
            "invalid_request_error",
            "method_not_supported",
            null,
            "Not allowed to " + ask.method() + " on " + ask.path() + ".")
        : errors.error(
            404,
            "invalid_request_error",
            null,
            null,
            "Invalid URL (" + ask.method() + " " + ask.path() + ")");
  }

  private Reply atAzure(Ask ask, boolean filtered) {
    Matcher classic = CLASSIC.matcher(ask.path());
    boolean newer = ask.path().equals("/openai/v1/chat/completions");
    if (!ask.method().equals("POST") || !(newer || classic.matches())) {
      return errors.azure(404, "404", "Resource not found");
    }
    if (!newer) {
      String version = ask.query().get("api-version");
      if (version == null) {
        return errors.azure(404, "404", "Resource not found");
      }
      if (!API_VERSION.matcher(version).matches()) {
        return errors.azure(400, "BadRequest", "API version not supported");
      }
    }
    Fields body = body(ask);
    String deployment = newer ? body.text("model") : classic.group(1);
    if (deployment.equals(ModelRouter.DEPLOYMENT)) {
      ModelCard card = ModelRouter.choose(ChatMessages.read(body, errors).text());
      return completed(body, card, deployment, filtered);
    }
    ModelCard card =
        Catalogue.of(Vendor.OPENAI).stream()
            .filter(known -> known.name().equals(deployment))
            .findFirst()
            .orElseThrow(() -> new Refused(errors.noSuchDeployment()));
    return completed(body, card, deployment, filtered);
  }

  private Fields body(Ask ask) {
    JsonNode json = ask.json();
    if (json == null) {
      throw errors.invalid("We could not parse the JSON body of your request.", null, null);
    }
    return errors.fields(json);
  }

  private Reply completed(Fields body, ModelCard card, String asked, boolean filtered) {
    boolean router = azure && asked.equals(ModelRouter.DEPLOYMENT);
    ChatRequest request = ChatRequest.read(body, card, router, errors);
    List<Thought> thoughts = new ArrayList<>();
    for (int choice = 0; choice < request.choices(); choice++) {
      Thought thought = mind.think(card, request.question().again(choice));
      thoughts.add(filtered ? thought.filtered() : thought);
    }
    ChatWriter writer = new ChatWriter(card, azure, ids);
    Map<String, String> headers = headers(asked);
    return request.stream()
        ? writer.streamed(request, thoughts, headers)
        : writer.whole(request, thoughts, headers);
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

  private Reply models(String rest) {
    if (rest.startsWith("/")) {
      String name = rest.substring(1);
      ModelCard card =
          Catalogue.find(Vendor.OPENAI, name)
              .orElseThrow(() -> new Refused(errors.noSuchModel(name)));
      return Json.reply(200, errors.correlation(), model(card.name()), null);
    }
    ObjectNode list = Json.object().put("object", "list");
    ArrayNode data = list.putArray("data");
    for (ModelCard card : Catalogue.of(Vendor.OPENAI)) {
      data.add(model(card.name()));
      data.add(model(card.answersAs()));
    }
    return Json.reply(200, errors.correlation(), list, null);
  }

  private static ObjectNode model(String id) {
    return Json.object()
        .put("id", id)
        .put("object", "model")
        .put("created", 1_754_000_000)
        .put("owned_by", "system");
  }
}
