// SPDX-License-Identifier: Apache-2.0
package dev.auriga.records;

import dev.auriga.dialect.Json;
import dev.auriga.dialect.router.RouterTrace;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// How a router says it chose, as JSON and back; what it did not say is left out.
final class RouterTraceJson {
  private RouterTraceJson() {}

  static ObjectNode write(RouterTrace trace) {
    ObjectNode json = Json.object();
    said(json, "strategy", trace.strategy());
    said(json, "affinity", trace.affinity());
    for (RouterTrace.Step step : trace.steps()) {
      ObjectNode asked = json.withArray("asked").addObject();
      said(asked, "model", step.model());
      said(asked, "provider", step.provider());
      if (step.status() != 0) {
        asked.put("status", step.status());
      }
      said(asked, "code", step.code());
    }
    return json;
  }

  private static void said(ObjectNode json, String key, String text) {
    if (!text.isEmpty()) {
      json.put(key, text);
    }
  }

  static @Nullable RouterTrace read(@Nullable Entries json) {
    return json == null
        ? null
        : new RouterTrace(
            said(json, "strategy"),
            said(json, "affinity"),
            json.objects(
                "asked",
                step ->
                    new RouterTrace.Step(
                        said(step, "model"),
                        said(step, "provider"),
                        step.has("status") ? step.count("status") : 0,
                        said(step, "code"))));
  }

  private static String said(Entries json, String key) {
    String text = json.textOrNull(key);
    return text == null ? "" : text;
  }
}
