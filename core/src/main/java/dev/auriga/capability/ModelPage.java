// SPDX-License-Identifier: Apache-2.0
package dev.auriga.capability;

import dev.auriga.completion.Modality;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A page of a provider's own list of models, with what it says of each.
///
/// OpenAI tells names only; vLLM adds `max_model_len`, OpenRouter limits, modalities and parameters.
/// Sources: OpenAI API reference, Models; OpenRouter documentation, Models API; Anthropic API
/// reference, List Models; Gemini API reference, `models.list`.
///
/// @param next what to ask for the next page by, absent on the last
public record ModelPage(Map<String, Facts> models, @Nullable String next) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /// Throws [IllegalArgumentException] when `body` is no list of models.
  public static ModelPage read(Api api, byte[] body) {
    try {
      JsonNode list = MAPPER.readTree(body);
      return switch (api) {
        case OPENAI, OPENAI_COMPATIBLE -> openAi(list);
        case ANTHROPIC, ANTHROPIC_COMPATIBLE -> anthropic(list);
        case GEMINI -> gemini(list);
      };
    } catch (JacksonException notJson) {
      throw new IllegalArgumentException("not a list of models", notJson);
    }
  }

  private static ModelPage openAi(JsonNode list) {
    Map<String, Facts> models = new LinkedHashMap<>();
    for (JsonNode model : items(list, "data")) {
      Facts facts = limit(Facts.NONE, Fact.CONTEXT, model.path("context_length"));
      facts = limit(facts, Fact.CONTEXT, model.path("max_model_len"));
      facts = limit(facts, Fact.OUTPUT, model.at("/top_provider/max_completion_tokens"));
      JsonNode modalities = model.at("/architecture/input_modalities");
      if (modalities.isArray()) {
        facts = facts.with(Fact.MODALITIES, modalities(modalities));
      }
      JsonNode parameters = model.path("supported_parameters");
      if (parameters.isArray()) {
        List<String> taken = parameters.valueStream().map(each -> each.asString("")).toList();
        facts =
            facts
                .with(Fact.TOOLS, taken.contains("tools"))
                .with(Fact.SCHEMAS, taken.contains("structured_outputs"))
                .with(Fact.JSON_OBJECTS, taken.contains("response_format"));
      }
      models.put(model.path("id").asString(""), facts);
    }
    return new ModelPage(models, null);
  }

  private static ModelPage anthropic(JsonNode list) {
    Map<String, Facts> models = new LinkedHashMap<>();
    for (JsonNode model : items(list, "data")) {
      Facts facts = limit(Facts.NONE, Fact.CONTEXT, model.path("max_input_tokens"));
      facts = limit(facts, Fact.OUTPUT, model.path("max_tokens"));
      JsonNode can = model.path("capabilities");
      models.put(model.path("id").asString(""), can.isObject() ? anthropic(facts, can) : facts);
    }
    boolean more = list.path("has_more").asBoolean(false);
    return new ModelPage(models, more ? list.path("last_id").asString(null) : null);
  }

  private static Facts anthropic(Facts limits, JsonNode can) {
    Set<Modality> modalities = EnumSet.noneOf(Modality.class);
    if (supported(can.path("image_input"))) {
      modalities.add(Modality.IMAGE);
    }
    if (supported(can.path("pdf_input"))) {
      modalities.add(Modality.DOCUMENT);
    }
    List<String> efforts = new ArrayList<>();
    for (String effort : Capabilities.Reasoning.EFFORTS) {
      if (supported(can.path("effort").path(effort))) {
        efforts.add(effort);
      }
    }
    JsonNode thinking = can.path("thinking");
    Capabilities.Mode mode =
        supported(thinking.at("/types/adaptive")) ? Capabilities.Mode.ADAPTIVE
            : supported(thinking.at("/types/enabled")) ? Capabilities.Mode.BUDGET
            : Capabilities.Mode.NONE;
    boolean schemas = supported(can.path("structured_outputs"));
    return limits
        .with(Fact.MODALITIES, Set.copyOf(modalities))
        .with(Fact.EFFORTS, List.copyOf(efforts))
        .with(Fact.THINKING, mode)
        .with(Fact.SCHEMAS, schemas)
        .with(Fact.STRICT_TOOLS, schemas);
  }

  private static ModelPage gemini(JsonNode list) {
    Map<String, Facts> models = new LinkedHashMap<>();
    for (JsonNode model : items(list, "models")) {
      Facts facts = limit(Facts.NONE, Fact.CONTEXT, model.path("inputTokenLimit"));
      facts = limit(facts, Fact.OUTPUT, model.path("outputTokenLimit"));
      boolean generates =
          model.path("supportedGenerationMethods").valueStream()
              .anyMatch(method -> method.asString("").equals("generateContent"));
      if (generates) {
        models.put(model.path("name").asString("").replaceFirst("^models/", ""), facts);
      }
    }
    String next = list.path("nextPageToken").asString("");
    return new ModelPage(models, next.isEmpty() ? null : next);
  }

  private static JsonNode items(JsonNode list, String field) {
    JsonNode items = list.path(field);
    if (!items.isArray()) {
      throw new IllegalArgumentException("not a list of models: \"%s\" is missing".formatted(field));
    }
    return items;
  }

  /// A number that makes no sense as a limit is not taken.
  private static Facts limit(Facts facts, Fact<Integer> fact, JsonNode value) {
    boolean fits = value.isIntegralNumber() && value.canConvertToInt();
    int tokens = fits ? value.intValue() : 0;
    return tokens >= 1 && tokens <= 999_999_999 ? facts.with(fact, tokens) : facts;
  }

  private static Set<Modality> modalities(JsonNode names) {
    Set<Modality> modalities = EnumSet.noneOf(Modality.class);
    for (JsonNode name : names) {
      switch (name.asString("")) {
        case "image" -> modalities.add(Modality.IMAGE);
        case "audio" -> modalities.add(Modality.AUDIO);
        case "video" -> modalities.add(Modality.VIDEO);
        case "file" -> modalities.add(Modality.DOCUMENT);
        default -> {}
      }
    }
    return Set.copyOf(modalities);
  }

  private static boolean supported(JsonNode capability) {
    return capability.path("supported").asBoolean(false);
  }
}
