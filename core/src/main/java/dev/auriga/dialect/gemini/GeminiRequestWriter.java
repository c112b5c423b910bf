// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.capability.Capabilities;
import dev.auriga.completion.AnswerFormat;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Sampling;
import dev.auriga.completion.Thinking;
import dev.auriga.dialect.Fitting;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Promises;
import dev.auriga.dialect.ServiceTier;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Written;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a request as generateContent takes it; the model and streaming are in the path.
///
/// Source: Gemini API reference, models.generateContent and `GenerationConfig`.
final class GeminiRequestWriter {
  /// What this dialect can promise too.
  private static final Set<String> KEPT = Set.of("logprobs");
  private static final Set<String> OWN_EXTRAS =
      Set.of("safetySettings", "cachedContent", "labels", "serviceTier");
  /// What would change the shape of the answer: more candidates than are read, calls in pieces.
  private static final Set<String> UNREADABLE =
      Set.of(
          "generationConfig.candidateCount",
          "toolConfig.functionCallingConfig.streamFunctionCallArguments");

  private static final Set<Fitting.Field> FIELDS =
      EnumSet.complementOf(EnumSet.of(Fitting.Field.PARALLEL, Fitting.Field.STRICT));

  private final CompletionRequest request;
  private final Target target;
  private final Capabilities model;
  private final boolean thinks;
  private final List<Loss> losses = new ArrayList<>();
  private final ObjectNode body = Json.object();

  private GeminiRequestWriter(CompletionRequest request, Target target) {
    this.target = target;
    this.model = target.capabilities();
    this.thinks = thinks(request.thinking(), model.reasoning());
    this.request =
        Fitting.rest(Fitting.tools(request, model, losses), model, thinks, FIELDS, losses);
  }

  private static boolean thinks(Thinking wish, Capabilities.Reasoning reasoning) {
    boolean isAsked = wish instanceof Thinking.Unsaid ? reasoning.thinksUnasked() : wish.isOn();
    return reasoning.mode() != Capabilities.Mode.NONE && (isAsked || reasoning.alwaysOn());
  }

  static Written write(CompletionRequest request, Target target) {
    return new GeminiRequestWriter(request, target).write();
  }

  private Written write() {
    Promises.check(request, KEPT);
    new GeminiTurns(request.messages(), model, losses).writeTo(body);
    new GeminiToolWriter(request, model, losses).writeTo(body);
    writeConfig();
    if (request.user() != null) {
      lose(Reason.UNSUPPORTED_FIELD, "user");
    }
    new TreeMap<>(request.extras()).forEach(this::writeExtra);
    return new Written(Json.write(body), losses);
  }

  private void writeConfig() {
    ObjectNode config = body.putObject("generationConfig");
    ObjectNode thinking =
        new GeminiThinkingWriter(model.reasoning(), target.thinkingBudget(), losses).write(request.thinking());
    int wanted =
        request.maxTokens() != null ? request.maxTokens() : target.maxTokens() + room(thinking);
    int limit = model.window().clampOutput(wanted);
    if (request.maxTokens() != null && limit < wanted) {
      lose(Reason.CLAMPED, "maxTokens");
    }
    config.put("maxOutputTokens", limit);
    writeSampling(config, request.sampling());
    if (!request.stopSequences().isEmpty()) {
      request.stopSequences().forEach(config.putArray("stopSequences")::add);
    }
    Integer top = request.logprobs();
    if (top != null) {
      config.put("responseLogprobs", true);
      if (top > 0) {
        config.put("logprobs", top);
      }
    }
    if (thinking != null) {
      config.set("thinkingConfig", thinking);
    }
    writeFormat(config);
  }

  /// What thinking may take, in tokens: it counts within the limit, so that where the client set none
  /// it gets room on top of the answer's.
  private int room(@Nullable ObjectNode thinking) {
    if (model.reasoning().mode() == Capabilities.Mode.NONE) {
      return 0;
    }
    int budget = thinking == null ? -1 : thinking.path("thinkingBudget").asInt(-1);
    return budget >= 0 ? budget : target.thinkingBudget();
  }

  private void writeSampling(ObjectNode config, Sampling sampling) {
    put(config, "temperature", sampling.temperature());
    put(config, "topP", sampling.topP());
    if (sampling.topK() != null) {
      config.put("topK", sampling.topK());
    }
    Long seed = sampling.seed();
    if (seed != null && seed == seed.intValue()) {
      config.put("seed", seed.intValue());
    } else if (seed != null) {
      lose(Reason.UNSUPPORTED_VALUE, "seed");
    }
    put(config, "frequencyPenalty", sampling.frequencyPenalty());
    put(config, "presencePenalty", sampling.presencePenalty());
  }

  private static void put(ObjectNode config, String name, @Nullable Double value) {
    if (value != null) {
      config.put(name, value);
    }
  }

  private void writeFormat(ObjectNode config) {
    switch (request.format()) {
      case AnswerFormat.Text _ -> {}
      case AnswerFormat.JsonObject _ -> config.put("responseMimeType", "application/json");
      case AnswerFormat.JsonSchema format -> {
        config.put("responseMimeType", "application/json");
        JsonNode schema = Json.read(format.schema());
        if (model.formats().wholeSchemas()) {
          config.set("responseJsonSchema", GeminiReferences.setApart(schema));
        } else {
          config.set("responseSchema", GeminiSchemaWriter.write(schema, "format.schema", losses));
        }
      }
    }
  }

  private void writeExtra(String name, RawJson value) {
    boolean isInner = name.startsWith("generationConfig.") || name.startsWith("toolConfig.");
    Optional<ServiceTier> tier = ServiceTier.of(name, value);
    if (tier.isPresent()) {
      tier.get().gemini().ifPresent(word -> body.put("serviceTier", word));
    } else if (UNREADABLE.contains(name)) {
      lose(Reason.UNSUPPORTED_FIELD, name);
    } else if (isInner || OWN_EXTRAS.contains(name)) {
      put(body, name, Json.read(value));
    } else {
      lose(Reason.FOREIGN_FIELD, name);
    }
  }

  private static void put(ObjectNode into, String path, JsonNode value) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      into.set(path, value);
    } else {
      put(into.withObjectProperty(path.substring(0, dot)), path.substring(dot + 1), value);
    }
  }

  private void lose(Reason reason, String field) {
    losses.add(new Loss(reason, field));
  }
}
