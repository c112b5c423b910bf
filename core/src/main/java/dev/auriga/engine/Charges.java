// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.completion.Operation;
import dev.auriga.completion.Usage;
import dev.auriga.ledger.Cost;
import dev.auriga.ledger.PriceBook;
import dev.auriga.provider.Deployment;
import dev.auriga.resilience.Time;
import dev.auriga.route.Ceiling;
import dev.auriga.route.Policy;
import java.util.OptionalLong;

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

  /// The most a call may cost, in millionths of a US dollar; empty when there is no price. Counting
  /// tokens is free at every provider that does it.
  OptionalLong most(Journey journey, Deployment deployment) {
    return journey.asked().operation() == Operation.COUNT
        ? OptionalLong.of(0)
        : new Ceiling(policy, journey.question(), time.now()).micros(deployment.name());
  }

  /// What an answer cost: by what the reply says answered, else by what the configuration says the
  /// deployment is; a router's own fee comes on top.
  Cost of(Deployment server, String model, Usage usage) {
    Cost cost = new Cost.Unpriced(model);
    for (String name : server.priceNames(model)) {
      if (cost instanceof Cost.Unpriced) {
        cost = prices.cost(name, usage, time.now());
      }
    }
    String fee = server.routingFee();
    return fee == null ? cost : cost.plus(prices.cost(fee, usage, time.now()));
  }

  /// What a call that nobody waited for is taken to cost: its input, which providers charge for from
  /// the moment they begin.
  Cost abandoned(Journey journey, Deployment deployment) {
    long input =
        journey.asked().operation() == Operation.COUNT ? 0 : journey.question().inputTokens();
    return of(deployment, deployment.pricedAs(), new Usage(input, 0, 0, 0, 0, 0));
  }
}
