// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Sampling;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The numbers that steer sampling, under the names they have on OpenAI's wire.
///
/// Source: OpenAI OpenAPI document, `CreateChatCompletionRequest`.
public final class OpenAiSampling {
  private OpenAiSampling() {}

  /// Puts what is said of it into `body`.
  public static void write(Sampling sampling, ObjectNode body) {
    put("temperature", sampling.temperature(), body);
    put("top_p", sampling.topP(), body);
    put("frequency_penalty", sampling.frequencyPenalty(), body);
    put("presence_penalty", sampling.presencePenalty(), body);
    if (sampling.seed() != null) {
      body.put("seed", sampling.seed());
    }
    if (sampling.topK() != null) {
      body.put("top_k", sampling.topK());
    }
  }

  private static void put(String name, @Nullable Double value, ObjectNode body) {
    if (value != null) {
      body.put(name, value);
    }
  }
}
