// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

/// Where in an answer something is. Pointers are JSON Pointers (RFC 6901); empty is the root.
public sealed interface Place {

  /// The answer as a whole.
  record Whole() implements Place {}

  /// A value of the JSON in the answer's text.
  record Value(String pointer) implements Place {}

  /// A value of the arguments of the tool call with this number, from 0.
  record Argument(int call, String tool, String pointer) implements Place {}

  /// Characters of the text (UTF-16, `to` not among them).
  record Span(int from, int to) implements Place {
    public Span {
      if (from < 0 || to < from) {
        throw new IllegalArgumentException("no span: %d to %d".formatted(from, to));
      }
    }
  }
}
