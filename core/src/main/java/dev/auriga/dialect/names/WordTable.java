// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.names;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Words of one kind that stand for others, one for one both ways.
record WordTable(Map<String, String> there, Map<String, String> back) {
  static final WordTable EMPTY = new WordTable(Map.of(), Map.of());

  String outward(String word) {
    return there.getOrDefault(word, word);
  }

  String inward(String word) {
    return back.getOrDefault(word, word);
  }

  /// Collects words; those that are allowed stay, so none of the others may take their place.
  static final class Builder {
    private final NameRule.Words rule;
    private final Set<String> allowed = new HashSet<>();
    private final Set<String> others = new LinkedHashSet<>();

    Builder(NameRule.Words rule) {
      this.rule = rule;
    }

    void add(String word) {
      (rule.allows(word) ? allowed : others).add(word);
    }

    /// Whether every word may stay.
    boolean isEmpty() {
      return others.isEmpty();
    }

    WordTable build() {
      Map<String, String> there = new HashMap<>();
      Map<String, String> back = new HashMap<>();
      for (String word : others) {
        String stand = rule.allowed(word);
        for (int i = 2; allowed.contains(stand) || back.containsKey(stand); i++) {
          stand = rule.another(word, i);
        }
        there.put(word, stand);
        back.put(stand, word);
      }
      return new WordTable(there, back);
    }
  }
}
