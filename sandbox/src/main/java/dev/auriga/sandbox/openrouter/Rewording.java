// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openrouter;

import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.protocol.Event;
import dev.auriga.sandbox.protocol.Extras;
import dev.auriga.sandbox.protocol.Json;
import dev.auriga.sandbox.protocol.Reply;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A model's answer as OpenRouter hands it on: under its own names, with what it cost and, where that is
/// asked for, how it was routed (OpenRouter documentation, Usage accounting and Router metadata).
///
/// @param requested what was asked for
/// @param tells whether it says how it was routed
record Rewording(ModelCard card, String requested, boolean tells) {
  /// Of a token in and of one out, in dollars; the same for every model.
  private static final BigDecimal INPUT = new BigDecimal("0.000001");

  private static final BigDecimal OUTPUT = new BigDecimal("0.000005");

  Reply of(Reply reply) {
    Reply said =
        switch (reply) {
          case Reply.Whole whole when whole.status() == 200
                  && Json.read(whole.body()) instanceof ObjectNode body ->
              Json.reply(200, whole.headers(), reworded(body), whole.served());
          case Reply.Whole error -> error;
          case Reply.Streamed streamed ->
              new Reply.Streamed(
                  streamed.headers(), streamed.events().stream().map(this::of).toList(), streamed.served());
        };
    return tells ? Extras.with(said, "openrouter_metadata", metadata()) : said;
  }

  private Event of(Event event) {
    String text = new String(event.bytes(), StandardCharsets.UTF_8).substring("data: ".length());
    return Json.read(text.getBytes(StandardCharsets.UTF_8)) instanceof ObjectNode chunk
        ? Event.of("data: " + reworded(chunk) + "\n\n", event.part(), event.tokens())
        : event;
  }

  private ObjectNode reworded(ObjectNode answer) {
    answer.put("model", OpenRouter.name(card)).put("provider", OpenRouter.vendor(card));
    answer.remove("obfuscation");
    for (JsonNode choice : answer.path("choices")) {
      if (choice instanceof ObjectNode one) {
        one.set("native_finish_reason", one.path("finish_reason"));
      }
    }
    if (answer.path("usage") instanceof ObjectNode usage) {
      BigDecimal input = INPUT.multiply(usage.path("prompt_tokens").decimalValue());
      usage.put("cost", input.add(OUTPUT.multiply(usage.path("completion_tokens").decimalValue())));
    }
    return answer;
  }

  private ObjectNode metadata() {
    ObjectNode metadata =
        Json.object()
            .put("requested", requested)
            .put("strategy", requested.equals("openrouter/auto") ? "auto" : "direct")
            .put("region", "iad")
            .put("summary", "available=1, selected=" + OpenRouter.vendor(card))
            .put("attempt", 1)
            .put("is_byok", false);
    metadata.putObject("endpoints").put("total", 1).putArray("available").add(endpoint().put("selected", true));
    metadata.putArray("attempts").add(endpoint().put("status", 200));
    return metadata;
  }

  private ObjectNode endpoint() {
    return Json.object().put("model", OpenRouter.name(card)).put("provider", OpenRouter.vendor(card));
  }
}
