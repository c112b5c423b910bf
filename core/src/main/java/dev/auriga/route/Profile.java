// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.capability.Capabilities;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What decisions know of a deployment beforehand.
///
/// @param priceNames the names to look its price up under, best first
/// @param model the name of its model in the table of qualities
/// @param region the region tag the configuration gives it, absent when none
/// @param capabilities what its model takes; absent when nothing is known, and then it is taken to
///     take everything
public record Profile(
    List<String> priceNames, String model, @Nullable String region, @Nullable Capabilities capabilities) {

  public Profile {
    priceNames = List.copyOf(priceNames);
  }

  /// A deployment of which only the model's name is known.
  public static Profile of(String model) {
    return new Profile(List.of(model), model, null, null);
  }
}
