// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.anthropic;

import dev.auriga.sandbox.protocol.Fields;
import java.util.List;

/// A conversation as thinking is bound to it: the system prompt, the tools, and every turn, by what
/// they say and not by how it is written. Marks for the cache and thinking that was left out make no
/// difference.
record Conversation(Fields body, List<Fields> system, Turns turns) {

  /// All of it.
  String whole() {
    return before(turns.turns().size());
  }

  /// Refuses thinking that was made in another conversation.
  void checkThinking(Signatures signatures, AnthropicErrors errors) {
    for (int index = 0; index < turns.turns().size(); index++) {
      for (Fields block : turns.turns().get(index).of("thinking")) {
        String signature = block.text("signature");
        if (!signatures.belongs(signature, block.text("thinking"), before(index))) {
          throw errors.invalid(
              Blocks.place(block)
                  + ": Invalid `signature` in `thinking` block. The block is bound to a different"
                  + " conversation.");
        }
      }
    }
  }

  private String before(int turn) {
    StringBuilder said = new StringBuilder();
    system.forEach(block -> said.append("system ").append(block.text("text")).append('\n'));
    for (Fields tool : body.optionalItems("tools")) {
      said.append("tool ").append(tool.raw("name")).append(tool.raw("description"));
      said.append(tool.raw("input_schema")).append('\n');
    }
    for (Turns.Turn earlier : turns.turns().subList(0, turn)) {
      said.append(earlier.role()).append('\n');
      earlier.blocks().forEach(block -> said.append(said(block)).append('\n'));
    }
    return said.toString();
  }

  private static String said(Fields block) {
    return switch (block.raw("type").asString("")) {
      case "text" -> block.raw("text").asString("");
      case "tool_use" -> "call " + block.raw("name") + block.raw("input");
      case "tool_result" -> "result " + Blocks.words(block.raw("content"));
      case "thinking", "redacted_thinking" -> "";
      case String other -> other + block.raw("source");
    };
  }
}
