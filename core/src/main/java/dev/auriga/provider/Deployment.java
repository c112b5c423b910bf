// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.capability.Capabilities;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.router.ModelRouter;
import dev.auriga.dialect.router.OpenRouter;
import dev.auriga.dialect.router.Router;
import dev.auriga.ledger.PriceBook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One place that can serve: a name of ours, its provider, and the model's name there.
///
/// @param name what routes call it
/// @param provider the provider's name in the configuration
/// @param pricedAs the model whose price applies where the reply's own model has none; a custom
///     deployment name says nothing about its model
/// @param router what it is told and tells where it is a router itself, absent for every other
/// @param limits what its answers may cost in time and memory
/// @param via makes the calls
public record Deployment(
    String name,
    String provider,
    Target target,
    String pricedAs,
    @Nullable Router router,
    Limits limits,
    Provider via) {

  public Deployment withCapabilities(Capabilities known) {
    return new Deployment(
        name, provider, target.withCapabilities(known), pricedAs, router, limits, via);
  }

  /// Who makes reasoning state here: the provider and its model.
  public String place() {
    return provider + "/" + target.model();
  }

  /// Whether the model that answers is chosen behind this deployment, by its provider.
  public boolean isRouter() {
    return router != null && router.choosesModel();
  }

  /// The price book's entry of what it takes on top of the answering model's price; null where nothing.
  public @Nullable String fee() {
    return switch (router) {
      case ModelRouter _ -> PriceBook.AZURE_ROUTER_FEE;
      case OpenRouter _ -> null;
      case null -> null;
    };
  }

  /// The names to look a price up under, best first: what the reply says answered, then what the
  /// configuration says it is. A router's reply alone says who answered.
  public List<String> priceNames(String answered) {
    return isRouter() ? List.of(answered) : List.of(answered, pricedAs);
  }
}
