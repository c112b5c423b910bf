// SPDX-License-Identifier: Apache-2.0
package dev.auriga.capability;

import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;

/// What the data says of the models whose names match.
///
/// @param models whose they are, and the pattern of their names
/// @param from the day from which it holds; the earliest of several for the same models holds
///     before it too
/// @param examples names that must find this entry
record Entry(Models models, LocalDate from, Facts facts, String source, List<String> examples) {

  /// A pattern of names that are written in lower case. It stands behind the start or something that
  /// is no letter and no digit, and is not followed by a further digit: `gpt-4` is neither in
  /// `my-chatgpt-4` nor in `gpt-41`.
  record Models(String vendor, String match) {
    Pattern pattern() {
      return Pattern.compile("(?<![a-z0-9])(?:%s)(?!\\d)".formatted(match));
    }
  }
}
