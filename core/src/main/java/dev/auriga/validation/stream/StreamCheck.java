// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation.stream;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Tool;
import dev.auriga.validation.Check;
import dev.auriga.validation.Finding;
import dev.auriga.validation.Finding.Reason;
import dev.auriga.validation.OfferedTools;
import dev.auriga.validation.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One streamed answer on its way: whether its calls and its JSON can still become valid.
///
/// It sees what a stream can be stopped for; what it lets pass is for the [Check]s of the whole
/// answer, [Check.ToolCalls] and [Check.Json]. What it finds, they find, too. For one thread.
public final class StreamCheck {
  private final OfferedTools tools;
  private final Syntax syntax;
  private final @Nullable DocumentCheck text;
  private final Map<Integer, DocumentCheck> calls = new HashMap<>();
  private @Nullable Finding lost;

  /// @param json what the text is to be; null when it is not JSON. Where tools are offered, the text
  ///     may be said before a call, so it is not judged before its end
  public StreamCheck(List<Tool> offered, Check.@Nullable Json json, Syntax syntax) {
    this.tools = OfferedTools.of(offered);
    this.syntax = syntax;
    this.text =
        json == null || !offered.isEmpty()
            ? null
            : new DocumentCheck(shape(json.schema()), syntax, Reason.SCHEMA, Place.Value::new);
  }

  private static Shape shape(@Nullable RawJson schema) {
    return schema == null ? Shape.ANYTHING : ShapeReader.of(schema);
  }

  /// Hears the next chunk; why the answer can no longer become valid, from then on when it cannot.
  public @Nullable Finding feed(Chunk chunk) {
    if (lost == null) {
      lost =
          switch (chunk) {
            case Chunk.ToolCallStarted started -> started(started);
            case Chunk.ToolCallDelta delta -> delta(delta);
            case Chunk.TextDelta delta -> text == null ? null : text.feed(delta.text());
            case Chunk.Started _, Chunk.Cited _, Chunk.ThinkingDelta _, Chunk.ThinkingSigned _ -> null;
            case Chunk.RedactedThinking _, Chunk.DeclinedDelta _, Chunk.PartEnded _ -> null;
            case Chunk.Counted _, Chunk.Stopped _, Chunk.Failed _, Chunk.Unknown _ -> null;
          };
    }
    return lost;
  }

  private @Nullable Finding started(Chunk.ToolCallStarted started) {
    if (!tools.knows(started.name())) {
      return tools.unknown(started.call(), started.name());
    }
    RawJson schema = tools.schema(started.name());
    if (schema != null) {
      int call = started.call();
      Shape shape = Shape.all(List.of(ShapeReader.of(new RawJson("{\"type\":\"object\"}")), ShapeReader.of(schema)));
      calls.put(
          call,
          new DocumentCheck(
              shape, syntax, Reason.ARGUMENTS, pointer -> new Place.Argument(call, started.name(), pointer)));
    }
    return null;
  }

  private @Nullable Finding delta(Chunk.ToolCallDelta delta) {
    DocumentCheck call = calls.get(delta.call());
    return call == null ? null : call.feed(delta.arguments());
  }
}
