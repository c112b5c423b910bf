// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.mind;

/// Something a simulated model takes or offers that another refuses.
public enum Ability {
  /// Takes an explicit thinking budget (`thinking.budget_tokens`, `thinkingBudget`).
  THINKING_BUDGET,
  /// Takes `thinking: {type: adaptive}`.
  ADAPTIVE_THINKING,
  /// Reasons before every answer whether asked or not.
  ALWAYS_REASONS,
  /// Binds its thinking to the conversation before it (Claude Opus 5.5 and later).
  BOUND_THINKING,
  /// Takes tools over Chat Completions only while it does not reason (GPT-5.6 and later).
  TOOLS_NEED_RESPONSES,
  /// Is called over Responses only (GPT-5-Codex, the pro models).
  RESPONSES_ONLY,
  /// Takes temperature, top_p and the other sampling parameters.
  SAMPLING,
  /// Can be forced to call a tool.
  FORCED_TOOLS,
  /// Continues a trailing assistant message.
  PREFILL,
  /// Signs its tool calls and wants the signature back (Gemini 3).
  SIGNED_CALLS,
  /// Sees images.
  IMAGES
}
