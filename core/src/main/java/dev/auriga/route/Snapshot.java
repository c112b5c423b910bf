// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// What is known about the deployments at the moment of a decision.
///
/// @param cooldowns what is left of each cooldown, by deployment; a deployment that may be picked
///     is not in it
/// @param unable deployments whose provider does not offer what is asked
public record Snapshot(Map<String, Duration> cooldowns, Set<String> unable) {
  public static final Snapshot ALL_WELL = new Snapshot(Map.of(), Set.of());

  public Snapshot {
    cooldowns = Map.copyOf(cooldowns);
    unable = Set.copyOf(unable);
  }

  public Snapshot withUnable(Set<String> deployments) {
    return new Snapshot(cooldowns, deployments);
  }
}
