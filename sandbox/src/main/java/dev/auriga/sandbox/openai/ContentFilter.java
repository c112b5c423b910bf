// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai;

import dev.auriga.sandbox.protocol.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Azure's content filter annotations (Azure OpenAI documentation, Content filtering).
final class ContentFilter {
  private static final List<String> SEVERITIES = List.of("hate", "self_harm", "sexual", "violence");

  private ContentFilter() {}

  /// The annotation of a harmless completion.
  static ObjectNode safe() {
    ObjectNode results = Json.object();
    SEVERITIES.forEach(name -> results.set(name, severity(false, "safe")));
    return results;
  }

  /// The annotation of a completion that was stopped.
  static ObjectNode stopped() {
    ObjectNode results = safe();
    results.set("violence", severity(true, "medium"));
    return results;
  }

  /// The annotation of a prompt that was blocked.
  static ObjectNode promptBlocked() {
    ObjectNode results = safe();
    results.set("jailbreak", Json.object().put("filtered", true).put("detected", true));
    return results;
  }

  /// The annotation of a prompt that passed.
  static ArrayNode promptPassed() {
    ObjectNode results = safe();
    results.set("jailbreak", Json.object().put("filtered", false).put("detected", false));
    ObjectNode prompt = Json.object().put("prompt_index", 0);
    prompt.set("content_filter_results", results);
    return Json.array().add(prompt);
  }

  private static ObjectNode severity(boolean filtered, String severity) {
    return Json.object().put("filtered", filtered).put("severity", severity);
  }
}
