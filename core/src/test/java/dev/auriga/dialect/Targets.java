// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import dev.auriga.capability.Api;
import dev.auriga.capability.CapabilityBook;
import java.time.LocalDate;

/// Targets for tests: models with the capabilities that come with Auriga.
public final class Targets {
  private static final CapabilityBook BOOK = CapabilityBook.shipped(LocalDate.of(2026, 11, 22));

  private Targets() {}

  /// A model at OpenAI.
  public static Target openAi(String model, int maxTokens, int thinkingBudget) {
    return openAi(model, Target.Host.VENDOR, maxTokens, thinkingBudget);
  }

  public static Target openAi(String model, Target.Host host, int maxTokens, int thinkingBudget) {
    Api api = host == Target.Host.VENDOR ? Api.OPENAI : Api.OPENAI_COMPATIBLE;
    return new Target(model, host, BOOK.of(api, model), maxTokens, thinkingBudget);
  }

  /// A model at Anthropic.
  public static Target anthropic(String model, int maxTokens, int thinkingBudget) {
    return anthropic(model, Target.Host.VENDOR, maxTokens, thinkingBudget);
  }

  public static Target anthropic(String model, Target.Host host, int maxTokens, int thinkingBudget) {
    Api api = host == Target.Host.VENDOR ? Api.ANTHROPIC : Api.ANTHROPIC_COMPATIBLE;
    return new Target(model, host, BOOK.of(api, model), maxTokens, thinkingBudget);
  }

  /// A model at Google.
  public static Target gemini(String model, int maxTokens, int thinkingBudget) {
    return new Target(
        model, Target.Host.VENDOR, BOOK.of(Api.GEMINI, model), maxTokens, thinkingBudget);
  }
}
