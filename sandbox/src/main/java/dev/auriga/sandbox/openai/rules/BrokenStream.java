// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai.rules;

import dev.auriga.sandbox.protocol.Ask;
import dev.auriga.sandbox.protocol.Event;
import dev.auriga.sandbox.protocol.Event.Part;
import dev.auriga.sandbox.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What breaks a stream that had begun well. A Chat Completions stream carries an error object; one
/// of Responses ends its response as failed, or, where there is none yet, has an `error` event
/// (OpenAI OpenAPI document, `ResponseFailedEvent`, `ResponseErrorEvent`).
final class BrokenStream {
  private static final String MESSAGE =
      "The server had an error while processing your request. Sorry about that!";

  private BrokenStream() {}

  /// An event that cannot be read.
  static Event malformed(Ask ask) {
    String broken =
        isResponses(ask)
            ? """
              event: response.output_text.delta
              data: {"type":"response.output_text.delta","sequence_number":99,"del

              """
            : """
              data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"con

              """;
    return Event.of(broken, Part.CONTENT, 0);
  }

  /// The error that ends a stream after the events that were sent.
  static Event failure(Ask ask, List<Event> sent) {
    if (!isResponses(ask)) {
      ObjectNode data = Json.object();
      data.set(
          "error",
          Json.object()
              .put("message", MESSAGE)
              .put("type", "server_error")
              .putNull("param")
              .putNull("code"));
      return Event.of("data: " + data + "\n\n", Part.CONTENT, 0);
    }
    ObjectNode begun = sent.isEmpty() ? null : begun(sent.getFirst());
    return begun == null ? bare(sent.size()) : failed(begun, sent.size());
  }

  private static Event bare(int number) {
    ObjectNode data =
        Json.object()
            .put("type", "error")
            .put("sequence_number", number)
            .put("code", "server_error")
            .put("message", MESSAGE)
            .putNull("param");
    return Event.of("event: error\ndata: " + data + "\n\n", Part.CONTENT, 0);
  }

  private static Event failed(ObjectNode response, int number) {
    response.put("status", "failed");
    response.set("error", Json.object().put("code", "server_error").put("message", MESSAGE));
    ObjectNode data = Json.object().put("type", "response.failed").put("sequence_number", number);
    data.set("response", response);
    return Event.of("event: response.failed\ndata: " + data + "\n\n", Part.CONTENT, 0);
  }

  /// The response as the first event tells it.
  private static @Nullable ObjectNode begun(Event first) {
    String text = new String(first.bytes(), StandardCharsets.UTF_8);
    String data = text.substring(text.indexOf("data: ") + "data: ".length());
    JsonNode event = Json.read(data.getBytes(StandardCharsets.UTF_8));
    return event != null && event.path("response") instanceof ObjectNode response ? response : null;
  }

  private static boolean isResponses(Ask ask) {
    return ask.path().endsWith("/responses");
  }
}
