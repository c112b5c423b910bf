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
/// @param choice what it chooses from where it is a router itself; absent for every other deployment
public record Profile(
    List<String> priceNames,
    String model,
    @Nullable String region,
    @Nullable Capabilities capabilities,
    @Nullable Choice choice) {

  /// What a deployment that is itself a router may choose from, and takes for it.
  ///
  /// @param models the only models that may answer, as the price book names them; empty where it may be
  ///     any
  /// @param fee the price book's entry of its own fee, absent where it takes none
  public record Choice(List<String> models, @Nullable String fee) {
    public Choice {
      models = List.copyOf(models);
    }
  }

  public Profile {
    priceNames = List.copyOf(priceNames);
  }

  /// A deployment that is no router.
  public Profile(
      List<String> priceNames, String model, @Nullable String region, @Nullable Capabilities capabilities) {
    this(priceNames, model, region, capabilities, null);
  }

  /// A deployment of which only the model's name is known.
  public static Profile of(String model) {
    return new Profile(List.of(model), model, null, null);
  }
}
