// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.completion.RawJson;
import dev.auriga.completion.Thinking;
import dev.auriga.dialect.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How a client of the Messages API says how much to think: `thinking` and `output_config.effort`.
///
/// Source: Anthropic API reference, Messages (`thinking`, `output_config`).
final class AnthropicThinking {
  private AnthropicThinking() {}

  /// The wish of the two fields together; a budget outranks an effort, off outranks both.
  static Thinking wish(@Nullable String type, @Nullable Integer budget, @Nullable String effort) {
    if (type == null) {
      return effort == null ? new Thinking.Unsaid() : new Thinking.Effort(effort);
    }
    return switch (type) {
      case "disabled" -> new Thinking.Off();
      case "enabled" -> {
        if (budget == null) {
          throw Json.wrong("thinking.budget_tokens", "is missing, thinking.type enabled needs it");
        }
        yield new Thinking.Budget(budget);
      }
      default -> effort == null ? new Thinking.On() : new Thinking.Effort(effort);
    };
  }

  /// Reads both fields of `body`; what the wish cannot hold goes to `extras` under its path.
  static Thinking read(ObjectNode body, Map<String, RawJson> extras) {
    JsonNode thinking = AnthropicFields.object(body, "thinking", "");
    JsonNode config = AnthropicFields.object(body, "output_config", "");
    String type = AnthropicFields.textOrNull(thinking, "type", "thinking");
    if (thinking.isObject() && type == null) {
      throw Json.wrong("thinking.type", "is missing");
    }
    String effort = AnthropicFields.textOrNull(config, "effort", "output_config");
    Thinking wish =
        wish(type, AnthropicFields.countOrNull(thinking, "budget_tokens", "thinking"), effort);
    keep(thinking, "thinking", extras);
    keep(config, "output_config", extras);
    if (effort != null && !(wish instanceof Thinking.Effort)) {
      extras.put("output_config.effort", Json.raw(config.path("effort")));
    }
    if (type != null && type.equals("between_tools")) {
      extras.put("thinking.type", Json.raw(thinking.path("type")));
    }
    return wish;
  }

  private static void keep(JsonNode object, String at, Map<String, RawJson> extras) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      boolean isRead =
          switch (field.getKey()) {
            case "type", "budget_tokens", "effort", "format" -> true;
            default -> field.getValue().isNull();
          };
      if (!isRead) {
        extras.put(at + "." + field.getKey(), Json.raw(field.getValue()));
      }
    }
  }
}
