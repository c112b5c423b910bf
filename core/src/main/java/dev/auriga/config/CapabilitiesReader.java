// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.capability.Fact;
import dev.auriga.capability.Facts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what a deployment says of its capabilities, under the keys of [Fact].
final class CapabilitiesReader {
  private CapabilitiesReader() {}

  static Facts read(Section section) {
    Facts facts = Facts.NONE;
    for (Fact<?> fact : Fact.all()) {
      facts = with(facts, fact, section);
    }
    section.finish();
    return facts;
  }

  private static <T> Facts with(Facts facts, Fact<T> fact, Section section) {
    T value =
        fact.isList()
            ? list(fact, section)
            : section.parsed(fact.key(), word -> fact.read(List.of(word)));
    return value == null ? facts : facts.with(fact, value);
  }

  private static <T> @Nullable T list(Fact<T> fact, Section section) {
    List<String> words = section.texts(fact.key());
    if (words == null || words.contains("")) {
      return null;
    }
    try {
      return fact.read(words);
    } catch (IllegalArgumentException wrong) {
      section.findings().add(section.path(fact.key()), String.valueOf(wrong.getMessage()));
      return null;
    }
  }
}
