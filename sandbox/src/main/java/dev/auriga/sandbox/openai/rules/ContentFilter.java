// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai.rules;

import dev.auriga.sandbox.protocol.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Azure's content filter annotations (Azure OpenAI documentation, Content filtering).
public final class ContentFilter {
  private static final List<String> SEVERITIES = List.of("hate", "self_harm", "sexual", "violence");

  private ContentFilter() {}

  /// The annotation of a harmless completion.
  public static ObjectNode safe() {
    ObjectNode results = Json.object();
    SEVERITIES.forEach(name -> results.set(name, severity(false, "safe")));
    return results;
  }

  /// The annotation of a completion that was stopped.
  public static ObjectNode stopped() {
    ObjectNode results = safe();
    results.set("violence", severity(true, "medium"));
    return results;
  }

  /// The annotation of a prompt that was blocked.
  public static ObjectNode promptBlocked() {
    ObjectNode results = safe();
    results.set("jailbreak", Json.object().put("filtered", true).put("detected", true));
    return results;
  }

  /// The annotation of a prompt that passed.
  public static ArrayNode promptPassed() {
    ObjectNode results = safe();
    results.set("jailbreak", Json.object().put("filtered", false).put("detected", false));
    ObjectNode prompt = Json.object().put("prompt_index", 0);
    prompt.set("content_filter_results", results);
    return Json.array().add(prompt);
  }

  /// What a response of the Responses API says of its prompt and its answer (recorded responses).
  public static ArrayNode ofResponse(boolean stopped) {
    return Json.array()
        .add(checked("prompt", promptPassed().path(0).path("content_filter_results")))
        .add(checked("completion", stopped ? stopped() : safe()).put("blocked", stopped));
  }

  private static ObjectNode checked(String source, JsonNode results) {
    ObjectNode checked =
        Json.object().put("blocked", false).put("source_type", source).putNull("content_filter_raw");
    checked.set("content_filter_results", results);
    checked.set(
        "content_filter_offsets",
        Json.object().put("start_offset", 0).put("end_offset", 1_000).put("check_offset", 0));
    return checked;
  }

  private static ObjectNode severity(boolean filtered, String severity) {
    return Json.object().put("filtered", filtered).put("severity", severity);
  }
}
