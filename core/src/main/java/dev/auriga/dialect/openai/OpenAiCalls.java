// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.Opaque;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.SpareId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Tells the tool calls of one stream apart and numbers them over the whole of it.
///
/// OpenAI names a call by its `index` and gives id and name in its first delta only. Compatible
/// servers give every call index 0, or no index, or no id, or repeat id and name in every delta; so
/// a delta belongs to the call with its id, else to the call at its index, else to the last one. A
/// new id starts a new call, and so does a name at a call without id whose arguments are whole. A
/// call without id gets a [SpareId] of the event it starts in.
/// For one thread.
final class OpenAiCalls {
  private static final int NO_INDEX = -1;

  private static final class Call {
    final int index;
    String id;
    String name = "";
    int number = -1;
    @Nullable Opaque signature;
    /// What came before the name; for a call without id, everything.
    final StringBuilder arguments = new StringBuilder();

    Call(int index, String id) {
      this.index = index;
      this.id = id;
    }

    boolean isStarted() {
      return number >= 0;
    }
  }

  private final List<Call> calls = new ArrayList<>();
  private int started;

  /// Whether any call was told.
  boolean areThere() {
    return started > 0;
  }

  /// Tells what one element of `delta.tool_calls` means; `event` is the data it came in.
  void read(JsonNode delta, String event, Consumer<? super Chunk> sink) {
    JsonNode function = delta.path("function");
    JsonNode index = delta.path("index");
    String name = function.path("name").asString("");
    Call call =
        callOf(index.isNumber() ? index.asInt(NO_INDEX) : NO_INDEX, delta.path("id").asString(""), name);
    if (!call.isStarted()) {
      call.name = name.isEmpty() ? call.name : name;
      Opaque signature = OpenAiMessageReader.signature(delta);
      call.signature = signature == null ? call.signature : signature;
    }
    String arguments = fragment(function.path("arguments"));
    boolean wasStarted = call.isStarted();
    if (!wasStarted || call.id.isEmpty()) {
      call.arguments.append(arguments);
    }
    if (!wasStarted) {
      start(call, event, sink);
    } else if (!arguments.isEmpty()) {
      sink.accept(new Chunk.ToolCallDelta(call.number, arguments));
    }
  }

  private void start(Call call, String event, Consumer<? super Chunk> sink) {
    if (call.name.isEmpty()) {
      return;
    }
    call.number = started++;
    String id =
        call.id.isEmpty()
            ? SpareId.ofCall(event.getBytes(StandardCharsets.UTF_8), call.number)
            : call.id;
    sink.accept(new Chunk.ToolCallStarted(call.number, id, call.name, call.signature));
    if (!call.arguments.isEmpty()) {
      sink.accept(new Chunk.ToolCallDelta(call.number, call.arguments.toString()));
    }
  }

  private Call callOf(int index, String id, String name) {
    Call known = null;
    for (Call call : calls) {
      boolean sameId = !id.isEmpty() && call.id.equals(id);
      boolean samePlace = index == NO_INDEX || call.index == NO_INDEX || call.index == index;
      if (sameId && samePlace) {
        return call;
      }
      if (index == NO_INDEX || call.index == index) {
        known = call;
      }
    }
    if (known == null || isAnother(known, id, name)) {
      known = new Call(index, id);
      calls.add(known);
    } else if (!id.isEmpty()) {
      known.id = id;
    }
    return known;
  }

  /// Whether a delta at the place of `known`, with another id or with none, starts another call.
  private static boolean isAnother(Call known, String id, String name) {
    if (!id.isEmpty()) {
      return !known.id.isEmpty() || (known.isStarted() && !name.isEmpty());
    }
    return !name.isEmpty() && known.id.isEmpty() && isWhole(known.arguments.toString());
  }

  private static boolean isWhole(String arguments) {
    try {
      return Json.read(arguments).isObject();
    } catch (JacksonException _) {
      return false;
    }
  }

  private static String fragment(JsonNode arguments) {
    if (arguments.isString()) {
      return arguments.stringValue();
    }
    return arguments.isObject() ? Json.raw(arguments).text() : "";
  }
}
