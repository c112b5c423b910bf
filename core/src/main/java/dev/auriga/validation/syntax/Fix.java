// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation.syntax;

import java.util.Locale;

/// One kind of thing a [Repair] did.
public enum Fix {
  /// Words before or after the value were left away.
  TEXT_AROUND,
  /// A Markdown fence was taken off.
  FENCE,
  BYTE_ORDER_MARK,
  COMMENT,
  /// A control character, or an invisible one between values, was escaped or left away.
  CONTROL_CHARACTER,
  TRAILING_COMMA,
  /// Single or typographic quotes became plain ones.
  QUOTES,
  UNQUOTED_NAME,
  /// `True`, `False` or `None`.
  PYTHON_LITERAL,
  /// A backslash that escapes nothing became a backslash.
  ESCAPE,
  /// A bracket that was forgotten before an outer one closed.
  BRACKET,
  /// The text ended with open brackets, which were closed.
  UNCLOSED,
  /// A member or item that had only begun when the text ended was left out.
  LEFT_OUT;

  /// The stable name for records and metrics.
  public String token() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
