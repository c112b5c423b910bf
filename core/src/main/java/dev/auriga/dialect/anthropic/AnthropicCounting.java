// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.dialect.CountReply;
import dev.auriga.dialect.Counting;
import dev.auriga.dialect.Json;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// `POST /v1/messages/count_tokens`: a Messages request without what concerns the answer alone.
///
/// Source: Anthropic API reference, Count tokens in a Message (`CountMessageTokensParams` and its
/// beta form; other fields are refused).
final class AnthropicCounting implements Counting {
  private static final String TOKENS = "input_tokens";
  private static final Set<String> FIELDS =
      Set.of(
          "cache_control", "context_management", "mcp_servers", "messages", "model", "output_config",
          "speed", "system", "thinking", "tool_choice", "tools");

  @Override
  public byte[] ask(byte[] completion, String model) {
    ObjectNode body = (ObjectNode) Json.read(completion);
    body.retain(FIELDS);
    return Json.write(body);
  }

  @Override
  public @Nullable Long read(byte[] answer) {
    return CountReply.read(answer, TOKENS);
  }

  @Override
  public byte[] write(long tokens) {
    return Json.write(Json.object().put(TOKENS, tokens));
  }
}
