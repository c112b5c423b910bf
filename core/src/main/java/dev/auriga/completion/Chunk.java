// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One step of a streamed completion.
///
/// The order is [Started] first, then parts one after another, then [Stopped]; [Counted] may come
/// at any time and the last one is the whole truth (values are cumulative). Deltas belong to the
/// part opened last; a part ends at [PartEnded] or when a delta of another kind begins. Tool calls
/// are numbered over the whole stream from 0, and deltas of several calls may interleave.
public sealed interface Chunk {

  /// `model` as the provider names it.
  record Started(String id, String model) implements Chunk {}

  /// `logprobs` are those of its tokens; text without any token has none.
  record TextDelta(String text, List<TokenLogprob> logprobs) implements Chunk {
    public TextDelta {
      logprobs = List.copyOf(logprobs);
    }

    public TextDelta(String text) {
      this(text, List.of());
    }
  }

  /// What the text part that is open cites; its passage is within that part.
  record Cited(Citation citation) implements Chunk {}

  record ThinkingDelta(String text) implements Chunk {}

  /// The signature of the thinking part that is open.
  record ThinkingSigned(Opaque signature) implements Chunk {}

  record RedactedThinking(Opaque content) implements Chunk {}

  record ToolCallStarted(int call, String id, String name, @Nullable Opaque signature)
      implements Chunk {}

  /// A fragment of the JSON text of the call's arguments.
  record ToolCallDelta(int call, String arguments) implements Chunk {}

  record DeclinedDelta(String text, List<TokenLogprob> logprobs) implements Chunk {
    public DeclinedDelta {
      logprobs = List.copyOf(logprobs);
    }

    public DeclinedDelta(String text) {
      this(text, List.of());
    }
  }

  record PartEnded() implements Chunk {}

  record Counted(Usage usage) implements Chunk {}

  record Stopped(StopReason reason, @Nullable String stopSequence) implements Chunk {}

  /// The provider's own error event; nothing meaningful follows.
  record Failed(Failure failure) implements Chunk {}

  /// An event only its own dialect understands, as raw JSON.
  record Unknown(String dialect, RawJson raw) implements Chunk {}

  /// Whether this is something the client asked for, so that handing it on commits the attempt:
  /// every delta, call, declination and stop, but neither the opening nor a count.
  default boolean isMeaningful() {
    return switch (this) {
      case Started _, PartEnded _, Counted _, Cited _, Unknown _, Failed _ -> false;
      case TextDelta delta -> !delta.text().isEmpty();
      case ThinkingDelta delta -> !delta.text().isEmpty();
      case DeclinedDelta delta -> !delta.text().isEmpty();
      case ThinkingSigned _, RedactedThinking _, ToolCallStarted _, ToolCallDelta _, Stopped _ -> true;
    };
  }
}
