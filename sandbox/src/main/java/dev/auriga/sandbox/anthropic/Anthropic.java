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
import dev.auriga.sandbox.protocol.Usage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The Messages API as Anthropic or as Microsoft Foundry serves it. Foundry has another path, takes
/// `api-key` and Entra tokens too, calls models by deployment name and has no list of models.
public final class Anthropic implements Provider {
  private static final String VERSION = "2023-06-01";
  private static final int MOST_BYTES = 32 * 1024 * 1024;

  /// In a prompt, has the thinking redacted (Claude documentation, Extended thinking).
  private static final String REDACTS = "ANTHROPIC_MAGIC_STRING_TRIGGER_REDACTED_THINKING_";

  private final boolean foundry;
  private final String key;
  private final @Nullable String entraToken;
  private final Mind mind;
  private final Ids ids;
  private final Signatures signatures;
  private final AnthropicErrors errors;
  private final MessageReader reader;
  private final ModelList models;
  private final PromptCache cache = new PromptCache();

  private Anthropic(boolean foundry, String key, @Nullable String entraToken, Mind mind) {
    this.foundry = foundry;
    this.key = key;
    this.entraToken = entraToken;
    this.mind = mind;
    this.ids = new Ids(mind.seed(), foundry ? "foundry" : "anthropic");
    this.signatures = new Signatures(mind.seed());
    this.errors = new AnthropicErrors(ids, foundry);
    this.reader = new MessageReader(foundry, signatures, errors);
    this.models = new ModelList(errors);
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
      if (path.equals("/v1/messages") || path.equals("/v1/messages/count_tokens")) {
        if (!ask.method().equals("POST")) {
          return errors.error(405, "invalid_request_error", "Method Not Allowed", Map.of());
        }
        return path.equals("/v1/messages") ? message(ask, filtered) : count(ask);
      }
      if (!foundry && ask.method().equals("GET") && path.startsWith(ModelList.PATH)) {
        return models.answer(path, ask.query(), correlation());
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
    Fields body = body(ask);
    ModelCard card = card(body);
    MessageRequest request = reader.answered(body, card, new Betas(ask, errors));
    Thought thought = mind.think(card, request.question());
    return written(card, request, filtered ? thought.filtered() : thought);
  }

  private Reply count(Ask ask) {
    Fields body = body(ask);
    MessageRequest request = reader.counted(body, card(body), new Betas(ask, errors));
    return Json.reply(
        200, correlation(), Json.object().put("input_tokens", request.promptTokens()), null);
  }

  private Fields body(Ask ask) {
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
    return errors.fields(json);
  }

  private ModelCard card(Fields body) {
    String model = body.text("model");
    return Catalogue.find(Vendor.ANTHROPIC, model)
        .orElseThrow(() -> new Refused(errors.noSuchModel(model)));
  }

  private Map<String, String> correlation() {
    return errors.correlation(ids.next("req_011C", 20));
  }

  private Reply written(ModelCard card, MessageRequest request, Thought thought) {
    Usage output = new Usage(0, 0, 0, thought.visibleTokens(), thought.reasoningTokens());
    MessageUsage usage = cache.account(card.name(), request.prompt(), output);
    List<String> callIds = thought.calls().stream().map(_ -> ids.next("toolu_01", 22)).toList();
    var content = new MessageWriter.Content(thought, thinking(request, thought), callIds);
    MessageWriter writer = new MessageWriter(card, ids.next("msg_01", 22), usage);
    Map<String, String> headers = new LinkedHashMap<>(correlation());
    headers.putAll(limits());
    return request.stream() ? writer.streamed(content, headers) : writer.whole(content, headers);
  }

  private @Nullable ObjectNode thinking(MessageRequest request, Thought thought) {
    if (thought.reasoning().isEmpty()) {
      return null;
    }
    if (request.question().text().contains(REDACTS)) {
      return Json.object()
          .put("type", "redacted_thinking")
          .put("data", signatures.redacted(thought.reasoning()));
    }
    String shown = request.shown().thinking() ? thought.reasoning() : "";
    return Json.object()
        .put("type", "thinking")
        .put("thinking", shown)
        .put("signature", signatures.of(shown, request.shown().boundTo()));
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
}
