// SPDX-License-Identifier: Apache-2.0
package dev.auriga.capability;

/// Whose API a model is called over: the vendor's own, or somebody else's server that speaks it.
///
/// It decides what holds for a model whose name tells nothing.
public enum Api {
  /// OpenAI and Azure OpenAI, over Chat Completions or Responses.
  OPENAI("openai", "openai"),
  /// OpenRouter, Ollama, vLLM, …
  OPENAI_COMPATIBLE("openai-compatible", "openai"),
  /// Anthropic, and Claude in Microsoft Foundry.
  ANTHROPIC("anthropic", "anthropic"),
  ANTHROPIC_COMPATIBLE("anthropic-compatible", "anthropic"),
  GEMINI("gemini", "google");

  private final String token;
  private final String vendor;

  Api(String token, String vendor) {
    this.token = token;
    this.vendor = vendor;
  }

  /// The name in the data.
  String token() {
    return token;
  }

  /// Whose models the API was made for.
  String vendor() {
    return vendor;
  }
}
