// SPDX-License-Identifier: Apache-2.0
package dev.auriga.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What a model costs during a span of time, by the size of the prompt.
///
/// @param model the catalogue's name for it
/// @param from the first moment it holds, absent for since ever
/// @param until the first moment it no longer holds, absent while it is not known to end
/// @param tiers by [Tier#above], the first above 0; the last one the prompt exceeds holds for the
///     whole request
/// @param served what the rates are multiplied by on service tiers other than the usual one; a tier
///     that is not there has no known price
/// @param origin where the figures are from
public record Price(
    String model,
    @Nullable Instant from,
    @Nullable Instant until,
    List<Tier> tiers,
    Map<String, BigDecimal> served,
    Origin origin) {

  /// The rates for prompts of more than `above` input tokens, cached ones counted too.
  public record Tier(long above, Rates rates) {}

  /// Where a price was read, and when.
  ///
  /// @param version names this state of this price in a ledger's row
  /// @param source the page or document
  /// @param asOf the month or day it was read
  /// @param isConfirmed whether the vendor itself says so
  public record Origin(String version, String source, String asOf, boolean isConfirmed) {}

  public Price {
    tiers = List.copyOf(tiers);
    served = Map.copyOf(served);
    if (tiers.isEmpty() || tiers.getFirst().above() != 0) {
      throw new IllegalArgumentException(model + ": the first tier is for prompts above 0");
    }
    for (int i = 1; i < tiers.size(); i++) {
      if (tiers.get(i).above() <= tiers.get(i - 1).above()) {
        throw new IllegalArgumentException(model + ": tiers must rise: " + tiers);
      }
    }
    if (from != null && until != null && !from.isBefore(until)) {
      throw new IllegalArgumentException("%s: from %s is not before until %s".formatted(model, from, until));
    }
  }

  public boolean holdsAt(Instant moment) {
    return (from == null || !moment.isBefore(from)) && (until == null || moment.isBefore(until));
  }

  /// The rates for a prompt of that many input tokens on a service tier, empty where none are known.
  Optional<Rates> ratesFor(long inputTokens, String tier) {
    if (tier.isEmpty()) {
      return Optional.of(ratesFor(inputTokens));
    }
    return Optional.ofNullable(served.get(tier)).map(ratesFor(inputTokens)::times);
  }

  /// The most that so many tokens can cost where `tier` is asked for, which need not be the one that
  /// serves: the dearer of it and the usual one. In millionths of a dollar; empty where a price is not known.
  public OptionalLong most(long inputTokens, long outputTokens, String tier) {
    OptionalLong usual = ratesFor(inputTokens).most(inputTokens, outputTokens);
    Optional<Rates> other = ratesFor(inputTokens, tier);
    if (usual.isEmpty() || other.isEmpty()) {
      return OptionalLong.empty();
    }
    OptionalLong asked = other.get().most(inputTokens, outputTokens);
    return asked.isEmpty() ? asked : OptionalLong.of(Math.max(usual.getAsLong(), asked.getAsLong()));
  }

  /// The rates for a prompt of that many input tokens on the usual service tier.
  public Rates ratesFor(long inputTokens) {
    Rates rates = tiers.getFirst().rates();
    for (Tier tier : tiers) {
      if (inputTokens > tier.above()) {
        rates = tier.rates();
      }
    }
    return rates;
  }
}
