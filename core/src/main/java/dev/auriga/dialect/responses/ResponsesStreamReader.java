// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.StreamReader;
import dev.auriga.dialect.openai.OpenAiFailures;
import dev.auriga.dialect.openai.OpenAiUsage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Reads a stream of Responses events.
///
/// Events about the whole response have one dot in their type (`response.completed`), events about
/// an item two; the former carry model, usage, stop and failure. The stream ends with a terminal
/// event; `[DONE]` may follow it and says nothing. Sources: OpenAI OpenAPI document,
/// `ResponseStreamEvent`; Open Responses specification, Streaming.
final class ResponsesStreamReader implements StreamReader {
  private static final byte[] EVENT = ascii("event: response.");
  private static final byte[] TYPE = ascii("\"type\":\"response.");
  private static final int TYPE_WITHIN = 64;

  private final ResponsesFailures failures;
  private final ResponsesStreamParts parts = new ResponsesStreamParts();
  private boolean started;
  private boolean ended;
  private @Nullable Failure failure;

  ResponsesStreamReader(OpenAiFailures failures) {
    this.failures = new ResponsesFailures(failures);
  }

  /// The type is seen from the event's name or the first bytes of its data.
  @Override
  public boolean matters(SseEvent event) {
    int name = behind(EVENT, event, 0);
    int type = name >= 0 ? name : behind(TYPE, event, TYPE_WITHIN);
    if (type < 0) {
      return true;
    }
    byte[] bytes = event.buffer();
    for (int i = type; i < event.to(); i++) {
      if (bytes[i] == '.') {
        return false;
      }
      if (bytes[i] == '"' || bytes[i] == '\n' || bytes[i] == '\r') {
        return true;
      }
    }
    return true;
  }

  /// The index behind `sign` where it starts within `room` bytes of the event's start, else -1.
  private static int behind(byte[] sign, SseEvent event, int room) {
    byte[] bytes = event.buffer();
    int last = Math.min(event.from() + room, event.to() - sign.length);
    outer:
    for (int i = event.from(); i <= last; i++) {
      for (int j = 0; j < sign.length; j++) {
        if (bytes[i + j] != sign[j]) {
          continue outer;
        }
      }
      return i + sign.length;
    }
    return -1;
  }

  @Override
  public void read(SseEvent event, Consumer<? super Chunk> sink) {
    String data = event.data().strip();
    if (ended || failure != null || data.isEmpty() || data.equals("[DONE]")) {
      return;
    }
    JsonNode tree;
    try {
      tree = Json.read(data);
    } catch (JacksonException _) {
      return;
    }
    String type = tree.path("type").asString(event.name());
    JsonNode response = tree.path("response");
    switch (type) {
      case "response.created", "response.queued", "response.in_progress" -> start(response, sink);
      case "response.completed", "response.incomplete" -> end(response, sink);
      case "response.failed", "response.cancelled" -> {
        count(response, sink);
        fail(failures.ofResponse(response), sink);
      }
      case "error" -> fail(failures.ofEvent(tree), sink);
      default -> {
        if (tree.path("error").isObject()) {
          fail(failures.ofEvent(tree), sink);
        } else if (!parts.read(type, tree, sink)) {
          sink.accept(new Chunk.Unknown(OpenAiResponses.NAME, Json.raw(tree)));
        }
      }
    }
  }

  private void start(JsonNode response, Consumer<? super Chunk> sink) {
    if (!started && response.isObject()) {
      started = true;
      parts.response(response);
      sink.accept(
          new Chunk.Started(response.path("id").asString(""), response.path("model").asString("")));
    }
  }

  private static void count(JsonNode response, Consumer<? super Chunk> sink) {
    Usage usage = OpenAiUsage.of(response, "");
    if (usage != null) {
      sink.accept(new Chunk.Counted(usage));
    }
  }

  private void fail(Failure told, Consumer<? super Chunk> sink) {
    failure = told;
    sink.accept(new Chunk.Failed(told));
  }

  /// A terminal event has the whole response, so what no event told is told from it.
  private void end(JsonNode response, Consumer<? super Chunk> sink) {
    start(response, sink);
    parts.response(response);
    parts.rest(response.path("output"), sink);
    count(response, sink);
    ended = true;
    sink.accept(
        new Chunk.Stopped(
            ResponsesStops.read(
                response.path("status").asString(ResponsesStops.COMPLETED),
                response.path("incomplete_details").path("reason").asString(null),
                parts.carriesCalls()),
            null));
  }

  @Override
  public List<Loss> losses() {
    return parts.unread();
  }

  @Override
  public boolean hasEnded() {
    return ended;
  }

  @Override
  public @Nullable Failure atEnd() {
    if (failure != null || ended) {
      return failure;
    }
    return Failure.of(
        FailureKind.BROKEN_STREAM, 200, "the stream ended without response.completed or response.incomplete");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
