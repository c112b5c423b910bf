// SPDX-License-Identifier: Apache-2.0
package dev.auriga.reasoning;

import dev.auriga.completion.Completion;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an answer held that its client did not see, and where between texts and calls it stood.
///
/// The texts themselves are not kept, since the client sends them back; their digest tells whether it
/// does so unchanged.
///
/// @param place who answered, as in [Opaque#place]
/// @param said the digest of the visible texts joined
record Turn(String place, List<Piece> pieces, Digest said) {

  /// One stretch of the answer.
  sealed interface Piece {
    /// A part the client has no word for: a thought, or something only the upstream's dialect knows.
    record Kept(Part part) implements Piece {}

    /// The next `length` characters of the visible text.
    record Said(int length) implements Piece {}

    /// The call the client knows as `id`, and what it was called upstream.
    record Called(String id, String upstreamId, @Nullable Opaque signature) implements Piece {}
  }

  Turn {
    pieces = List.copyOf(pieces);
  }

  /// The turn `answer` makes; null where it holds nothing signed or encrypted.
  ///
  /// @param answer as the client sees it
  /// @param upstreamIds the ids of its calls upstream, by those the client sees, where they differ
  static @Nullable Turn of(String place, Completion answer, Map<String, String> upstreamIds) {
    if (answer.parts().stream().noneMatch(Turn::isSealed)) {
      return null;
    }
    List<Piece> pieces = new ArrayList<>(answer.parts().size());
    for (Part part : answer.parts()) {
      Piece piece = piece(part, upstreamIds);
      if (piece != null) {
        pieces.add(piece);
      }
    }
    return new Turn(place, pieces, Digest.of(textOf(answer.parts())));
  }

  private static @Nullable Piece piece(Part part, Map<String, String> upstreamIds) {
    return switch (part) {
      case Part.Thinking _, Part.RedactedThinking _, Part.Unknown _ -> new Piece.Kept(part);
      case Part.Text text -> text.text().isEmpty() ? null : new Piece.Said(text.text().length());
      case Part.ToolCall call ->
          new Piece.Called(
              call.id(), upstreamIds.getOrDefault(call.id(), call.id()), call.signature());
      case Part.Image _, Part.Audio _, Part.Video _, Part.Document _, Part.ToolResult _,
          Part.Declined _ ->
          null;
    };
  }

  static boolean isSealed(Part part) {
    return switch (part) {
      case Part.Thinking thinking -> thinking.signature() != null;
      case Part.RedactedThinking _ -> true;
      case Part.ToolCall call -> call.signature() != null;
      case Part.Text _, Part.Image _, Part.Audio _, Part.Video _, Part.Document _,
          Part.ToolResult _, Part.Declined _, Part.Unknown _ ->
          false;
    };
  }

  /// The texts of `parts` joined with nothing between them.
  static String textOf(List<Part> parts) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Part.Text said) {
        text.append(said.text());
      }
    }
    return text.toString();
  }

  /// About how many bytes it takes in memory.
  long bytes() {
    long bytes = 160;
    for (Piece piece : pieces) {
      bytes += 48 + switch (piece) {
        case Piece.Kept(Part.Thinking thinking) -> size(thinking.text()) + size(thinking.signature());
        case Piece.Kept(Part.RedactedThinking redacted) -> size(redacted.content());
        case Piece.Kept(Part.Unknown unknown) -> size(unknown.raw().text());
        case Piece.Kept _, Piece.Said _ -> 0;
        case Piece.Called called ->
            size(called.id()) + size(called.upstreamId()) + size(called.signature());
      };
    }
    return bytes;
  }

  private static long size(@Nullable Opaque opaque) {
    return opaque == null ? 0 : 32 + size(opaque.value());
  }

  /// Two bytes for each character: an upper bound, whatever the text.
  private static long size(String text) {
    return 48 + 2L * text.length();
  }
}
