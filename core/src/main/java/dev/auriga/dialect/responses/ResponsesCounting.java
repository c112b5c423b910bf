// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.dialect.CountReply;
import dev.auriga.dialect.Counting;
import dev.auriga.dialect.Json;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// `POST /v1/responses/input_tokens`: a Responses request without what concerns the answer alone.
///
/// Source: OpenAI OpenAPI document, `TokenCountsBody` and `TokenCountsResource`.
final class ResponsesCounting implements Counting {
  private static final String TOKENS = "input_tokens";
  private static final Set<String> FIELDS =
      Set.of(
          "input", "instructions", "model", "parallel_tool_calls", "reasoning", "text", "tool_choice",
          "tools");

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
    return Json.write(Json.object().put("object", "response.input_tokens").put(TOKENS, tokens));
  }
}
