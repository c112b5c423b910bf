// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openrouter;

import dev.auriga.sandbox.protocol.Ask;
import dev.auriga.sandbox.protocol.Errors;
import dev.auriga.sandbox.protocol.Event;
import dev.auriga.sandbox.protocol.Event.Part;
import dev.auriga.sandbox.protocol.Json;
import dev.auriga.sandbox.protocol.Reply;
import dev.auriga.sandbox.protocol.RetryAfter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Errors of OpenRouter: `{"error":{"code":429,"message":…}}`, where the code is the status; in a stream a
/// chunk with the error and the finish reason `error` (OpenRouter documentation, Errors).
final class OpenRouterErrors implements Errors {
  private static final String BROKEN = "Provider disconnected";

  static Reply.Whole error(int status, String message, Map<String, String> headers) {
    ObjectNode body = Json.object();
    body.set("error", Json.object().put("code", status).put("message", message));
    return Json.reply(status, headers, body, null);
  }

  @Override
  public Reply.Whole status(int status, @Nullable RetryAfter retryAfter) {
    String message =
        switch (status) {
          case 401 -> "No auth credentials found";
          case 404 -> "No endpoints found for this model.";
          case 429 -> "Rate limit exceeded";
          default -> status >= 500 ? "Provider returned error" : "The request could not be processed.";
        };
    return error(status, message, retryAfter == null ? Map.of() : retryAfter.header());
  }

  @Override
  public Reply.Whole quotaExhausted() {
    return error(402, "Insufficient credits. Add more to your account.", Map.of());
  }

  @Override
  public Reply.Whole contextTooLong(long tokens, long limit) {
    return error(
        400,
        "This endpoint's maximum context length is %d tokens. However, you requested about %d tokens."
            .formatted(limit, tokens),
        Map.of());
  }

  @Override
  public Reply promptFiltered(Ask ask) {
    return error(403, "Input was flagged by moderation.", Map.of());
  }

  @Override
  public Event malformed(Ask ask) {
    return Event.of(
        """
        data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"con

        """,
        Part.CONTENT,
        0);
  }

  @Override
  public Event inStream(Ask ask, List<Event> sent) {
    ObjectNode chunk = Json.object().put("id", "gen-broken").put("object", "chat.completion.chunk");
    chunk.set("error", Json.object().put("code", 502).put("message", BROKEN));
    ObjectNode choice = Json.object().put("index", 0);
    choice.set("delta", Json.object().put("content", ""));
    choice.put("finish_reason", "error");
    chunk.putArray("choices").add(choice);
    return Event.of("data: " + chunk + "\n\n", Part.CONTENT, 0);
  }
}
