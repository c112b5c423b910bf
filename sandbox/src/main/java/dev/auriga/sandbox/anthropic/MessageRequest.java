// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.anthropic;

import dev.auriga.sandbox.anthropic.PromptCache.Block;
import dev.auriga.sandbox.mind.Question;
import java.util.List;

/// A checked message request: what is asked, how the thinking is shown, and the prompt in blocks.
record MessageRequest(Question question, Shown shown, List<Block> prompt, boolean stream) {

  /// Whether the thinking is shown, and what it is bound to; empty where it is not.
  record Shown(boolean thinking, String boundTo) {}

  MessageRequest {
    prompt = List.copyOf(prompt);
  }

  /// Tokens of the whole prompt, cached or not.
  long promptTokens() {
    return prompt.stream().mapToLong(Block::tokens).sum();
  }
}
