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
import dev.auriga.dialect.Fitting;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Promises;
import dev.auriga.dialect.ServiceTier;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Written;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
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

  private static final Set<Fitting.Field> FIELDS =
      EnumSet.of(
          Fitting.Field.TOP_K, Fitting.Field.STOPS, Fitting.Field.PARALLEL, Fitting.Field.STRICT);

  private final Target target;
  private final Capabilities model;
  private final List<Loss> losses = new ArrayList<>();
  private final ObjectNode body = Json.object();
  private CompletionRequest request;

  AnthropicRequestWriter(CompletionRequest request, Target target) {
    this.target = target;
    this.model = target.capabilities();
    this.request = Fitting.tools(request, model, losses);
  }

  Written write() {
    Promises.check(request, Set.of());
    body.put("model", target.model());
    AnthropicCacheMarks marks = new AnthropicCacheMarks();
    AnthropicTurns turns =
        new AnthropicTurns(request.messages(), model, new AnthropicBlockWriter(losses, marks), losses);
    boolean thinks =
        new AnthropicThinkingWriter(request, target, losses).write(body, turns.thinking());
    refuseJsonObject();
    request = Fitting.rest(request, model, thinks, FIELDS, losses);
    new AnthropicTools(request, marks, losses).write(body);
    turns.write(body);
    sampling(request.sampling());
    if (!request.stopSequences().isEmpty()) {
      request.stopSequences().forEach(body.putArray("stop_sequences")::add);
    }
    format();
    user();
    extras();
    if (request.streamed()) {
      body.put("stream", true);
    }
    marks.limit(body, losses);
    return new Written(Json.write(body), losses);
  }

  private void sampling(Sampling sampling) {
    if (sampling.temperature() != null) {
      body.put("temperature", sampling.temperature());
    }
    if (sampling.topP() != null) {
      body.put("top_p", sampling.topP());
    }
    if (sampling.topK() != null) {
      body.put("top_k", sampling.topK());
    }
  }

  /// There is no such format here, so that the client would look for an object in vain.
  private void refuseJsonObject() {
    if (request.format() instanceof AnswerFormat.JsonObject) {
      throw new Refusal(
          Refusal.Kind.INVALID,
          "format: this provider promises no JSON object without a schema; ask for a json_schema",
          "format");
    }
  }

  private void format() {
    if (request.format() instanceof AnswerFormat.JsonSchema(_, RawJson schema, _)) {
      JsonNode tree = Json.read(schema);
      AnthropicSchemas.constrain(tree, "format.schema", losses);
      body.withObjectProperty("output_config")
          .putObject("format")
          .put("type", "json_schema")
          .set("schema", tree);
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
