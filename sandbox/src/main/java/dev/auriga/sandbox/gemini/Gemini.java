// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.gemini;

import dev.auriga.sandbox.gemini.ContentWriter.Candidate;
import dev.auriga.sandbox.mind.Ability;
import dev.auriga.sandbox.mind.Catalogue;
import dev.auriga.sandbox.mind.Mind;
import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.mind.ModelCard.Vendor;
import dev.auriga.sandbox.mind.Offer;
import dev.auriga.sandbox.mind.Question;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The Gemini API as Google AI Studio serves it.
public final class Gemini implements Provider {
  private static final Set<String> FIELDS =
      Set.of(
          "model",
          "contents",
          "systemInstruction",
          "tools",
          "toolConfig",
          "safetySettings",
          "generationConfig",
          "cachedContent",
          "serviceTier");

  private final String key;
  private final Mind mind;
  private final Ids ids;
  private final Seal seal;
  private final GeminiErrors errors;

  public Gemini(String key, Mind mind) {
    this.key = key;
    this.mind = mind;
    this.ids = new Ids(mind.seed(), "gemini");
    this.seal = new Seal(mind.seed());
    this.errors = new GeminiErrors(ids);
  }

  @Override
  public Errors errors() {
    return errors;
  }

  @Override
  public List<String> models() {
    return Catalogue.of(Vendor.GOOGLE).stream().map(ModelCard::name).toList();
  }

  @Override
  public @Nullable String modelAsked(Ask ask) {
    String model = GeminiPath.of(ask.path()).model();
    return model.isEmpty() ? null : model;
  }

  @Override
  public boolean asksForStream(Ask ask) {
    return GeminiPath.of(ask.path()).streams();
  }

  @Override
  public Reply answer(Ask ask, boolean filtered) {
    try {
      authorise(ask);
      GeminiPath path = GeminiPath.of(ask.path());
      if (ask.method().equals("POST") && path.generates()) {
        return generated(ask, path, filtered);
      }
      if (ask.method().equals("GET") && ask.path().startsWith("/v1beta/models")) {
        return models(ask.path().substring("/v1beta/models".length()));
      }
      return path.method().isEmpty()
          ? errors.error(404, "NOT_FOUND", "Requested entity was not found.")
          : errors.noSuchModel(path.model(), path.method());
    } catch (Refused refused) {
      return refused.reply();
    }
  }

  private void authorise(Ask ask) {
    String header = ask.header("x-goog-api-key");
    String given = header != null ? header : ask.query().get("key");
    if (given == null) {
      throw new Refused(
          errors.error(
              403,
              "PERMISSION_DENIED",
              "Method doesn't allow unregistered callers (callers without established identity)."
                  + " Please use API Key or other form of API consumer identity to call this"
                  + " API."));
    }
    if (!given.equals(key)) {
      ObjectNode detail =
          Json.object()
              .put("@type", "type.googleapis.com/google.rpc.ErrorInfo")
              .put("reason", "API_KEY_INVALID")
              .put("domain", "googleapis.com");
      throw new Refused(
          errors.error(
              400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", detail));
    }
  }

  private Reply generated(Ask ask, GeminiPath path, boolean filtered) {
    ModelCard card =
        Catalogue.find(Vendor.GOOGLE, path.model())
            .orElseThrow(() -> new Refused(errors.noSuchModel(path.model(), path.method())));
    JsonNode json = ask.json();
    if (json == null) {
      throw errors.invalid("Invalid JSON payload received. Unexpected token.");
    }
    Fields written = errors.fields(json);
    Fields body = Proto.allow(errors.fields(Proto.camel(written.node())), FIELDS, errors);
    Contents contents = Contents.read(body, card, seal, errors);
    Offer offer = new Declarations(errors).read(body);
    GenerationConfig config = GenerationConfig.read(body, card, !offer.tools().isEmpty(), errors);
    long tokens = contents.tokens() + Declarations.tokens(offer);
    if (tokens > card.contextTokens()) {
      throw new Refused(errors.contextTooLong(tokens, card.contextTokens()));
    }
    Question question =
        new Question(
            contents.text(),
            contents.results(),
            contents.images(),
            offer,
            config.form(),
            config.limits(),
            config.seed());
    return written(card, question, config, tokens, filtered, ask);
  }

  private Reply written(
      ModelCard card,
      Question question,
      GenerationConfig config,
      long tokens,
      boolean filtered,
      Ask ask) {
    List<Candidate> candidates = new ArrayList<>();
    long visible = 0;
    long reasoning = 0;
    for (int index = 0; index < config.candidates(); index++) {
      Thought thought = mind.think(card, question.again(index));
      Thought shown = filtered ? thought.filtered() : thought;
      visible += shown.visibleTokens();
      reasoning += shown.reasoningTokens();
      candidates.add(new Candidate(shown, config.showThoughts(), signatures(card, shown)));
    }
    ContentWriter writer =
        new ContentWriter(card, ids.next("", 23), new Usage(tokens, 0, 0, visible, reasoning));
    return GeminiPath.of(ask.path()).streams()
        ? writer.streamed(candidates, GeminiPath.wantsEvents(ask))
        : writer.whole(candidates);
  }

  private List<String> signatures(ModelCard card, Thought thought) {
    if (!card.can(Ability.SIGNED_CALLS)) {
      return List.of();
    }
    return thought.calls().isEmpty()
        ? List.of(seal.of(thought.text()))
        : thought.calls().stream()
            .map(call -> seal.of(Contents.signed(call.name(), call.arguments())))
            .toList();
  }

  private Reply models(String rest) {
    if (rest.startsWith("/")) {
      String name = rest.substring(1);
      ModelCard card =
          Catalogue.find(Vendor.GOOGLE, name)
              .orElseThrow(() -> new Refused(errors.noSuchModel(name, "generateContent")));
      return GeminiErrors.pretty(200, model(card), null);
    }
    ObjectNode list = Json.object();
    ArrayNode models = list.putArray("models");
    Catalogue.of(Vendor.GOOGLE).forEach(card -> models.add(model(card)));
    return GeminiErrors.pretty(200, list, null);
  }

  private static ObjectNode model(ModelCard card) {
    ObjectNode model =
        Json.object()
            .put("name", "models/" + card.name())
            .put("version", "001")
            .put("displayName", card.name())
            .put("inputTokenLimit", card.contextTokens())
            .put("outputTokenLimit", card.maxOutputTokens());
    model
        .putArray("supportedGenerationMethods")
        .add("generateContent")
        .add("streamGenerateContent");
    return model;
  }
}
