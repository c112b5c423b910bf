// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import org.jspecify.annotations.Nullable;

/// The form the answer's text must have.
public sealed interface AnswerFormat {
  record Text() implements AnswerFormat {}

  /// Any JSON object.
  record JsonObject() implements AnswerFormat {}

  /// JSON that fits the schema.
  record JsonSchema(String name, RawJson schema, @Nullable Boolean strict) implements AnswerFormat {}
}
