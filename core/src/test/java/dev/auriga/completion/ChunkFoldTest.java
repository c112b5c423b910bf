// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkFoldTest {
  @Test
  void signature_closesItsThought() {
    Opaque first = new Opaque("gemini", "AAAA");
    Opaque second = new Opaque("gemini", "BBBB");
    Completion folded =
        ChunkFold.of(
            List.of(
                new Chunk.ThinkingDelta("a"),
                new Chunk.ThinkingSigned(first),
                new Chunk.ThinkingDelta("b"),
                new Chunk.ThinkingSigned(second)));

    assertThat(folded.parts())
        .containsExactly(new Part.Thinking("a", first), new Part.Thinking("b", second));
  }
}
