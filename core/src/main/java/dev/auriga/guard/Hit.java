// SPDX-License-Identifier: Apache-2.0
package dev.auriga.guard;

/// Characters of a text (UTF-16, from 0, `to` not among them) and what they are, as a stable token.
/// The characters themselves are not kept, because they may be a secret.
public record Hit(String token, long from, long to) {
  public Hit {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException("no characters: %d to %d".formatted(from, to));
    }
  }

  /// What stands in the text's place.
  public String mask() {
    return "[redacted:" + token + "]";
  }
}
