// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.router;

import dev.auriga.completion.RawJson;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Azure's Model Router.
///
/// Without controls nothing is said to it, because the preview's header alone would make it keep
/// conversations where they are. Source: Microsoft documentation, Model router, per-request controls and
/// session affinity (preview).
///
/// @param controls what it is told with each request, absent for nothing
public record ModelRouter(@Nullable Controls controls) implements Router {
  private static final String CONFIG = "routing_config";
  private static final String DETAILS = "model_selection_details";
  private static final Headers PREVIEW = Headers.of("Foundry-Features", "ModelRouterControls=V1Preview");

  /// One that is left to itself.
  public static final ModelRouter PLAIN = new ModelRouter(null);

  /// How it is to choose.
  ///
  /// @param mode `quality`, `balanced` or `cost`; absent for the deployment's own
  /// @param models the only ones to choose from, empty for the deployment's own
  /// @param affinity whether a conversation stays with the model that began it
  public record Controls(@Nullable String mode, List<String> models, boolean affinity) {
    public Controls {
      models = List.copyOf(models);
    }
  }

  @Override
  public boolean choosesModel() {
    return true;
  }

  @Override
  public List<String> models() {
    return controls == null ? List.of() : controls.models;
  }

  @Override
  public Headers headers() {
    return controls == null ? Headers.NONE : PREVIEW;
  }

  @Override
  public SequencedMap<String, RawJson> fields(@Nullable String session) {
    SequencedMap<String, RawJson> fields = new LinkedHashMap<>();
    if (controls != null) {
      ObjectNode config = Json.object();
      if (controls.mode != null) {
        config.put("mode", controls.mode);
      }
      if (!controls.models.isEmpty()) {
        controls.models.forEach(config.withArray("models")::add);
      }
      ObjectNode affinity =
          config.putObject("session_affinity").put("strategy", controls.affinity ? "sticky" : "none");
      if (controls.affinity && session != null) {
        affinity.put("session_id", session);
      }
      fields.put(CONFIG, Json.raw(config));
    }
    return fields;
  }

  @Override
  public Set<String> preview() {
    return Set.of(CONFIG, "session_affinity", "foundry-features", "modelroutercontrols");
  }

  @Override
  public Set<String> tells() {
    return Set.of(DETAILS);
  }

  /// A model's error is told by its status and code; its message may quote the request.
  @Override
  public Routed read(Map<String, JsonNode> told) {
    JsonNode details = told.getOrDefault(DETAILS, Json.object()).path("model_router_details");
    if (!details.isObject()) {
      return Routed.NOTHING;
    }
    List<RouterTrace.Step> steps = new ArrayList<>();
    for (JsonNode routing : details.path("routing_trace").values()) {
      for (JsonNode attempt : routing.path("attempts").values()) {
        JsonNode result = attempt.path("result");
        steps.add(
            RouterTrace.step(
                attempt.path("model").asString(""),
                "",
                result.path("status").asInt(0),
                result.path("error").path("code").asString("")));
      }
    }
    JsonNode affinity = details.path("session_affinity");
    return new Routed(
        RouterTrace.of(details.path("mode").asString(""), affinity.path("decision").asString(""), steps), null);
  }
}
