// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What a client was told: the head, and the body as far as it came.
///
/// @param cut whether the connection was lost before the body's proper end
record Told(int status, HttpHeaders headers, String body, boolean cut) {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /// One server-sent event; without an `event:` line its name is empty.
  record Event(String name, String data) {
    JsonNode json() {
      try {
        return Wire.JSON.readTree(data);
      } catch (JacksonException notJson) {
        return Wire.JSON.createObjectNode();
      }
    }
  }

  /// Sends `request` and takes everything that comes: also what came before a cut, which the client's
  /// own streams leave out.
  static Told by(HttpRequest request) throws IOException, InterruptedException {
    AtomicReference<HttpResponse.ResponseInfo> head = new AtomicReference<>();
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    boolean cut = false;
    try {
      CLIENT.send(
          request,
          info -> {
            head.set(info);
            return BodySubscribers.ofByteArrayConsumer(piece -> piece.ifPresent(read::writeBytes));
          });
    } catch (IOException lost) {
      if (head.get() == null) {
        throw lost;
      }
      cut = true;
    }
    return new Told(head.get().statusCode(), head.get().headers(), read.toString(StandardCharsets.UTF_8), cut);
  }

  /// The header's first value; empty when it is not there.
  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  JsonNode json() {
    return Wire.JSON.readTree(body);
  }

  boolean isStream() {
    return header("content-type").startsWith("text/event-stream");
  }

  /// The stream's events in order, comments left out.
  List<Event> events() {
    List<Event> events = new ArrayList<>();
    for (String block : body.replace("\r\n", "\n").split("\n\n")) {
      String name = "";
      StringBuilder data = new StringBuilder();
      for (String line : block.split("\n")) {
        if (line.startsWith("event:")) {
          name = line.substring("event:".length()).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring("data:".length()).strip());
        }
      }
      if (!data.isEmpty()) {
        events.add(new Event(name, data.toString()));
      }
    }
    return events;
  }

  /// Whether this is a whole answer, by the rules of its dialect.
  boolean isWhole(Wire wire) {
    if (status != 200 || cut) {
      return false;
    }
    return isStream()
        ? wire.hasTerminal(events()) && problem(wire).isEmpty()
        : wire.isWhole(json());
  }

  /// What sort of problem is told, by status or as an event; empty when none is.
  String problem(Wire wire) {
    if (!isStream()) {
      return wire.problem(json());
    }
    return events().stream().map(event -> wire.problem(event.json())).filter(told -> !told.isEmpty()).findFirst().orElse("");
  }

  /// Whether a filter declined or stopped the answer.
  boolean isDeclined(Wire wire) {
    return isStream()
        ? events().stream().anyMatch(event -> wire.isDeclined(event.json()))
        : wire.isDeclined(json());
  }
}
