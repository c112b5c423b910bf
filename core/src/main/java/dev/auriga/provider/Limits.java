// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.resilience.Timeouts;

/// What a provider's answers may cost in time and memory.
///
/// @param replyBytes the most bytes a whole reply may have
/// @param eventBytes the most bytes one event of a stream may have
public record Limits(Timeouts timeouts, int replyBytes, int eventBytes) {
  public static final Limits USUAL = new Limits(Timeouts.USUAL, 64 << 20, 4 << 20);
}
