// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import dev.auriga.Answer;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.Json;
import dev.auriga.ledger.Cost;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An answer as one JSON object, for scripts.
final class AnswerJson {
  private AnswerJson() {}

  static String of(Answer answer) {
    ObjectNode json = Json.object();
    json.put("request", answer.requestId()).put("route", answer.route());
    json.put("task", answer.task() == null ? null : answer.task().token());
    json.put("served-by", answer.servedBy()).put("model", answer.model()).put("text", answer.text());
    ArrayNode attempts = json.putArray("attempts");
    answer.attempts().forEach(
        attempt ->
            attempts.addObject()
                .put("deployment", attempt.deployment())
                .put("ms", attempt.took().toMillis())
                .put("failure", attempt.failure() == null ? null : attempt.failure().kind().token()));
    Usage usage = answer.usage();
    if (usage != null) {
      json.putObject("usage")
          .put("fresh-input", usage.freshInput())
          .put("cache-read", usage.cacheRead())
          .put("cache-write-5m", usage.cacheWrite5m())
          .put("cache-write-1h", usage.cacheWrite1h())
          .put("output", usage.output())
          .put("reasoning", usage.reasoning());
    }
    switch (answer.cost()) {
      case null -> json.putNull("cost-usd");
      case Cost.Priced priced -> json.put("cost-usd", priced.usd());
      case Cost.Unpriced _ -> json.put("cost-usd", "unpriced");
    }
    json.put("ms", answer.took().toMillis());
    return Json.raw(json).text();
  }
}
