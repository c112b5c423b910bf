// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.capability.Capabilities;
import dev.auriga.completion.AnswerFormat;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Sampling;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Promises;
import dev.auriga.dialect.ServiceTier;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Tooling;
import dev.auriga.dialect.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes one neutral request as a Messages request, with what it could not carry.
///
/// Of the extras only fields the Messages API knows are sent, since it refuses any other ("Extra
/// inputs are not permitted"). Source: Anthropic API reference, Messages (request body).
final class AnthropicRequestWriter {
  private static final Set<String> OWN_FIELDS =
      Set.of(
          "cache_control", "compaction", "container", "context_management", "diagnostics",
          "fallback_credit_token", "fallbacks", "inference_geo", "mcp_servers", "speed");
  private static final int LONGEST_USER = 512;

  private final CompletionRequest request;
  private final Target target;
  private final Capabilities model;
  private final List<Loss> losses = new ArrayList<>();
  private final ObjectNode body = Json.object();

  AnthropicRequestWriter(CompletionRequest request, Target target) {
    this.target = target;
    this.model = target.capabilities();
    this.request = Tooling.fit(request, model, losses);
  }

  Written write() {
    Promises.check(request, Set.of());
    body.put("model", target.model());
    AnthropicCacheMarks marks = new AnthropicCacheMarks();
    AnthropicTurns turns =
        new AnthropicTurns(request.messages(), model, new AnthropicBlockWriter(losses, marks), losses);
    boolean thinks =
        new AnthropicThinkingWriter(request, target, losses).write(body, turns.thinking());
    new AnthropicTools(request, model, marks, losses).write(body, thinks);
    turns.write(body);
    sampling(thinks);
    stopSequences();
    format();
    user();
    extras();
    if (request.streamed()) {
      body.put("stream", true);
    }
    marks.limit(body, losses);
    return new Written(Json.write(body), losses);
  }

  private void sampling(boolean thinks) {
    Sampling wish = request.sampling();
    if (!model.sampling().taken().holds(thinks) || thinks) {
      Reason refused = Reason.UNSUPPORTED_BY_MODEL;
      lost(wish.temperature() != null && wish.temperature() != 1.0, refused, "temperature");
      lost(wish.topP() != null && (thinks ? wish.topP() < 1.0 : wish.topP() < 0.99), refused, "topP");
      lost(wish.topK() != null, refused, "topK");
    } else {
      Double temperature = wish.temperature();
      if (temperature != null) {
        double clamped = Math.clamp(temperature, 0.0, model.sampling().highestTemperature());
        body.put("temperature", clamped);
        lost(clamped != temperature, Reason.CLAMPED, "temperature");
      }
      topP(wish.topP());
      if (wish.topK() != null) {
        body.put("top_k", wish.topK());
      }
    }
    Reason unknown = Reason.UNSUPPORTED_FIELD;
    lost(wish.seed() != null, unknown, "seed");
    lost(says(wish.frequencyPenalty()), unknown, "frequencyPenalty");
    lost(says(wish.presencePenalty()), unknown, "presencePenalty");
  }

  private static boolean says(@Nullable Double penalty) {
    return penalty != null && penalty != 0.0;
  }

  private void topP(@Nullable Double topP) {
    if (topP == null) {
      return;
    }
    if (body.has("temperature") && !model.sampling().together()) {
      lost(topP < 1.0, Reason.UNSUPPORTED_COMBINATION, "topP");
      return;
    }
    double clamped = Math.clamp(topP, 0.0, 1.0);
    body.put("top_p", clamped);
    lost(clamped != topP, Reason.CLAMPED, "topP");
  }

  private void stopSequences() {
    List<String> sequences = new ArrayList<>();
    for (int i = 0; i < request.stopSequences().size(); i++) {
      String sequence = request.stopSequences().get(i);
      lost(sequence.isBlank(), Reason.UNSUPPORTED_VALUE, "stopSequences[%d]".formatted(i));
      if (!sequence.isBlank()) {
        sequences.add(sequence);
      }
    }
    if (!sequences.isEmpty()) {
      ArrayNode array = body.putArray("stop_sequences");
      sequences.forEach(array::add);
    }
  }

  private void format() {
    switch (request.format()) {
      case AnswerFormat.Text _ -> {}
      case AnswerFormat.JsonObject _ ->
          throw new Refusal(
              Refusal.Kind.INVALID,
              "format: this provider promises no JSON object without a schema; ask for a json_schema",
              "format");
      case AnswerFormat.JsonSchema(_, RawJson schema, _) -> {
        if (!model.formats().schema()) {
          lost(true, Reason.UNSUPPORTED_BY_MODEL, "format");
          return;
        }
        JsonNode tree = Json.read(schema);
        AnthropicSchemas.constrain(tree, "format.schema", losses);
        body.withObjectProperty("output_config")
            .putObject("format")
            .put("type", "json_schema")
            .set("schema", tree);
      }
    }
  }

  private void user() {
    String user = request.user();
    if (user == null || user.isEmpty()) {
      return;
    }
    if (user.length() > LONGEST_USER) {
      lost(true, Reason.UNSUPPORTED_VALUE, "user");
    } else {
      body.putObject("metadata").put("user_id", user);
    }
  }

  private void extras() {
    for (Map.Entry<String, RawJson> extra : new TreeMap<>(request.extras()).entrySet()) {
      String field = extra.getKey();
      JsonNode value = Json.read(extra.getValue());
      Optional<ServiceTier> tier = ServiceTier.of(field, extra.getValue());
      if (tier.isPresent()) {
        tier.get().anthropic().ifPresent(word -> body.put("service_tier", word));
        lost(tier.get().anthropic().isEmpty(), Reason.UNSUPPORTED_VALUE, field);
      } else if (OWN_FIELDS.contains(field)) {
        body.set(field, value);
      } else if (!putInside(field, value)) {
        lost(true, Reason.FOREIGN_FIELD, field);
      }
    }
  }

  /// Puts a field of `thinking` or `output_config` back where it was, if that object is written.
  private boolean putInside(String path, JsonNode value) {
    if (path.startsWith("output_config.")) {
      String field = path.substring("output_config.".length());
      boolean fits =
          !field.equals("effort") || model.reasoning().efforts().contains(value.stringValue(""));
      if (fits) {
        body.withObjectProperty("output_config").set(field, value);
      }
      return fits;
    }
    if (path.startsWith("thinking.") && body.get("thinking") instanceof ObjectNode thinking) {
      String field = path.substring("thinking.".length());
      boolean fits = field.equals("display") && !"disabled".equals(thinking.path("type").stringValue(""));
      if (fits) {
        thinking.set(field, value);
      }
      return fits;
    }
    return false;
  }

  private void lost(boolean isLost, Reason reason, String field) {
    if (isLost) {
      losses.add(new Loss(reason, field));
    }
  }
}
