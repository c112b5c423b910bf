// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.mind;

import tools.jackson.databind.JsonNode;

/// The form an answer must have.
public sealed interface Form {
  /// Words.
  record Prose() implements Form {}

  /// Any JSON object.
  record JsonObject() implements Form {}

  /// JSON that conforms to a schema.
  record Conforming(JsonNode schema) implements Form {}
}
