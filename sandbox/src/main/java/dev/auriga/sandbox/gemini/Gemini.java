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
  private final Embeddings embeddings;
  private final ModelList models;

  public Gemini(String key, Mind mind) {
    this.key = key;
    this.mind = mind;
    this.ids = new Ids(mind.seed(), "gemini");
    this.seal = new Seal(mind.seed());
    this.errors = new GeminiErrors(ids);
    this.embeddings = new Embeddings(errors);
    this.models = new ModelList(errors);
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
      if (ask.method().equals("POST") && path.counts()) {
        return counted(ask, path);
      }
      if (ask.method().equals("POST") && path.embeds()) {
        return embeddings.answer(path, message(ask));
      }
      if (ask.method().equals("GET") && ask.path().startsWith(ModelList.PATH)) {
        return models.answer(ask.path(), ask.query());
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

  private ModelCard card(GeminiPath path) {
    return Catalogue.find(Vendor.GOOGLE, path.model())
        .orElseThrow(() -> new Refused(errors.noSuchModel(path.model(), path.method())));
  }

  /// The body with all names in camel case.
  private Fields message(Ask ask) {
    JsonNode json = ask.json();
    if (json == null) {
      throw errors.invalid("Invalid JSON payload received. Unexpected token.");
    }
    Fields written = errors.fields(json);
    return errors.fields(Proto.camel(written.node()));
  }

  /// Counts either contents or a whole request (Gemini API reference, Counting tokens).
  private Reply counted(Ask ask, GeminiPath path) {
    ModelCard card = card(path);
    Fields body =
        Proto.allow(message(ask), Set.of("contents", "generateContentRequest", "model"), errors);
    boolean whole = body.has("generateContentRequest");
    if (whole && body.has("contents")) {
      throw errors.invalid(
          "Both `contents` and `generateContentRequest` are set; only one of them may be.");
    }
    Fields request = whole ? body.object("generateContentRequest") : body;
    if (whole) {
      Proto.allow(request, FIELDS, errors);
      request.text("model");
    }
    Contents contents = Contents.read(request, card, seal, errors);
    long tokens =
        contents.tokens() + Declarations.tokens(new Declarations(errors).read(request));
    ObjectNode count = Json.object().put("totalTokens", tokens);
    count
        .putArray("promptTokensDetails")
        .add(Json.object().put("modality", "TEXT").put("tokenCount", tokens));
    return GeminiErrors.pretty(200, count, null);
  }

  private Reply generated(Ask ask, GeminiPath path, boolean filtered) {
    ModelCard card = card(path);
    Fields body = Proto.allow(message(ask), FIELDS, errors);
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
}
