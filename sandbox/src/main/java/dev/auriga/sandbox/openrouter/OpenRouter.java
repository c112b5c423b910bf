// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openrouter;

import dev.auriga.sandbox.mind.Catalogue;
import dev.auriga.sandbox.mind.Dice;
import dev.auriga.sandbox.mind.Mind;
import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.mind.ModelCard.Vendor;
import dev.auriga.sandbox.openai.chat.ChatApi;
import dev.auriga.sandbox.openai.rules.OpenAiErrors;
import dev.auriga.sandbox.openai.rules.OpenAiWording;
import dev.auriga.sandbox.protocol.Ask;
import dev.auriga.sandbox.protocol.Errors;
import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.Ids;
import dev.auriga.sandbox.protocol.Json;
import dev.auriga.sandbox.protocol.Provider;
import dev.auriga.sandbox.protocol.Refused;
import dev.auriga.sandbox.protocol.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// OpenRouter's Chat Completions: models of several vendors under `vendor/name`, and `openrouter/auto`,
/// which chooses; the first known of `model` and `models` answers (OpenRouter documentation, Chat
/// completion, Provider selection, Model fallbacks).
public final class OpenRouter implements Provider {
  private static final String PATH = "/api/v1/chat/completions";
  private static final String AUTO = "openrouter/auto";
  private static final List<String> SMALL = List.of("openai/gpt-4o-mini", "anthropic/claude-haiku-4-5");
  private static final Set<String> PROVIDER =
      Set.of(
          "order", "only", "ignore", "allow_fallbacks", "require_parameters", "data_collection", "zdr",
          "enforce_distillable_text", "quantizations", "sort", "preferred_min_throughput",
          "preferred_max_latency", "max_price");

  private final String key;
  private final OpenRouterErrors errors = new OpenRouterErrors();
  private final OpenAiErrors inner;
  private final ChatApi chat;

  public OpenRouter(String key, Mind mind) {
    this.key = key;
    Ids ids = new Ids(mind.seed(), "openrouter");
    this.inner = new OpenAiErrors(ids, false);
    this.chat = new ChatApi(mind, ids, inner, false);
  }

  @Override
  public Errors errors() {
    return errors;
  }

  @Override
  public List<String> models() {
    return Stream.concat(
            Stream.of(AUTO),
            Stream.of(Vendor.values()).flatMap(vendor -> Catalogue.of(vendor).stream()).map(OpenRouter::name))
        .toList();
  }

  /// What a model is called here.
  static String name(ModelCard card) {
    return vendor(card).toLowerCase(java.util.Locale.ROOT) + "/" + card.name();
  }

  static String vendor(ModelCard card) {
    return switch (card.vendor()) {
      case ANTHROPIC -> "Anthropic";
      case OPENAI -> "OpenAI";
      case GOOGLE -> "Google";
    };
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
    if (!ask.method().equals("POST") || !ask.path().equals(PATH)) {
      return OpenRouterErrors.error(404, "Not Found", Map.of());
    }
    if (!key.equals(ask.bearer())) {
      return errors.status(401, null);
    }
    if (!(ask.json() instanceof ObjectNode said)) {
      return OpenRouterErrors.error(400, "Invalid JSON", Map.of());
    }
    try {
      return routed(ask, said.deepCopy(), filtered);
    } catch (Refused refused) {
      JsonNode body = Json.read(refused.reply().body());
      String message = body == null ? "" : body.path("error").path("message").asString("");
      return OpenRouterErrors.error(refused.reply().status(), message, Map.of());
    }
  }

  /// Usage is told always here, so that whether it is asked for makes no difference.
  private Reply routed(Ask ask, ObjectNode body, boolean filtered) {
    List<String> wanted = wanted(OpenAiWording.older(body, inner));
    body.remove(List.of("provider", "models", "plugins"));
    if (body.path("stream").asBoolean(false)) {
      body.putObject("stream_options").put("include_usage", true);
    }
    Fields fields = OpenAiWording.older(body, inner);
    ModelCard card = chosen(wanted, chat.prompt(fields));
    Reply reply = chat.create(fields, new ChatApi.Asked(card, true), Map.of(), filtered);
    boolean tells = "enabled".equalsIgnoreCase(ask.header("x-openrouter-metadata"));
    return new Rewording(card, wanted.getFirst(), tells).of(reply);
  }

  private static List<String> wanted(Fields body) {
    Fields provider = body.optionalObject("provider");
    if (provider != null) {
      provider.allow(PROVIDER);
    }
    body.optionalItems("plugins").forEach(plugin -> plugin.text("id"));
    List<String> wanted = new ArrayList<>(List.of(body.text("model")));
    wanted.addAll(body.optionalTexts("models"));
    return wanted;
  }

  private ModelCard chosen(List<String> wanted, String prompt) {
    for (String name : wanted) {
      String meant = name.equals(AUTO) ? Dice.of(17, prompt).pick(SMALL) : name;
      for (Vendor vendor : Vendor.values()) {
        for (ModelCard card : Catalogue.of(vendor)) {
          if (name(card).equals(meant)) {
            return card;
          }
        }
      }
    }
    throw new Refused(
        OpenRouterErrors.error(400, wanted.getFirst() + " is not a valid model ID", Map.of()));
  }
}
