// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.answer;

import dev.auriga.consensus.claim.Prose;
import dev.auriga.consensus.likeness.Aspect;
import dev.auriga.consensus.likeness.Comparison;
import dev.auriga.consensus.likeness.Likeness;
import dev.auriga.consensus.value.Rational;
import tools.jackson.databind.JsonNode;

/// A value of a JSON tree that has none below it: a string, or anything else in canonical form.
public record JsonLeaf(String value, boolean isText) {
  private static final int WORDS_OF_PROSE = 4;
  private static final int LARGEST_EXPONENT = 400;

  static JsonLeaf of(JsonNode node) {
    if (node.isString()) {
      return new JsonLeaf(node.asString(), true);
    }
    boolean isSized = node.isNumber() && Math.abs(node.decimalValue().scale()) <= LARGEST_EXPONENT;
    return new JsonLeaf(isSized ? Rational.of(node.decimalValue()).toString() : node.toString(), false);
  }

  /// Strings of several words are compared as prose, others letter by letter.
  Comparison comparedWith(JsonLeaf other) {
    if (equals(other)) {
      return Comparison.SAME;
    }
    if (!isText || !other.isText) {
      return Comparison.different(Aspect.FIELD, value, other.value);
    }
    if (isProse(value) && isProse(other.value)) {
      return Prose.of(value).comparedWith(Prose.of(other.value));
    }
    Likeness likeness = value.strip().equalsIgnoreCase(other.value.strip()) ? Likeness.UNSURE : Likeness.DIFFERENT;
    return Comparison.of(likeness, Aspect.FIELD, value, other.value);
  }

  private static boolean isProse(String text) {
    return text.strip().split("\\s+", WORDS_OF_PROSE + 1).length >= WORDS_OF_PROSE;
  }
}
