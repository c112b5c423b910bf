// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.completion.Usage;
import dev.auriga.ledger.Cost;
import dev.auriga.ledger.Price;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// What tokens cost at a deployment, as far as it is known before anybody answers.
///
/// A deployment that is itself a router costs as the dearest of the models it may choose from, each of
/// which must have a price, and its own fee on what goes in.
public record Tariff(Policy policy, Instant at) {
  /// What the cost of one model is asked of.
  private interface Pricing {
    OptionalLong of(String model);
  }

  /// The most that so many tokens can cost where the service tier `tier` is asked for, in millionths of a US
  /// dollar; empty when there is no price.
  OptionalLong most(String deployment, long input, long output, String tier) {
    Profile profile = policy.profile(deployment);
    return withFee(
        profile,
        model(profile, name -> price(name).map(it -> it.most(input, output, tier)).orElse(OptionalLong.empty())),
        fee -> price(fee).map(it -> it.ratesFor(input).most(input, 0)).orElse(OptionalLong.empty()));
  }

  /// What `usage` costs, in millionths of a US dollar; empty when there is no price.
  public OptionalLong cost(String deployment, Usage usage) {
    Profile profile = policy.profile(deployment);
    return withFee(
        profile, model(profile, name -> micros(name, usage)), fee -> micros(fee, usage.on("")));
  }

  private OptionalLong model(Profile profile, Pricing pricing) {
    Profile.Choice choice = profile.choice();
    return choice == null || choice.models().isEmpty()
        ? first(profile, pricing)
        : dearest(choice, pricing);
  }

  private static OptionalLong first(Profile profile, Pricing pricing) {
    for (String name : profile.priceNames()) {
      OptionalLong micros = pricing.of(name);
      if (micros.isPresent()) {
        return micros;
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong dearest(Profile.Choice choice, Pricing pricing) {
    long most = 0;
    for (String name : choice.models()) {
      OptionalLong micros = pricing.of(name);
      if (micros.isEmpty()) {
        return OptionalLong.empty();
      }
      most = Math.max(most, micros.getAsLong());
    }
    return OptionalLong.of(most);
  }

  private static OptionalLong withFee(Profile profile, OptionalLong model, Pricing fees) {
    String entry = profile.choice() == null ? null : profile.choice().fee();
    if (model.isEmpty() || entry == null) {
      return model;
    }
    OptionalLong fee = fees.of(entry);
    return fee.isEmpty()
        ? fee
        : OptionalLong.of(
            model.getAsLong() > Long.MAX_VALUE - fee.getAsLong()
                ? Long.MAX_VALUE
                : model.getAsLong() + fee.getAsLong());
  }

  private Optional<Price> price(String name) {
    return policy.prices().price(name, at);
  }

  private OptionalLong micros(String name, Usage usage) {
    return policy.prices().cost(name, usage, at) instanceof Cost.Priced priced
        ? OptionalLong.of(priced.micros())
        : OptionalLong.empty();
  }
}
