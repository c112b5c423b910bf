// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.capability.Capabilities;
import dev.auriga.dialect.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One place that can serve: a name of ours, its provider, and the model's name there.
///
/// @param name what routes call it
/// @param provider the provider's name in the configuration
/// @param pricedAs the model whose price applies where the reply's own model has none; a custom
///     deployment name says nothing about its model
/// @param routingFee the price book's entry for the fee of a deployment that is itself a router
///     (Azure's Model Router), absent for every other
/// @param limits what its answers may cost in time and memory
/// @param via makes the calls
public record Deployment(
    String name,
    String provider,
    Target target,
    String pricedAs,
    @Nullable String routingFee,
    Limits limits,
    Provider via) {

  public Deployment withCapabilities(Capabilities known) {
    return new Deployment(
        name, provider, target.withCapabilities(known), pricedAs, routingFee, limits, via);
  }

  /// Who makes reasoning state here: the provider and its model.
  public String place() {
    return provider + "/" + target.model();
  }

  /// Whether the model that answers is chosen behind this deployment, by its provider.
  public boolean isRouter() {
    return routingFee != null;
  }

  /// The names to look a price up under, best first: what the reply says answered, then what the
  /// configuration says it is. A router's reply alone says who answered.
  public List<String> priceNames(String answered) {
    return isRouter() ? List.of(answered) : List.of(answered, pricedAs);
  }
}
