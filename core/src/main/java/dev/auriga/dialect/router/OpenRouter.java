// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.router;

import dev.auriga.completion.RawJson;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// OpenRouter: which provider serves, and which model, where it may be one of several.
///
/// What it says an answer cost is taken before our own prices. Sources: OpenRouter documentation, Provider
/// selection, Model fallbacks, Router metadata and Usage accounting.
///
/// @param model what is asked for
/// @param fallbacks the models that may answer in its place
/// @param provider how a provider is chosen, sent as it is; absent for nothing
/// @param plugins sent as they are; absent for none
public record OpenRouter(
    String model, List<String> fallbacks, @Nullable RawJson provider, @Nullable RawJson plugins)
    implements Router {
  private static final String METADATA = "openrouter_metadata";
  private static final Headers WANTED = Headers.of("X-OpenRouter-Metadata", "enabled");

  /// Names of OpenRouter's own routers begin so.
  private static final String OWN = "openrouter/";

  /// The version of prices that are its own word.
  private static final String ITS_WORD = "openrouter/usage.cost";

  /// No answer costs more; what is told beyond is nonsense.
  private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);

  public OpenRouter {
    fallbacks = List.copyOf(fallbacks);
  }

  @Override
  public boolean choosesModel() {
    return model.startsWith(OWN) || !fallbacks.isEmpty();
  }

  @Override
  public List<String> models() {
    return Stream.concat(Stream.of(model), fallbacks.stream()).distinct().toList();
  }

  @Override
  public Headers headers() {
    return WANTED;
  }

  @Override
  public SequencedMap<String, RawJson> fields(@Nullable String session) {
    SequencedMap<String, RawJson> fields = new LinkedHashMap<>();
    if (provider != null) {
      fields.put("provider", provider);
    }
    if (!fallbacks.isEmpty()) {
      ObjectNode holder = Json.object();
      fallbacks.forEach(holder.putArray("models")::add);
      fields.put("models", Json.raw(holder.path("models")));
    }
    if (plugins != null) {
      fields.put("plugins", plugins);
    }
    return fields;
  }

  @Override
  public Set<String> preview() {
    return Set.of();
  }

  @Override
  public Set<String> tells() {
    return Set.of(METADATA, "usage");
  }

  @Override
  public Routed read(Map<String, JsonNode> told) {
    JsonNode metadata = told.getOrDefault(METADATA, Json.object());
    JsonNode usage = told.getOrDefault("usage", Json.object());
    return new Routed(
        metadata.isObject() && !metadata.isEmpty() ? trace(metadata) : null,
        charge(usage, metadata.path("is_byok").asBoolean(false)));
  }

  /// Without attempts the endpoint that was selected served.
  private static RouterTrace trace(JsonNode metadata) {
    List<RouterTrace.Step> steps = new ArrayList<>();
    for (JsonNode attempt : metadata.path("attempts").values()) {
      steps.add(step(attempt, attempt.path("status").asInt(0)));
    }
    if (steps.isEmpty()) {
      for (JsonNode endpoint : metadata.path("endpoints").path("available").values()) {
        if (endpoint.path("selected").asBoolean(false)) {
          steps.add(step(endpoint, 0));
        }
      }
    }
    return RouterTrace.of(metadata.path("strategy").asString(""), "", steps);
  }

  private static RouterTrace.Step step(JsonNode of, int status) {
    return RouterTrace.step(of.path("model").asString(""), of.path("provider").asString(""), status, "");
  }

  /// With a key of one's own at the provider, what that provider charges comes on top.
  private static Routed.@Nullable Charge charge(JsonNode usage, boolean ownKey) {
    Long charged = micros(usage.path("cost"));
    if (charged == null || !ownKey) {
      return charged == null ? null : new Routed.Charge(charged, ITS_WORD);
    }
    Long upstream = micros(usage.path("cost_details").path("upstream_inference_cost"));
    return upstream == null ? null : new Routed.Charge(charged + upstream, ITS_WORD + " + upstream");
  }

  private static @Nullable Long micros(JsonNode dollars) {
    if (!dollars.isNumber() || dollars.decimalValue().signum() < 0 || dollars.decimalValue().compareTo(MOST) > 0) {
      return null;
    }
    return dollars.decimalValue().movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValueExact();
  }
}
