// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import java.time.Duration;
import java.util.Map;

/// What is known about the deployments at the moment of a decision.
///
/// @param cooldowns what is left of each cooldown, by deployment; a deployment that may be picked
///     is not in it
public record Snapshot(Map<String, Duration> cooldowns) {
  public static final Snapshot ALL_WELL = new Snapshot(Map.of());

  public Snapshot {
    cooldowns = Map.copyOf(cooldowns);
  }
}
