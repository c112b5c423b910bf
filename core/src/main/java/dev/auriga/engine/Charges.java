// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.completion.Operation;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.router.Routed;
import dev.auriga.dialect.router.Router;
import dev.auriga.ledger.Cost;
import dev.auriga.ledger.PriceBook;
import dev.auriga.provider.Deployment;
import dev.auriga.provider.Provider;
import dev.auriga.resilience.Time;
import dev.auriga.route.Ceiling;
import dev.auriga.route.Policy;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What calls cost: at the most before they are made, and afterwards as far as it is known.
final class Charges {
  private final Policy policy;
  private final PriceBook prices;
  private final Time time;

  Charges(Policy policy, Time time) {
    this.policy = policy;
    this.prices = policy.prices();
    this.time = time;
  }

  /// The most a call may cost, in millionths of a US dollar; empty when there is no price, and of a router
  /// that would have to be told from which models to choose, and is not. Counting tokens is free at every
  /// provider that does it.
  OptionalLong most(Journey journey, Deployment deployment, Provider.Controls controls) {
    if (journey.asked().operation() == Operation.COUNT) {
      return OptionalLong.of(0);
    }
    Router router = deployment.router();
    boolean mayBeAny =
        router != null && controls == Provider.Controls.WITHHELD && !router.models().isEmpty();
    return mayBeAny
        ? OptionalLong.empty()
        : new Ceiling(policy, journey.question(), time.now()).micros(deployment.name());
  }

  /// What an answer cost: what a router says itself, else by what is known of the tokens; null where
  /// neither is known.
  @Nullable Cost of(Deployment server, String model, @Nullable Usage usage, Routed routed) {
    Routed.Charge charge = routed.charge();
    if (charge != null) {
      return new Cost.Priced(charge.micros(), charge.word());
    }
    return usage == null ? null : of(server, model, usage);
  }

  /// What an answer cost: by what the reply says answered, else by what the configuration says the
  /// deployment is; a router's own fee, which no service tier changes, comes on top.
  private Cost of(Deployment server, String model, Usage usage) {
    Cost cost = new Cost.Unpriced(model);
    for (String name : server.priceNames(model)) {
      if (cost instanceof Cost.Unpriced) {
        cost = prices.cost(name, usage, time.now());
      }
    }
    String fee = server.fee();
    return fee == null ? cost : cost.plus(prices.cost(fee, usage.on(""), time.now()));
  }

  /// What a call that nobody waited for is taken to cost: its input, which providers charge for from
  /// the moment they begin.
  Cost abandoned(Journey journey, Deployment deployment) {
    long input =
        journey.asked().operation() == Operation.COUNT ? 0 : journey.question().inputTokens();
    return of(deployment, deployment.pricedAs(), new Usage(input, 0, 0, 0, 0, 0));
  }
}
