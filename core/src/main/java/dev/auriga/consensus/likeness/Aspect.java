// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.likeness;

import java.util.Locale;

/// In what two answers differ.
public enum Aspect {
  NUMBER,
  UNIT,
  DATE,
  ENTITY,
  /// One denies what the other says.
  POLARITY,
  /// Must, should or may; at least or at most; all or some.
  MODALITY,
  /// The same words in another order: before and after, who does it to whom.
  ORDER,
  /// One begins with yes, the other with no.
  LEAD,
  OPTION,
  FIELD,
  ITEM,
  CODE,
  WORDING;

  /// The name users see: `number`, `polarity`, …
  public String token() {
    return name().toLowerCase(Locale.ROOT);
  }
}
