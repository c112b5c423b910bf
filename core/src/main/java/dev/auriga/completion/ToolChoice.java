// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

/// How free the model is to call tools.
public sealed interface ToolChoice {
  record Auto() implements ToolChoice {}

  record None() implements ToolChoice {}

  /// It must call some tool.
  record Required() implements ToolChoice {}

  /// It must call this tool.
  record Named(String name) implements ToolChoice {}
}
