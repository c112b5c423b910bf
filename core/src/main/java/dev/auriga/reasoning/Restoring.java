// SPDX-License-Identifier: Apache-2.0
package dev.auriga.reasoning;

import dev.auriga.completion.CacheMark;
import dev.auriga.completion.Message;
import dev.auriga.completion.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts an answer together again from what the client sent back and what was kept of it.
final class Restoring {
  private final List<Part> out = new ArrayList<>();
  private final List<Part> texts = new ArrayList<>();
  private final Map<String, Part.ToolCall> calls = new LinkedHashMap<>();
  private final List<Part> others = new ArrayList<>();

  private Restoring(Message message) {
    for (Part part : message.parts()) {
      switch (part) {
        case Part.Text text -> texts.add(text);
        case Part.ToolCall call -> calls.putIfAbsent(call.id(), call);
        // What was kept is the original of these.
        case Part.Thinking _, Part.RedactedThinking _ -> {}
        case Part.Image _, Part.Audio _, Part.Video _, Part.Document _, Part.ToolResult _,
            Part.Declined _, Part.Unknown _ ->
            others.add(part);
      }
    }
  }

  /// `message` as `turn` was answered; notes in `upstreamIds` calls that have another id upstream.
  ///
  /// Thoughts that led to nothing (an answer cut off while it was thinking) stay out: alone they are
  /// refused ("The final block in an assistant message cannot be `thinking`").
  static Message restored(Message message, Turn turn, Map<String, String> upstreamIds) {
    Restoring restoring = new Restoring(message);
    restoring.put(turn, upstreamIds);
    boolean says =
        restoring.out.stream().anyMatch(part -> part instanceof Part.Text || part instanceof Part.ToolCall);
    if (!says) {
      return message;
    }
    return new Message(message.role(), restoring.out, message.name());
  }

  /// `message` with its results told of the calls' ids upstream.
  static Message renumbered(Message message, Map<String, String> upstreamIds) {
    boolean any =
        message.parts().stream()
            .anyMatch(part -> part instanceof Part.ToolResult result && upstreamIds.containsKey(result.callId()));
    if (!any) {
      return message;
    }
    List<Part> parts = message.parts().stream().map(part -> renumbered(part, upstreamIds)).toList();
    return new Message(message.role(), parts, message.name());
  }

  private static Part renumbered(Part part, Map<String, String> upstreamIds) {
    return part instanceof Part.ToolResult result
        ? new Part.ToolResult(
            upstreamIds.getOrDefault(result.callId(), result.callId()),
            result.name(), result.content(), result.failed(), result.cache())
        : part;
  }

  /// Texts the client changed stand together where the first one stood.
  private void put(Turn turn, Map<String, String> upstreamIds) {
    String text = Turn.textOf(texts);
    boolean unchanged = Digest.of(text).equals(turn.said());
    int at = 0;
    for (Turn.Piece piece : turn.pieces()) {
      switch (piece) {
        case Turn.Piece.Kept kept -> out.add(kept.part());
        case Turn.Piece.Said said -> {
          if (unchanged) {
            int end = at + said.length();
            out.add(said(text.substring(at, end)).withCache(end == text.length() ? mark() : null));
            at = end;
          } else {
            out.addAll(texts);
          }
          if (!unchanged || at == text.length()) {
            texts.clear();
          }
        }
        case Turn.Piece.Called called -> call(called, upstreamIds);
      }
    }
    out.addAll(texts.stream().filter(part -> part instanceof Part.Text said && !said.text().isEmpty()).toList());
    out.addAll(calls.values());
    out.addAll(others);
  }

  /// The client's own text of those words, with what it cites, or a new one.
  private Part.Text said(String words) {
    return texts.stream()
        .filter(part -> part instanceof Part.Text said && said.text().equals(words))
        .map(Part.Text.class::cast)
        .findFirst()
        .orElseGet(() -> Part.Text.of(words));
  }

  private void call(Turn.Piece.Called called, Map<String, String> upstreamIds) {
    Part.ToolCall call = calls.remove(called.id());
    if (call == null) {
      return;
    }
    if (!called.upstreamId().equals(called.id())) {
      upstreamIds.put(called.id(), called.upstreamId());
    }
    out.add(
        new Part.ToolCall(
            called.upstreamId(), call.name(), call.arguments(),
            called.signature() != null ? called.signature() : call.signature(), call.cache()));
  }

  private @Nullable CacheMark mark() {
    CacheMark mark = null;
    for (Part part : texts) {
      mark = part instanceof Part.Text text && text.cache() != null ? text.cache() : mark;
    }
    return mark;
  }
}
