// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import dev.auriga.completion.RawJson;

/// Makes a JSON Schema checkable; Auriga's module `schema` brings one for all drafts.
///
/// Thread-safe. Reads nothing but the schema it is given: a reference that leads out of it is not
/// followed.
@FunctionalInterface
public interface SchemaCompiler {

  /// Throws [Uncheckable], which says why, for what is no schema, refers to another document, or
  /// is larger than may be.
  CompiledSchema compile(RawJson schema) throws Uncheckable;

  /// For programs without one: says what is missing when a schema is to be checked.
  SchemaCompiler NONE =
      _ -> {
        throw new Uncheckable(
            "checking JSON against a schema needs Auriga's module schema: add it to the class path"
                + " and give its JsonSchemas to the orchestrator");
      };
}
