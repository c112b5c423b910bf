// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.resilience.Slots;
import dev.auriga.resilience.Timeouts;

/// What a provider's answers may cost in time and memory, and how many may be under way.
///
/// @param replyBytes the most bytes a whole reply may have
/// @param eventBytes the most bytes one event of a stream may have
/// @param slots how many calls may be under way at once, and how many may wait for that
public record Limits(Timeouts timeouts, int replyBytes, int eventBytes, Slots.Settings slots) {
  public static final Limits USUAL = new Limits(Timeouts.USUAL, 64 << 20, 4 << 20, Slots.Settings.USUAL);
}
