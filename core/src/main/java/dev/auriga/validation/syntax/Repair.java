// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation.syntax;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What became of a text that should be JSON.
///
/// A repair changes syntax only: every name and scalar of its result stood in the text. What cannot
/// be known to be whole (a number, word or string the text ends in) is left out with its member,
/// and two readings that are equally good are none. Valid JSON is never touched.
public sealed interface Repair {

  /// It is JSON as it stands.
  record Intact(String json) implements Repair {}

  /// `json` is what the text said, by these fixes.
  record Mended(String json, Set<Fix> fixes) implements Repair {
    public Mended {
      fixes = Collections.unmodifiableSet(EnumSet.copyOf(fixes));
    }

    /// Whether the text ended within the value, so that more was probably to come.
    public boolean isTruncated() {
      return fixes.contains(Fix.UNCLOSED);
    }
  }

  /// Nothing certain can be made of it.
  record Hopeless(Why why) implements Repair {}

  enum Why {
    /// Nothing in the text can be read as an object or array.
    NOTHING_FOUND,
    /// Several values, of which any may be the answer.
    SEVERAL_VALUES,
    /// Something that begins like JSON and goes on as none.
    BROKEN;

    public String token() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  Map<String, String> PYTHON = Map.of("True", "true", "False", "false", "None", "null");

  /// Reads `text`; takes time in proportion to its length.
  static Repair of(String text) {
    if (JsonScanner.isJson(text)) {
      return new Intact(text);
    }
    String word = PYTHON.get(text.strip());
    return word == null
        ? new ValueSearch(text).answer()
        : new Mended(word, EnumSet.of(Fix.PYTHON_LITERAL));
  }
}
