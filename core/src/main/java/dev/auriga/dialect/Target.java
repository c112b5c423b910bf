// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import dev.auriga.capability.Capabilities;

/// What a request must know of the deployment it is written for.
///
/// @param model the model's name at the provider
/// @param host whose implementation of the dialect it is
/// @param capabilities what the model takes there
/// @param maxTokens the limit on output tokens to set where the client set none and the dialect
///     or the translation needs one
/// @param thinkingBudget the budget to set where thinking is on without one
public record Target(
    String model, Host host, Capabilities capabilities, int maxTokens, int thinkingBudget) {

  public Target withCapabilities(Capabilities known) {
    return new Target(model, host, known, maxTokens, thinkingBudget);
  }

  /// Whose implementation answers.
  public enum Host {
    /// The dialect's own vendor, or a cloud that runs the vendor's service.
    VENDOR,
    /// Somebody else's server that speaks the dialect (Ollama, vLLM, llama.cpp, …).
    COMPATIBLE
  }
}
