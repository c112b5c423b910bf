// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

/// Who speaks in a [Message].
///
/// Tool results have a role of their own here: OpenAI gives them messages of role `tool`,
/// Anthropic and Gemini put them into user turns; the dialects regroup.
public enum Role {
  SYSTEM,
  DEVELOPER,
  USER,
  ASSISTANT,
  TOOL
}
