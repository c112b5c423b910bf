// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.TokenLogprob;
import dev.auriga.dialect.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Log probabilities of tokens, which OpenAI's two APIs tell in one form.
///
/// Source: OpenAI OpenAPI document, `ChatCompletionTokenLogprob`, `LogProb`, `ResponseLogProb`.
public final class OpenAiLogprobs {
  private OpenAiLogprobs() {}

  /// The tokens of a list; none where it is absent. What has no number is left out.
  public static List<TokenLogprob> read(JsonNode list) {
    List<TokenLogprob> tokens = new ArrayList<>(list.size());
    for (JsonNode each : list.values()) {
      if (each.path("logprob").isNumber()) {
        tokens.add(
            new TokenLogprob(
                each.path("token").asString(""), bytes(each.path("bytes")),
                each.path("logprob").doubleValue(), read(each.path("top_logprobs"))));
      }
    }
    return tokens;
  }

  private static @Nullable List<Integer> bytes(JsonNode list) {
    return list.isArray() ? list.valueStream().map(each -> each.asInt(0)).toList() : null;
  }

  /// The list of Chat Completions, where bytes nobody told are null.
  static ArrayNode chat(List<TokenLogprob> tokens) {
    return list(tokens, false, true);
  }

  /// The list of the Responses API, where bytes are demanded: those nobody told are the token's.
  public static ArrayNode responses(List<TokenLogprob> tokens) {
    return list(tokens, true, true);
  }

  private static ArrayNode list(List<TokenLogprob> tokens, boolean needsBytes, boolean hasTop) {
    ArrayNode list = Json.object().arrayNode(tokens.size());
    for (TokenLogprob token : tokens) {
      ObjectNode written =
          list.addObject().put("token", token.token()).put("logprob", token.logprob());
      List<Integer> bytes = needsBytes ? token.utf8() : token.bytes();
      if (bytes == null) {
        written.putNull("bytes");
      } else {
        ArrayNode all = written.putArray("bytes");
        bytes.forEach(all::add);
      }
      if (hasTop) {
        written.set("top_logprobs", list(token.top(), needsBytes, false));
      }
    }
    return list;
  }
}
