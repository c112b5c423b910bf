// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.protocol;

import dev.auriga.sandbox.protocol.Event.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Members a service puts beside an answer in OpenAI's form: in a whole one at the top, in a stream into the
/// last event with data.
public final class Extras {
  private Extras() {}

  /// `reply` with one member more; an error stays as it is.
  public static Reply with(Reply reply, String name, JsonNode value) {
    return switch (reply) {
      case Reply.Whole whole when whole.status() == 200
              && Json.read(whole.body()) instanceof ObjectNode body -> {
        body.set(name, value);
        yield Json.reply(200, whole.headers(), body, whole.served());
      }
      case Reply.Whole error -> error;
      case Reply.Streamed streamed ->
          new Reply.Streamed(streamed.headers(), with(streamed.events(), name, value), streamed.served());
    };
  }

  private static List<Event> with(List<Event> events, String name, JsonNode value) {
    List<Event> all = new ArrayList<>(events);
    for (int index = all.size() - 1; index >= 0; index--) {
      Event event = all.get(index);
      String text = new String(event.bytes(), StandardCharsets.UTF_8);
      int from = text.indexOf("data: ") + "data: ".length();
      if (Json.read(text.substring(from).getBytes(StandardCharsets.UTF_8)) instanceof ObjectNode data) {
        ObjectNode holder = data.path("response") instanceof ObjectNode response ? response : data;
        holder.set(name, value);
        Part part = event.part();
        all.set(index, Event.of(text.substring(0, from) + data + "\n\n", part, event.tokens()));
        break;
      }
    }
    return all;
  }
}
