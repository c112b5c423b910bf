// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai;

import dev.auriga.sandbox.mind.Arithmetic;
import dev.auriga.sandbox.mind.Catalogue;
import dev.auriga.sandbox.mind.Dice;
import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.openai.rules.OpenAiErrors;
import dev.auriga.sandbox.protocol.Ask;
import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Azure's model router: a deployment behind which another model answers each prompt. Code goes to
/// Claude Haiku, sums to GPT-5 mini, the rest is spread over the small models by its words.
///
/// The preview's header lets a request say how to choose, and has the answer tell how it was chosen;
/// an older router knows nothing of it (Microsoft documentation, Model router, per-request controls
/// and session affinity).
final class ModelRouter {
  static final String DEPLOYMENT = "model-router";

  /// A deployment of an older version, which refuses what it does not know.
  static final String OLDER = "model-router-older";

  /// The member of a request's body that says how to choose.
  static final String CONFIG = "routing_config";

  private static final Pattern CODE =
      Pattern.compile("\\b(code|function|class|java|python|sql|bug|algorithm)\\b");
  private static final List<String> SMALL =
      List.of("gpt-5-nano", "gpt-4.1-mini", "gpt-4o-mini", "claude-haiku-4-5");

  /// The pool from the cheapest to the best.
  private static final List<String> POOL =
      List.of("gpt-5-nano", "gpt-4o-mini", "gpt-4.1-mini", "gpt-5-mini", "claude-haiku-4-5");

  private final OpenAiErrors errors;
  private final Map<String, String> sessions = new ConcurrentHashMap<>();

  ModelRouter(OpenAiErrors errors) {
    this.errors = errors;
  }

  static boolean isOne(String deployment) {
    return deployment.equals(DEPLOYMENT) || deployment.equals(OLDER);
  }

  /// Who answers, and what the answer tells of the choice; null where it tells nothing.
  record Choice(ModelCard card, @Nullable ObjectNode details) {}

  /// Chooses for a request of `deployment`; without the preview's header `config` is not looked at.
  Choice choose(Ask ask, String deployment, @Nullable Fields config, String prompt) {
    if (deployment.equals(OLDER) || !"ModelRouterControls=V1Preview".equals(ask.header("foundry-features"))) {
      return new Choice(card(usual(prompt)), null);
    }
    String mode = "balanced";
    List<String> pool = POOL;
    Fields affinity = null;
    if (config != null) {
      config.allow(Set.of("mode", "models", "require_parameters", "session_affinity"));
      mode = config.has("mode") ? mode(config.text("mode")) : mode;
      pool = config.has("models") ? subset(config.optionalTexts("models")) : pool;
      affinity = config.optionalObject("session_affinity");
    }
    String chosen =
        switch (mode) {
          case "cost" -> pool.getFirst();
          case "quality" -> pool.getLast();
          default -> pool.contains(usual(prompt)) ? usual(prompt) : Dice.of(13, prompt).pick(pool);
        };
    ObjectNode router = Json.object().put("mode", mode);
    String kept = kept(affinity, chosen, router);
    ModelCard card = card(pool.contains(kept) ? kept : chosen);
    ObjectNode attempt = Json.object().put("model", card.answersAs());
    attempt.set("result", Json.object().put("status", 200));
    ObjectNode routing = Json.object().put("latency_ms", 9);
    routing.putArray("attempts").add(attempt);
    router.putArray("routing_trace").add(routing);
    ObjectNode details = Json.object();
    details.set("model_router_details", router);
    return new Choice(card, details);
  }

  /// The model the session stays with; tells what became of it.
  private String kept(@Nullable Fields affinity, String chosen, ObjectNode router) {
    String strategy = affinity == null || !affinity.has("strategy") ? "adaptive" : affinity.text("strategy");
    if (!Set.of("adaptive", "sticky", "none").contains(strategy)) {
      throw errors.invalid(
          "Invalid value for 'routing_config.session_affinity.strategy'.",
          "routing_config.session_affinity.strategy", "invalid_value");
    }
    String session = affinity == null ? null : affinity.optionalText("session_id");
    if (session == null || strategy.equals("none")) {
      return chosen;
    }
    String before = sessions.putIfAbsent(session, chosen);
    router.set(
        "session_affinity",
        Json.object()
            .put("strategy", strategy)
            .put("source", "session_id_payload")
            .put("decision", before == null ? "initialize" : "retain"));
    return before == null ? chosen : before;
  }

  private String mode(String said) {
    if (!Set.of("quality", "balanced", "cost").contains(said)) {
      throw errors.invalid("Invalid value for 'routing_config.mode'.", "routing_config.mode", "invalid_value");
    }
    return said;
  }

  private List<String> subset(List<String> names) {
    for (String name : names) {
      if (!POOL.contains(name)) {
        throw errors.invalid(
            "Unsupported model in 'routing_config.models': " + name + ".", "routing_config.models", "invalid_value");
      }
    }
    return names.isEmpty() ? POOL : POOL.stream().filter(names::contains).toList();
  }

  private static String usual(String prompt) {
    return CODE.matcher(prompt.toLowerCase(Locale.ROOT)).find()
        ? "claude-haiku-4-5"
        : Arithmetic.solve(prompt).isPresent() ? "gpt-5-mini" : Dice.of(11, prompt).pick(SMALL);
  }

  private static ModelCard card(String name) {
    return Catalogue.find(name).orElseThrow();
  }
}
