// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.anthropic;

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
import dev.auriga.sandbox.protocol.Seal;
import dev.auriga.sandbox.protocol.Usage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The Messages API as Anthropic or as Microsoft Foundry serves it. Foundry has another path, takes
/// `api-key` and Entra tokens too, calls models by deployment name and has no list of models.
public final class Anthropic implements Provider {
  private static final String VERSION = "2023-06-01";
  private static final int MOST_BYTES = 32 * 1024 * 1024;

  private final boolean foundry;
  private final String key;
  private final @Nullable String entraToken;
  private final Mind mind;
  private final Ids ids;
  private final Seal seal;
  private final AnthropicErrors errors;
  private final PromptCache cache = new PromptCache();

  private Anthropic(boolean foundry, String key, @Nullable String entraToken, Mind mind) {
    this.foundry = foundry;
    this.key = key;
    this.entraToken = entraToken;
    this.mind = mind;
    this.ids = new Ids(mind.seed(), foundry ? "foundry" : "anthropic");
    this.seal = new Seal(mind.seed());
    this.errors = new AnthropicErrors(ids, foundry);
  }

  /// Anthropic's own service.
  public static Anthropic firstParty(String key, Mind mind) {
    return new Anthropic(false, key, null, mind);
  }

  /// Claude in Microsoft Foundry.
  public static Anthropic inFoundry(String key, String entraToken, Mind mind) {
    return new Anthropic(true, key, entraToken, mind);
  }

  @Override
  public Errors errors() {
    return errors;
  }

  @Override
  public List<String> models() {
    return Catalogue.of(Vendor.ANTHROPIC).stream().map(ModelCard::name).toList();
  }

  @Override
  public @Nullable String modelAsked(Ask ask) {
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
      authorise(ask);
      String path =
          foundry && ask.path().startsWith("/anthropic/") ? ask.path().substring(10) : ask.path();
      if (foundry && path.equals(ask.path())) {
        return errors.azure(404, "404", "Resource not found");
      }
      if (path.equals("/v1/messages")) {
        return ask.method().equals("POST")
            ? message(ask, filtered)
            : errors.error(405, "invalid_request_error", "Method Not Allowed", Map.of());
      }
      if (!foundry && ask.method().equals("GET") && path.startsWith("/v1/models")) {
        return models(path.substring("/v1/models".length()));
      }
      return foundry
          ? errors.azure(404, "404", "Resource not found")
          : errors.error(404, "not_found_error", "Not found", Map.of());
    } catch (Refused refused) {
      return refused.reply();
    }
  }

  private void authorise(Ask ask) {
    String xApiKey = ask.header("x-api-key");
    String apiKey = foundry ? ask.header("api-key") : null;
    String bearer = ask.bearer();
    boolean keyed = xApiKey != null || apiKey != null;
    if (keyed && bearer != null) {
      throw unauthorised("Only one of x-api-key and Authorization may be sent");
    }
    if (!keyed && bearer == null) {
      throw unauthorised("x-api-key header is required");
    }
    boolean fits =
        keyed
            ? (xApiKey == null || xApiKey.equals(key)) && (apiKey == null || apiKey.equals(key))
            : bearer != null && bearer.equals(foundry ? entraToken : key);
    if (!fits) {
      throw unauthorised(keyed ? "invalid x-api-key" : "Invalid bearer token");
    }
  }

  private Refused unauthorised(String message) {
    return new Refused(
        foundry
            ? errors.azure(
                401,
                "401",
                "Access denied due to invalid subscription key or wrong API endpoint. Make sure to"
                    + " provide a valid key for an active subscription and use a correct regional"
                    + " API endpoint for your resource.")
            : errors.error(401, "authentication_error", message, Map.of()));
  }

  private Reply message(Ask ask, boolean filtered) {
    String version = ask.header("anthropic-version");
    if (version == null) {
      throw errors.invalid("anthropic-version: header is required");
    }
    if (!version.equals(VERSION)) {
      throw errors.invalid("anthropic-version: \"" + version + "\" is not a valid version");
    }
    if (ask.body().length > MOST_BYTES) {
      throw new Refused(
          errors.error(413, "request_too_large", "Request exceeds the maximum size", Map.of()));
    }
    JsonNode json = ask.json();
    if (json == null) {
      throw errors.invalid("The request body is not valid JSON");
    }
    Fields body = errors.fields(json);
    String model = body.text("model");
    ModelCard card =
        Catalogue.find(Vendor.ANTHROPIC, model)
            .orElseThrow(() -> new Refused(errors.noSuchModel(model)));
    MessageRequest request = MessageRequest.read(body, card, foundry, seal, errors);
    return written(card, request, filtered);
  }

  private Reply written(ModelCard card, MessageRequest request, boolean filtered) {
    Thought thought = mind.think(card, request.question());
    if (filtered) {
      thought = thought.filtered();
    }
    Usage output = new Usage(0, 0, 0, thought.visibleTokens(), thought.reasoningTokens());
    MessageUsage usage = cache.account(card.name(), request.prompt(), output);
    String shown = request.showThinking() ? thought.reasoning() : "";
    var content =
        new MessageWriter.Content(
            thought,
            shown,
            thought.reasoning().isEmpty() ? "" : seal.of(shown),
            thought.calls().stream().map(_ -> ids.next("toolu_01", 22)).toList());
    MessageWriter writer = new MessageWriter(card, ids.next("msg_01", 22), usage);
    Map<String, String> headers = new LinkedHashMap<>(errors.correlation(ids.next("req_011C", 20)));
    headers.putAll(limits());
    return request.stream() ? writer.streamed(content, headers) : writer.whole(content, headers);
  }

  private Map<String, String> limits() {
    if (foundry) {
      return Map.of();
    }
    String reset = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Map<String, String> headers = new LinkedHashMap<>();
    Map<String, Integer> buckets =
        Map.of(
            "requests", 4_000, "tokens", 480_000, "input-tokens", 400_000, "output-tokens", 80_000);
    buckets.forEach(
        (name, limit) -> {
          headers.put("anthropic-ratelimit-" + name + "-limit", Integer.toString(limit));
          headers.put("anthropic-ratelimit-" + name + "-remaining", Integer.toString(limit - 1));
          headers.put("anthropic-ratelimit-" + name + "-reset", reset);
        });
    return headers;
  }

  private Reply models(String rest) {
    Map<String, String> headers = errors.correlation(ids.next("req_011C", 20));
    if (rest.startsWith("/")) {
      String name = rest.substring(1);
      ModelCard card =
          Catalogue.find(Vendor.ANTHROPIC, name)
              .orElseThrow(() -> new Refused(errors.noSuchModel(name)));
      return Json.reply(200, headers, model(card), null);
    }
    ObjectNode list = Json.object();
    ArrayNode data = list.putArray("data");
    List<ModelCard> cards = Catalogue.of(Vendor.ANTHROPIC);
    cards.forEach(card -> data.add(model(card)));
    list.put("has_more", false)
        .put("first_id", cards.getFirst().answersAs())
        .put("last_id", cards.getLast().answersAs());
    return Json.reply(200, headers, list, null);
  }

  private static ObjectNode model(ModelCard card) {
    return Json.object()
        .put("type", "model")
        .put("id", card.answersAs())
        .put("display_name", card.name())
        .put("created_at", "2025-09-29T00:00:00Z")
        .put("max_input_tokens", card.contextTokens())
        .put("max_tokens", card.maxOutputTokens());
  }
}
