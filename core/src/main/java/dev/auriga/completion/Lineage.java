// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import org.jspecify.annotations.Nullable;

/// What a request itself tells of the conversation it belongs to.
///
/// @param session the session the client names in its dialect's own place, absent where it names none
/// @param cacheKey the name the client gives to the beginning it shares with other requests, absent
///     where it gives none
/// @param messages how many messages it has so far, as its dialect counts them
/// @param opening stands for how the conversation begins: system, tools and the first message of the
///     user's, by their texts; 0 where that is not known
/// @param answer stands for the text of the first answer in it; 0 in the first turn, which has none
public record Lineage(
    @Nullable String session, @Nullable String cacheKey, int messages, long opening, long answer) {
  public static final Lineage UNKNOWN = new Lineage(null, null, 0, 0, 0);

  /// Whether it is a conversation that goes on, and not its first turn.
  public boolean goesOn() {
    return answer != 0;
  }
}
