// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import org.jspecify.annotations.Nullable;

/// One member of a panel, as far as it is known.
///
/// @param family members of one family tend to err alike; absent when it is in none
/// @param reliability how often it is right, between 0 and 1; absent when nobody knows
public record Member(String name, @Nullable String family, @Nullable Double reliability) {

  public Member {
    if (reliability != null && !(reliability >= 0 && reliability <= 1)) {
      throw new IllegalArgumentException("a reliability is from 0 to 1, not " + reliability);
    }
  }

  /// A member of which only the name is known.
  public static Member of(String name) {
    return new Member(name, null, null);
  }
}
