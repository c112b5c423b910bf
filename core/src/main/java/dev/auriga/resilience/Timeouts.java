// SPDX-License-Identifier: Apache-2.0
package dev.auriga.resilience;

import java.time.Duration;

/// The four limits on waiting for a provider, all always on.
///
/// @param connect until a connection stands
/// @param firstEvent from sending until the first meaningful event of a stream
/// @param idle between two events of a stream
/// @param total for the whole request with all its attempts
public record Timeouts(Duration connect, Duration firstEvent, Duration idle, Duration total) {
  public static final Timeouts USUAL =
      new Timeouts(
          Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMinutes(10));
}
