// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// A schema that values can be checked against; thread-safe.
@FunctionalInterface
public interface CompiledSchema {

  /// What is wrong with `value`; nothing when it fits. Throws [Uncheckable] where finding out
  /// would cost more than may be.
  List<Fault> faults(JsonNode value) throws Uncheckable;

  /// One assertion that does not hold.
  ///
  /// @param pointer where in the value, as a JSON Pointer
  /// @param keyword of the schema, such as `required`
  /// @param what is wrong, in words
  record Fault(String pointer, String keyword, String what) {}
}
