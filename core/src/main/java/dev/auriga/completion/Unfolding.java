// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.util.ArrayList;
import java.util.List;

/// The chunks a whole completion is streamed in: what [ChunkFold] makes it of again.
public final class Unfolding {
  private final List<Chunk> chunks = new ArrayList<>();
  private int calls;

  private Unfolding() {}

  public static List<Chunk> of(Completion completion) {
    Unfolding unfolding = new Unfolding();
    unfolding.chunks.add(new Chunk.Started(completion.id(), completion.model()));
    completion.parts().forEach(unfolding::part);
    unfolding.chunks.add(new Chunk.Stopped(completion.stop(), completion.stopSequence()));
    unfolding.chunks.add(new Chunk.Counted(completion.usage()));
    return List.copyOf(unfolding.chunks);
  }

  private void part(Part part) {
    switch (part) {
      case Part.Text text -> {
        chunks.add(new Chunk.TextDelta(text.text(), text.logprobs()));
        text.citations().forEach(citation -> chunks.add(new Chunk.Cited(citation)));
      }
      case Part.Declined declined -> chunks.add(new Chunk.DeclinedDelta(declined.text(), declined.logprobs()));
      case Part.Thinking thinking -> {
        chunks.add(new Chunk.ThinkingDelta(thinking.text()));
        if (thinking.signature() != null) {
          chunks.add(new Chunk.ThinkingSigned(thinking.signature()));
        }
      }
      case Part.RedactedThinking redacted -> chunks.add(new Chunk.RedactedThinking(redacted.content()));
      case Part.ToolCall call -> {
        chunks.add(new Chunk.ToolCallStarted(calls, call.id(), call.name(), call.signature()));
        chunks.add(new Chunk.ToolCallDelta(calls++, call.arguments()));
      }
      case Part.Unknown unknown -> chunks.add(new Chunk.Unknown(unknown.dialect(), unknown.raw()));
      case Part.Image _, Part.Audio _, Part.Video _, Part.Document _, Part.ToolResult _ ->
          throw new IllegalArgumentException("no stream can carry this part of an answer: " + part.getClass().getSimpleName());
    }
    chunks.add(new Chunk.PartEnded());
  }
}
